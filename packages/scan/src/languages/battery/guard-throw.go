package battery

func remove(actor any, id any) any {
	if actor.role != "admin" {
		panic(&Denied{"admins only"})
	}
	destroy(id)
	return id
}
