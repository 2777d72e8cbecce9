defmodule Program do
  def allowed(actor, doc) do
    (actor.admin || actor.id == doc.owner) && !doc.locked
  end
end
