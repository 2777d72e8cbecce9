fun remove(actor: Any, id: Any): Any {
    if (actor.role != "admin") {
        throw Denied("admins only")
    }
    destroy(id)
    return id
}
