fun notifyAll(users: Any): Any {
    for (user in users) {
        notify(user)
    }
    return null
}
