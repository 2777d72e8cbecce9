defmodule Program do
  def welcome(user) do
    "Hello #{user.name}, you have " <> count(user) <> " messages"
  end
end
