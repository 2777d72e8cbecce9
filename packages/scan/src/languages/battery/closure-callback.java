Object greetAll(Object users) {
    return each(users, user -> greet(user));
}
