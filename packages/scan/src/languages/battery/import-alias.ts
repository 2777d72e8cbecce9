import * as Log from "Audit.Logger";

function record(event) {
  return Log.write(event);
}
