def grade(score):
    if score >= 90:
        return "high"
    elif score >= 50:
        return "middle"
    else:
        return "low"
