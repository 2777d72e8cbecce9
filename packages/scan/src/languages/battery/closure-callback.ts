function greetAll(users) {
  return each(users, (user) => greet(user));
}
