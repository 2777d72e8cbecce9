defmodule Program do
  def summary(user) do
    %{id: user.id, tags: ["a", "b"], nested: %{active: true, score: 1}}
  end
end
