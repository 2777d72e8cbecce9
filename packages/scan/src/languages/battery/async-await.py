async def load(id):
    user = await fetch_user(id)
    return user
