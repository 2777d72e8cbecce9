def outer(items):
    def double(item):
        return item * 2

    return each(items, double)
