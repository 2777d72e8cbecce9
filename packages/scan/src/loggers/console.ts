import type { Expr } from "../ir/nodes.ts";
import type { Level, Logger, RecordFact } from "./logger.ts";
import { fieldsIn } from "./message.ts";
import { reportText } from "./write.ts";

/**
 * Methods of the console that print a line of their own. `trace`, `dir`, `table`, `group`, `count`, `time` and `assert`
 * are tools for debugging. https://console.spec.whatwg.org/#logging
 */
const LEVELS: Readonly<Record<string, Level>> = {
  debug: "debug",
  log: "info",
  info: "info",
  warn: "warn",
  error: "error",
};

export const consoleLogger: Logger = {
  id: "console",
  title: "console",
  docs: "https://nodejs.org/api/console.html",
  languages: ["javascript"],
  enabledBy: { always: true },
  lineBreaks: "kept",
  textArgs: true,
  preference: 90,
  record: ({ call, method, receiver }) => {
    if (receiver.at(-1) !== "console" || !Object.hasOwn(LEVELS, method) || call.args.length === 0) return undefined;
    return lineOf(LEVELS[method]!, call.args);
  },
  write: (line) => `console.${line.level}(JSON.stringify(${reportText(line)}))`,
};

/** A console line has structure only where it is one object, written as JSON. */
function lineOf(level: Level, says: readonly Expr[]): RecordFact {
  const fields = fieldsIn(says);
  if (fields === undefined) return { level, says, unstructured: true };
  const structured = says.length === 1 && says[0]!.kind === "call";
  return structured ? { level, says, fields } : { level, says, fields, unstructured: true };
}
