package battery

func summary(user any) any {
	return map[string]any{"id": user.id, "tags": []string{"a", "b"}, "nested": map[string]any{"active": true, "score": 1}}
}
