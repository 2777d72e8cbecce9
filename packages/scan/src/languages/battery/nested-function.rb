def outer(items)
  double = ->(item) { item * 2 }
  each(items, double)
end
