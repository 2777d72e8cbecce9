def notify_all(users):
    for user in users:
        notify(user)
    return None
