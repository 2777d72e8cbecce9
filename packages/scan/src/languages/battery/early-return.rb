def lookup(id)
  user = find(id)
  return nil if !user
  user[:name]
end
