defmodule Program do
  def charge(card) do
    receipt = pay(card)
    receipt.id
  rescue
    error ->
      report(error)
      reraise error, __STACKTRACE__
  after
    release(card)
  end
end
