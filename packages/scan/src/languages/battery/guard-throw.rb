def remove(actor, id)
  raise Denied, "admins only" unless actor[:role] == "admin"

  destroy(id)
  id
end
