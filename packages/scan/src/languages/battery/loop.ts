function notifyAll(users) {
  for (const user of users) {
    notify(user);
  }
  return null;
}
