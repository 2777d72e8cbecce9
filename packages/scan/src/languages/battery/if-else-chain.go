package battery

func grade(score any) any {
	if score >= 90 {
		return "high"
	} else if score >= 50 {
		return "middle"
	} else {
		return "low"
	}
}
