defmodule Program do
  def register(params) do
    %{email: email, password: secret} = params
    [first, second] = split(email)
    create(first, second, secret)
  end
end
