fn price(plan: Any) -> Any {
    match plan {
        "free" => 0,
        "team" | "school" => 10,
        _ => 50,
    }
}
