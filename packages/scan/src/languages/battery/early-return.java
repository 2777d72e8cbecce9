Object lookup(Object id) {
    var user = find(id);
    if (!user) {
        return null;
    }
    return user.name;
}
