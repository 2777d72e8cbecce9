dynamic allowed(dynamic actor, dynamic doc) => (actor.admin || actor.id == doc.owner) && !doc.locked;
