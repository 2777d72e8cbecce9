dynamic summary(dynamic user) => new { id = user.id, tags = new[] { "a", "b" }, nested = new { active = true, score = 1 } };
