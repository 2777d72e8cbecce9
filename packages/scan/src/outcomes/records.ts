import type { Config } from "../config/config.ts";
import type { CallExpr } from "../ir/nodes.ts";
import { callView } from "../loggers/call-view.ts";
import type { Level, Logger, RecordFact } from "../loggers/logger.ts";
import { originIn } from "../loggers/origin.ts";
import { isAuditCall, storesTrail } from "./audit-calls.ts";
import type { RecordFinder, Scope } from "./walk.ts";
import { pathOf, UNKNOWN, type Value } from "./values.ts";
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
    const runs = isNullObject(target) ? UNKNOWN : target;
    return isAuditCall(call, path, runs, receiver, args) || storesTrail(path, runs, scope)
      ? makeRecord({ call, args, scope, path, by: undefined }, "audit", "audit")
      : undefined;
  };
}

/** `func (dummy) Log(text string) {}`: what stands in for a logger until there is one tells nothing of the one that comes. */
function isNullObject(target: Value): boolean {
  return target.kind === "closure" && target.fns.every(({ body, container }) => body.length === 0 && container !== undefined);
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

/** Entries in which a record says outright how it ended. https://www.elastic.co/docs/reference/ecs/ecs-allowed-values-event-outcome */
const OUTCOME_KEYS: ReadonlySet<string> = new Set(["outcome", "event.outcome", "eventOutcome", "status", "result"]);
const OUTCOMES: ReadonlyMap<unknown, "success" | "failure"> = new Map([
  ["success", "success"],
  ["succeeded", "success"],
  ["failure", "failure"],
  ["failed", "failure"],
  ["denied", "failure"],
]);

/**
 * The outcome that a record is about by its own word, whatever its event is called: `{ event: "user.deleted", outcome: "failure" }`.
 * Only what the call itself says: a value from elsewhere may have changed on the way.
 */
function outcomeSaid({ args }: CallExpr): Record["outcome"] {
  for (const arg of args) {
    const said = arg.kind === "record" ? arg.entries.find(({ key, value }) => isOutcome(key) && value.kind === "literal") : undefined;
    const outcome = said?.value.kind === "literal" ? OUTCOMES.get(said.value.value) : undefined;
    if (outcome !== undefined) return outcome;
  }
  return undefined;
}

const isOutcome = (key: string | null): boolean => key !== null && OUTCOME_KEYS.has(key);

function makeRecord({ call, args, scope, path, by: writer }: Writing, by: Record["by"], level: Level): Record {
  const { file, fn } = scope;
  const gives = writer?.fact.gives;
  const outcome = outcomeSaid(call);
  return {
    file,
    span: call,
    by,
    level,
    texts: [...args.flatMap((arg) => writtenIn(arg)).flatMap(withEvent), ...(by === "audit" ? [path] : [])].slice(0, 12),
    fields: args.flatMap((arg) => (arg.kind === "record" ? [...arg.entries.keys()] : [])),
    ...(gives === undefined ? {} : { gives }),
    ...(outcome === undefined ? {} : { outcome }),
    via: fn === null || fn.name === "" ? [] : [fn.name],
    written: { call, file, fn, args, ...(writer === undefined ? {} : { by: writer }) },
  };
}
