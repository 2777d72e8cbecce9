def lookup(id):
    user = find(id)
    if not user:
        return None
    return user.name
