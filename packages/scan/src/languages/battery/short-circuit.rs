fn allowed(actor: Any, doc: Any) -> Any {
    (actor.admin || actor.id == doc.owner) && !doc.locked
}
