dynamic welcome(dynamic user) => $"Hello {user.name}, you have {count(user)} messages";
