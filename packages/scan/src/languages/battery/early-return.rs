fn lookup(id: Any) -> Any {
    let user = find(id);
    if !user {
        return None;
    }
    Some(user.name)
}
