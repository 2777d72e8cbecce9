fun summary(user: Any) = mapOf("id" to user.id, "tags" to listOf("a", "b"), "nested" to mapOf("active" to true, "score" to 1))
