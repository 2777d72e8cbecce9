fun lookup(id: Any): Any {
    val user = find(id)
    if (!user) {
        return null
    }
    return user.name
}
