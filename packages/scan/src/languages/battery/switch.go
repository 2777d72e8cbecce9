package battery

func price(plan any) any {
	switch plan {
	case "free":
		return 0
	case "team", "school":
		return 10
	default:
		return 50
	}
}
