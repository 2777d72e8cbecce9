fn greet_all(users: Any) -> Any {
    each(users, |user| greet(user))
}
