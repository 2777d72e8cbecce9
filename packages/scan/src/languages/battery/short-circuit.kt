fun allowed(actor: Any, doc: Any) = (actor.admin || actor.id == doc.owner) && !doc.locked
