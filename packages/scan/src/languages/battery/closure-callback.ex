defmodule Program do
  def greet_all(users) do
    users |> each(fn user -> greet(user) end)
  end
end
