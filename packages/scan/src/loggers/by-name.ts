import { splitWords } from "../actions/words.ts";
import type { Level } from "./logger.ts";

/** Last words of names that hold a logger: `logger`, `authLogger`, `$log`, `LOG`, `_logging`. */
const LOGGER_WORDS: ReadonlySet<string> = new Set(["log", "logs", "logger", "loggers", "logging"]);

/** Loggers spelled as one word, and libraries that are called by their own name. */
const LOGGER_NAMES: ReadonlySet<string> = new Set([
  "applog",
  "auditlog",
  "authlog",
  "bunyan",
  "consola",
  "errorlog",
  "log4js",
  "loglevel",
  "npmlog",
  "pino",
  "roarr",
  "securitylog",
  "serverlog",
  "signale",
  "syslog",
  "winston",
]);

/** Words that end in `logger` and are people. */
const NO_LOGGER_WORDS: ReadonlySet<string> = new Set(["blogger", "vlogger"]);

/** Words that make the `log` behind them something to read, keep or answer, and no writer of lines. */
const OTHER_LOGS: ReadonlySet<string> = new Set([
  "access",
  "back",
  "blog",
  "build",
  "captain",
  "chat",
  "change",
  "commit",
  "cata",
  "dia",
  "food",
  "git",
  "math",
  "release",
  "video",
  "web",
  "work",
]);

/** Steps that turn a logger into another logger: `logger.child({}).info`, `consola.withTag("x").info`. */
const DERIVATIONS: ReadonlySet<string> = new Set([
  "addContext",
  "assign",
  "bind",
  "category",
  "child",
  "clone",
  "createLogger",
  "default",
  "extend",
  "for",
  "forContext",
  "fork",
  "get",
  "getChild",
  "getInstance",
  "getLogger",
  "getSubLogger",
  "instance",
  "label",
  "prefix",
  "scope",
  "tag",
  "with",
  "withContext",
  "withDefaults",
  "withFields",
  "withMetadata",
  "withScope",
  "withTag",
]);

/** Methods by which loggers of any library write at a level. Those that a library means otherwise stand in its file. */
export const LEVELS: Readonly<Record<string, Level>> = {
  trace: "trace",
  silly: "trace",
  finest: "trace",
  debug: "debug",
  verbose: "debug",
  fine: "debug",
  http: "debug",
  info: "info",
  information: "info",
  informational: "info",
  log: "info",
  notice: "info",
  mark: "info",
  success: "info",
  warn: "warn",
  warning: "warn",
  err: "error",
  error: "error",
  severe: "error",
  exception: "error",
  alert: "fatal",
  crit: "fatal",
  critical: "fatal",
  emerg: "fatal",
  emergency: "fatal",
  fatal: "fatal",
  panic: "fatal",
  audit: "audit",
};

/** The level that a word names, whatever its capitals; undefined for other words. `log` names none. */
export function levelNamed(word: string): Level | undefined {
  const name = word.toLowerCase();
  return name !== "log" && Object.hasOwn(LEVELS, name) ? LEVELS[name] : undefined;
}

/** Whether one name, such as `logger`, `authLogger`, `LOG`, `$log`, is what people call a logger. `blog` and `dialog` are not. */
export function isLoggerName(name: string): boolean {
  const words = splitWords(name);
  const last = words.at(-1) ?? "";
  const before = words.at(-2) ?? "";
  if (LOGGER_NAMES.has(words.join(""))) return true;
  if (!LOGGER_WORDS.has(last)) return last.endsWith("logger") && !NO_LOGGER_WORDS.has(last);
  return !OTHER_LOGS.has(before) || (before !== "access" && last.startsWith("logg"));
}

/**
 * Whether the names before a method lead to a logger: `req.log`, `this.logger.child`, `getLogger`, `logger.security`.
 * One plain name behind a logger is taken for a logger of its own.
 */
export function isLoggerReceiver(receiver: readonly string[]): boolean {
  let end = receiver.length;
  while (end > 1 && DERIVATIONS.has(receiver[end - 1]!)) end -= 1;
  const last = receiver[end - 1];
  if (last === undefined) return false;
  if (isLoggerName(last)) return true;
  const before = receiver[end - 2];
  return before !== undefined && !/logs$/i.test(before) && isLoggerName(before) && /^[a-z]+$/i.test(last);
}
