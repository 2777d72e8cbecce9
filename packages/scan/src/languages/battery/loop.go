package battery

func notifyAll(users any) any {
	for _, user := range users {
		notify(user)
	}
	return nil
}
