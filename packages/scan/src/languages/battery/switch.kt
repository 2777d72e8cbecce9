fun price(plan: Any): Any {
    when (plan) {
        "free" -> return 0
        "team", "school" -> return 10
        else -> return 50
    }
}
