dynamic remove(dynamic actor, dynamic id)
{
    if (actor.role != "admin")
        throw new Denied("admins only");
    destroy(id);
    return id;
}
