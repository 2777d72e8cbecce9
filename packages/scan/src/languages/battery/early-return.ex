defmodule Program do
  def lookup(id) do
    user = find(id)

    if !user do
      nil
    else
      user.name
    end
  end
end
