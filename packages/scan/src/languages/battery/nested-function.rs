fn outer(items: Any) -> Any {
    let double = |item| item * 2;
    each(items, double)
}
