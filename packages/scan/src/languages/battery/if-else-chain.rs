fn grade(score: Any) -> Any {
    if score >= 90 {
        "high"
    } else if score >= 50 {
        "middle"
    } else {
        "low"
    }
}
