defmodule Program do
  def page(number, size \\ 20), do: fetch_page(number, size)
end
