package battery

func lookup(id any) any {
	user := find(id)
	if !user {
		return nil
	}
	return user.name
}
