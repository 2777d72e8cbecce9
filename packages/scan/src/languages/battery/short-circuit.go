package battery

func allowed(actor any, doc any) any {
	return (actor.admin || actor.id == doc.owner) && !doc.locked
}
