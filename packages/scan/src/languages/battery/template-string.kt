fun welcome(user: Any) = "Hello ${user.name}, you have ${count(user)} messages"
