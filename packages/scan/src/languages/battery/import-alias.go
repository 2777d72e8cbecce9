package battery

import Log "Audit.Logger"

func record(event any) any {
	return Log.write(event)
}
