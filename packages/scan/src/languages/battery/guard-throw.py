def remove(actor, id):
    if actor.role != "admin":
        raise Denied("admins only")
    destroy(id)
    return id
