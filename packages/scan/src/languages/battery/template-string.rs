fn welcome(user: Any) -> Any {
    format!("Hello {}, you have {} messages", user.name, count(user))
}
