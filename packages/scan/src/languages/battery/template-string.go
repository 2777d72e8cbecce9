package battery

func welcome(user any) any {
	return "Hello " + user.name + ", you have " + count(user) + " messages"
}
