dynamic outer(dynamic items)
{
    var @double = (dynamic item) => item * 2;
    return each(items, @double);
}
