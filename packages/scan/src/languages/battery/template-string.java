Object welcome(Object user) {
    return "Hello " + user.name + ", you have " + count(user) + " messages";
}
