fn remove(actor: Any, id: Any) -> Any {
    if actor.role != "admin" {
        return Err(Denied("admins only"));
    }
    destroy(id);
    Ok(id)
}
