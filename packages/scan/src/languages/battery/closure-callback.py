def greet_all(users):
    return each(users, lambda user: greet(user))
