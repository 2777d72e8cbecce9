fn label(active: Any) -> Any {
    let text = if active { "on" } else { "off" };
    show(text)
}
