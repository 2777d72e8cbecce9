import type { Config } from "../config/config.ts";
import type { CallExpr } from "../ir/nodes.ts";
import { callView } from "../loggers/call-view.ts";
import type { Level, Logger, RecordFact } from "../loggers/logger.ts";
import { originIn } from "../loggers/origin.ts";
import { isAuditCall, storesTrail } from "./audit-calls.ts";
import type { RecordFinder, Scope } from "./walk.ts";
import { pathOf, type Value } from "./values.ts";
import { writtenIn } from "./value-words.ts";
import type { Record, Written } from "./way.ts";

/** Finds what a call writes down: by the logger files, by the configuration, by an audit trail's name. */
export function createRecordFinder(
  loggersFor: (file: Scope["file"]) => readonly Logger[],
  config: Pick<Config, "loggers" | "audit">,
): RecordFinder {
  return (call, target, receiver, args, scope) => {
    const path = pathOf(call.callee);
    if (path === "") return undefined;
    const own = ownRecord(config, path);
    const by = own === undefined && !call.creates ? byLogger(loggersFor(scope.file), call, scope) : undefined;
    const level = own?.level ?? by?.fact.level;
    if (level !== undefined) return makeRecord({ call, args, scope, path, by }, level === "audit" ? "audit" : "log", level);
    return isAuditCall(call, path, target, receiver, args) || storesTrail(path, target, scope)
      ? makeRecord({ call, args, scope, path, by: undefined }, "audit", "audit")
      : undefined;
  };
}

/** A call of a logger or audit sink that telltale.yaml names. */
export function ownRecord(config: Pick<Config, "loggers" | "audit">, path: string): Pick<RecordFact, "level"> | undefined {
  if (config.audit.some((name) => path === name || path.endsWith(`.${name}`))) return { level: "audit" };
  const logger = config.loggers.find(
    ({ name }) => path === name || path.endsWith(`.${name}`) || path.startsWith(`${name}.`) || path.includes(`.${name}.`),
  );
  return logger === undefined ? undefined : { level: logger.level ?? "info" };
}

/** The first that answers decides, also where it says that the line is below info. */
function byLogger(loggers: readonly Logger[], call: CallExpr, scope: Scope): Written["by"] {
  const view = callView(call, originIn(scope.file, scope.fn));
  for (const logger of loggers) {
    const fact = logger.record(view);
    if (fact !== undefined) return { logger, fact };
  }
  return undefined;
}

interface Writing {
  readonly call: CallExpr;
  readonly args: readonly Value[];
  readonly scope: Scope;
  readonly path: string;
  readonly by: Written["by"];
}

/** A line of text that names its event as a field: `event=authn_login_fail user=%s`. */
function withEvent(text: string): readonly string[] {
  const event = /(?:^|\s)event=(\w+)/.exec(text)?.[1];
  return event === undefined ? [text] : [event, text];
}

function makeRecord({ call, args, scope, path, by: writer }: Writing, by: Record["by"], level: Level): Record {
  const { file, fn } = scope;
  const gives = writer?.fact.gives;
  return {
    file,
    span: call,
    by,
    level,
    texts: [...args.flatMap((arg) => writtenIn(arg)).flatMap(withEvent), ...(by === "audit" ? [path] : [])].slice(0, 12),
    fields: args.flatMap((arg) => (arg.kind === "record" ? [...arg.entries.keys()] : [])),
    ...(gives === undefined ? {} : { gives }),
    via: fn === null || fn.name === "" ? [] : [fn.name],
    written: { call, file, fn, args, ...(writer === undefined ? {} : { by: writer }) },
  };
}
