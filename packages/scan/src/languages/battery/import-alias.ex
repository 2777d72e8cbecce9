defmodule Program do
  alias Audit.Logger, as: Log

  def record(event), do: event |> Log.write()
end
