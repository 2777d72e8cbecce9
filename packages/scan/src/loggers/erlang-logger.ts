import type { Expr } from "../ir/nodes.ts";
import { elixirLevel, keywordText, LEVEL_NAMES, levelArgument } from "./elixir-write.ts";
import type { Level, Logger, RecordFact } from "./logger.ts";

/** `:error_logger`, the logger before OTP 21, still kept. https://www.erlang.org/doc/apps/kernel/error_logger.html */
const OLD: Readonly<Record<string, Level>> = {
  error_msg: "error",
  error_report: "error",
  warning_msg: "warn",
  warning_report: "warn",
  info_msg: "info",
  info_report: "info",
};

export const erlangLogger: Logger = {
  id: "erlang-logger",
  title: ":logger of Erlang/OTP",
  docs: "https://www.erlang.org/doc/apps/kernel/logger.html",
  languages: ["elixir"],
  enabledBy: { always: true },
  preference: 20,
  record: ({ call, method, receiver }) => {
    const module = receiver.join(".").replace(/^:/, "");
    if (module === "error_logger") return factOf(Object.hasOwn(OLD, method) ? OLD[method] : undefined, call.args);
    if (module !== "logger") return undefined;
    if (method === "log") return factOf(levelArgument(call.args[0]), call.args.slice(1));
    return factOf(elixirLevel(method), call.args);
  },
  write: (line) => `${line.logger}.${LEVEL_NAMES[line.level]}(%{${keywordText(line)}})`,
};

/** `(format, args, metadata)`, `(message, metadata)` or one report. */
function factOf(level: Level | undefined, args: readonly Expr[]): RecordFact | undefined {
  if (level === undefined || args.length === 0) return undefined;
  const fields = args.findLast((arg) => arg.kind === "record");
  return fields === undefined ? { level, says: args } : { level, says: args, fields };
}
