def welcome(user):
    return f"Hello {user.name}, you have {count(user)} messages"
