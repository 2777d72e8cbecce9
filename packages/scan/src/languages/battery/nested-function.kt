fun outer(items: Any): Any {
    val double = { item -> item * 2 }
    return each(items, double)
}
