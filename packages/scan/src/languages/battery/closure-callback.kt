fun greetAll(users: Any) = each(users) { user -> greet(user) }
