def notify_all(users)
  users.each do |user|
    notify(user)
  end
  nil
end
