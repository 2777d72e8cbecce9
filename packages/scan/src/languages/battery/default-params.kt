fun page(number: Any, size: Any = 20) = fetchPage(number, size)
