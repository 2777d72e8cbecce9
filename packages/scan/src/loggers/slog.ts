import { LEVELS } from "./by-name.ts";
import { GO_LEVELS, goFact, goFields, goLevel, pairsText } from "./go-levels.ts";
import { comesFrom } from "./leveled.ts";
import type { CallView, Level, Logger } from "./logger.ts";

const SOURCES = ["log/slog", "golang.org/x/exp/slog"];

/** `slog.Warn(msg, pairs…)`, `slog.WarnContext(ctx, msg, pairs…)`, `slog.Log(ctx, level, msg, pairs…)`. https://pkg.go.dev/log/slog */
function levelOf(view: CallView): Level | undefined {
  if (view.receiver.length === 0 || !comesFrom(view.origin, SOURCES)) return undefined;
  if (view.method !== "Log" && view.method !== "LogAttrs") return goLevel(view.method);
  const level = view.call.args[1];
  const name = level?.kind === "member" ? (level.property ?? "").replace(/^Level/, "").toLowerCase() : "";
  return Object.hasOwn(LEVELS, name) ? LEVELS[name] : "info";
}

/** What stands behind the message is pairs or attributes. */
function detailsOf({ call, method }: CallView): ReturnType<typeof goFields> {
  const before = method === "Log" || method === "LogAttrs" ? 3 : method.endsWith("Context") ? 2 : 1;
  return goFields(call.args.slice(before), "slog");
}

export const slog: Logger = {
  id: "slog",
  title: "log/slog",
  docs: "https://pkg.go.dev/log/slog",
  languages: ["go"],
  enabledBy: { imports: SOURCES },
  lineBreaks: "kept",
  preference: 10,
  record: (view) => goFact(levelOf(view), view.call.args, detailsOf(view)),
  write: (line) => `${line.logger}.${GO_LEVELS[line.level]}(${pairsText(line)})`,
};
