fun grade(score: Any): Any {
    when {
        score >= 90 -> return "high"
        score >= 50 -> return "middle"
        else -> return "low"
    }
}
