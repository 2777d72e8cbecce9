def price(plan):
    match plan:
        case "free":
            return 0
        case "team" | "school":
            return 10
        case _:
            return 50
