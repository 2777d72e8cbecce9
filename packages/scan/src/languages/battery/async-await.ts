async function load(id) {
  const user = await fetchUser(id);
  return user;
}
