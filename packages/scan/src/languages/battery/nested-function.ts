function outer(items) {
  const double = (item) => item * 2;
  return each(items, double);
}
