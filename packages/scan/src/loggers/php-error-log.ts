import type { Level, Logger } from "./logger.ts";
import { joinedText } from "./php-write.ts";

/** Functions of the language that write a line, and the argument that is the message. */
const WRITES: Readonly<Record<string, { readonly level: Level; readonly message: number }>> = {
  error_log: { level: "error", message: 0 },
  syslog: { level: "info", message: 1 },
  trigger_error: { level: "warn", message: 0 },
};
/** https://www.php.net/manual/en/function.syslog.php */
const PRIORITIES: Readonly<Record<string, Level>> = {
  LOG_EMERG: "fatal",
  LOG_ALERT: "fatal",
  LOG_CRIT: "fatal",
  LOG_ERR: "error",
  LOG_WARNING: "warn",
  LOG_NOTICE: "info",
  LOG_INFO: "info",
  LOG_DEBUG: "debug",
};

export const phpErrorLog: Logger = {
  id: "php-error-log",
  title: "error_log and syslog (PHP)",
  docs: "https://www.php.net/manual/en/function.error-log.php",
  languages: ["php"],
  enabledBy: { always: true },
  lineBreaks: "kept",
  preference: 90,
  record: ({ call, method, receiver }) => {
    const write = receiver.length === 0 && Object.hasOwn(WRITES, method) ? WRITES[method] : undefined;
    const says = write === undefined ? [] : call.args.slice(write.message, write.message + 1);
    if (write === undefined || says.length === 0) return undefined;
    const first = call.args[0];
    const level = method === "syslog" && first?.kind === "name" ? PRIORITIES[first.name] : undefined;
    return { level: level ?? write.level, says, unstructured: true };
  },
  write: (line) => `error_log(${joinedText(line)})`,
};
