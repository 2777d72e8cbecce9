defmodule Program do
  def label(active) do
    text = if active, do: "on", else: "off"
    show(text)
  end
end
