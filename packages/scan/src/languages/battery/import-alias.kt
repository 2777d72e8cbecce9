import Audit.Logger as Log

fun record(event: Any): Any {
    return Log.write(event)
}
