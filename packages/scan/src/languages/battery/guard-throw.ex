defmodule Program do
  def remove(actor, id) do
    if actor.role != "admin" do
      raise Denied, "admins only"
    end

    destroy(id)
    id
  end
end
