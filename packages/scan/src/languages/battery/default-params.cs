dynamic page(dynamic number, dynamic size = 20) => fetchPage(number, size);
