function lookup(id) {
  const user = find(id);
  if (!user) return null;
  return user.name;
}
