using Log = Audit.Logger;

dynamic record(dynamic @event) => Log.write(@event);
