def welcome(user)
  "Hello #{user[:name]}, you have #{count(user)} messages"
end
