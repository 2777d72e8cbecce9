Object remove(Object actor, Object id) {
    if (actor.role != "admin") {
        throw new Denied("admins only");
    }
    destroy(id);
    return id;
}
