import type { Config } from "../config/config.ts";
import type { CallExpr } from "../ir/nodes.ts";
import { callView } from "../loggers/call-view.ts";
import type { Level, Logger, RecordFact } from "../loggers/logger.ts";
import { originIn } from "../loggers/origin.ts";
import { isAuditCall, storesTrail } from "./audit-calls.ts";
import type { RecordFinder, Scope } from "./walk.ts";
import { pathOf, type Value } from "./values.ts";
import { writtenIn } from "./value-words.ts";
import type { Record } from "./way.ts";

/** Levels that production keeps; what is below is no record. */
const KEPT: ReadonlySet<Level> = new Set(["info", "warn", "error", "fatal", "audit"]);

/** Finds what a call writes down: by the logger files, by the configuration, by an audit trail's name. */
export function createRecordFinder(
  loggersFor: (file: Scope["file"]) => readonly Logger[],
  config: Pick<Config, "loggers" | "audit">,
): RecordFinder {
  return (call, target, receiver, args, scope) => {
    const path = pathOf(call.callee);
    if (path === "") return undefined;
    const own = ownRecord(config, path);
    const fact = own ?? (call.creates ? undefined : byLogger(loggersFor(scope.file), call, scope));
    if (fact !== undefined && !KEPT.has(fact.level)) return undefined;
    if (fact !== undefined) return makeRecord(call, args, scope, fact, fact.level === "audit" ? "audit" : "log", path);
    return isAuditCall(call, path, target, receiver, args) || storesTrail(path, target, scope)
      ? makeRecord(call, args, scope, { level: "audit" }, "audit", path)
      : undefined;
  };
}

/** What counts of what a logger file says about a call; what the call is given is read from its values. */
type Written = Pick<RecordFact, "level" | "gives">;

/** A call of a logger or audit sink that telltale.yaml names. */
export function ownRecord(config: Pick<Config, "loggers" | "audit">, path: string): Written | undefined {
  if (config.audit.some((name) => path === name || path.endsWith(`.${name}`))) return { level: "audit" };
  const logger = config.loggers.find(
    ({ name }) => path === name || path.endsWith(`.${name}`) || path.startsWith(`${name}.`) || path.includes(`.${name}.`),
  );
  return logger === undefined ? undefined : { level: logger.level ?? "info" };
}

/** The first that answers decides, also where it says that the line is below info. */
function byLogger(loggers: readonly Logger[], call: CallExpr, scope: Scope): Written | undefined {
  const view = callView(call, originIn(scope.file, scope.fn));
  for (const logger of loggers) {
    const fact = logger.record(view);
    if (fact !== undefined) return fact;
  }
  return undefined;
}

function makeRecord(
  call: CallExpr,
  args: readonly Value[],
  scope: Scope,
  { level, gives }: Written,
  by: Record["by"],
  path: string,
): Record {
  return {
    file: scope.file,
    span: call,
    by,
    level,
    texts: [...args.flatMap((arg) => writtenIn(arg)), ...(by === "audit" ? [path] : [])].slice(0, 12),
    fields: args.flatMap((arg) => (arg.kind === "record" ? [...arg.entries.keys()] : [])),
    ...(gives === undefined ? {} : { gives }),
    via: scope.fn === null || scope.fn.name === "" ? [] : [scope.fn.name],
  };
}
