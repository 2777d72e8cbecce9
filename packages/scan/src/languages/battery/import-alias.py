import Audit.Logger as Log


def record(event):
    return Log.write(event)
