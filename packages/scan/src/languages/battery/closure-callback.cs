dynamic greetAll(dynamic users) => each(users, user => greet(user));
