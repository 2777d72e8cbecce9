Object notifyAll(Object users) {
    for (var user : users) {
        notify(user);
    }
    return null;
}
