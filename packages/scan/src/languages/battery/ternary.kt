fun label(active: Any): Any {
    val text = if (active) "on" else "off"
    return show(text)
}
