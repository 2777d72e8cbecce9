import { entryOf } from "../frameworks/reading.ts";
import { isLoggerReceiver } from "./by-name.ts";
import { leveled } from "./leveled.ts";
import type { CallView, Logger, RecordFact } from "./logger.ts";
import { factOf, levelInArgs, levelOfMethod } from "./message.ts";
import { dictText, PYTHON_LEVELS } from "./python-write.ts";
import { messageText, withEvent } from "./write.ts";

/** Details go by `extra`; other named arguments are options (`exc_info`, `stacklevel`). */
const ofModule = leveled({
  origins: ["logging", "celery.utils.log"],
  logTakesLevel: true,
  fields: (args) => entryOf(args.at(-1), "extra"),
});

/** The standard library, and what is called a logger and made elsewhere: `current_app.logger`, `self.log`. */
export const pythonLogging: Logger = {
  id: "python-logging",
  title: "logging (Python)",
  docs: "https://docs.python.org/3/library/logging.html",
  languages: ["python"],
  enabledBy: { always: true },
  lineBreaks: "kept",
  textArgs: true,
  preference: 20,
  record: (view) => ofModule(view) ?? byName(view),
  write: (line) => `${line.logger}.${PYTHON_LEVELS[line.level]}(${messageText(line)}, extra=${dictText(withEvent(line))})`,
};

function byName({ call, method, receiver }: CallView): RecordFact | undefined {
  if (!isLoggerReceiver(receiver)) return undefined;
  const level = method === "log" ? (levelInArgs(call.args) ?? "info") : levelOfMethod(method, call.callee);
  return level === undefined ? undefined : factOf(level, call.args);
}
