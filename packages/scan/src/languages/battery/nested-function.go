package battery

func outer(items any) any {
	double := func(item any) any { return item * 2 }
	return each(items, double)
}
