def allowed(actor, doc):
    return (actor.admin or actor.id == doc.owner) and not doc.locked
