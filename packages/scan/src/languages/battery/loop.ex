defmodule Program do
  def notify_all(users) do
    for user <- users do
      notify(user)
    end

    nil
  end
end
