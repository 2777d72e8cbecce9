def summary(user):
    return {"id": user.id, "tags": ["a", "b"], "nested": {"active": True, "score": 1}}
