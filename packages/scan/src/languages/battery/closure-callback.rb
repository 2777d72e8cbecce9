def greet_all(users)
  each(users) { |user| greet(user) }
end
