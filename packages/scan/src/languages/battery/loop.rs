fn notify_all(users: Any) -> Any {
    for user in users {
        notify(user);
    }
    None
}
