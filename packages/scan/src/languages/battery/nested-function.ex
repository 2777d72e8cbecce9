defmodule Program do
  def outer(items) do
    double = fn item -> item * 2 end
    each(items, double)
  end
end
