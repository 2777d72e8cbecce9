function page(number, size = 20) {
  return fetchPage(number, size);
}
