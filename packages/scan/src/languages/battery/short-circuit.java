Object allowed(Object actor, Object doc) {
    return (actor.admin || actor.id == doc.owner) && !doc.locked;
}
