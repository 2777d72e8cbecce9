import type { Expr } from "../ir/nodes.ts";
import { elixirLevel, keywordText, LEVEL_NAMES, levelArgument, saidBy } from "./elixir-write.ts";
import type { CallView, Level, Logger, RecordFact } from "./logger.ts";

/** Functions that take the level as their first argument. */
const LEVELED = new Set(["log", "bare_log"]);

export const elixirLogger: Logger = {
  id: "elixir-logger",
  title: "Logger",
  docs: "https://hexdocs.pm/logger/Logger.html",
  languages: ["elixir"],
  enabledBy: { always: true },
  lineBreaks: "kept",
  preference: 10,
  record: (view) => {
    if (!isLogger(view)) return undefined;
    const { args } = view.call;
    if (LEVELED.has(view.method)) return factOf(levelArgument(args[0]), args.slice(1));
    return factOf(elixirLevel(view.method), args);
  },
  // A report: what a formatter prints whatever metadata it was set up to show.
  write: (line) => `${line.logger}.${LEVEL_NAMES[line.level]}(${keywordText(line)})`,
};

/** `Logger` of the platform, and no module of the application's own that is aliased to that name. */
function isLogger({ receiver, origin }: CallView): boolean {
  return receiver.join(".") === "Logger" && (origin === "" || origin === "Logger");
}

/** `(message, metadata)`, or one report: a map or keyword list. */
function factOf(level: Level | undefined, args: readonly Expr[]): RecordFact | undefined {
  const [message, metadata] = args;
  if (level === undefined || message === undefined) return undefined;
  const says = [...saidBy(message), ...(metadata === undefined ? [] : [metadata])];
  const fields = metadata ?? says.find((one) => one.kind === "record");
  return fields === undefined ? { level, says } : { level, says, fields };
}
