package battery

func greetAll(users any) any {
	return each(users, func(user any) any { return greet(user) })
}
