import { splitWords } from "../actions/words.ts";
import { isLoggerName, isLoggerReceiver, levelNamed } from "./by-name.ts";
import type { CallView, Level, Logger } from "./logger.ts";
import { factOf, levelInArgs, levelOfMethod } from "./message.ts";
import { messageThenFields } from "./write.ts";

/** What is called a logger, wherever it comes from: `logger.warn`, `this.log.info`, `getLogger("x").error`, `logError(…)`. */
export const generic: Logger = {
  id: "generic",
  title: "Loggers by name",
  docs: "https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html",
  languages: ["javascript"],
  enabledBy: { always: true },
  preference: 70,
  record: (view) => {
    const level = levelByName(view);
    return level === undefined ? undefined : factOf(level, view.call.args);
  },
  write: messageThenFields,
};

function levelByName({ call, method, receiver }: CallView): Level | undefined {
  if (receiver.length === 0 && isLoggerName(method)) return levelInArgs(call.args);
  if (isLoggerReceiver(receiver)) {
    if (method === "log") return levelInArgs(call.args) ?? "info";
    return levelOfMethod(method, call.callee);
  }
  return levelOfHelper(method);
}

/** `logError(…)`, `log_warning(…)`, `Effect.logInfo(…)`. */
function levelOfHelper(method: string): Level | undefined {
  const [verb, level, ...more] = splitWords(method);
  return verb === "log" && level !== undefined && more.length === 0 ? levelNamed(level) : undefined;
}
