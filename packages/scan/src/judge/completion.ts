import { isForbiddenName, type DetailName } from "@telltale/vocabulary";
import { detailsNamed, snake } from "../content/record/names.ts";
import { saidBy, type Shown } from "../content/record/said.ts";
import { callView } from "../loggers/call-view.ts";
import type { Logger, Proposal } from "../loggers/logger.ts";
import { originIn } from "../loggers/origin.ts";
import type { Project } from "../project/project.ts";
import type { FileIR } from "../ir/nodes.ts";
import type { Record, Written } from "../outcomes/way.ts";
import type { Judged } from "./handler.ts";
import type { PenFacts } from "./pens.ts";
import { createSaying } from "./proposal.ts";
import type { SpellingOf } from "./spelling/spelling.ts";

/** Makes the line that a poor record should be: what it says already, and what it lacks of what is in scope there. */
export type Complete = (
  record: Record,
  judged: Judged,
  kind: "success" | "failure",
  lacks: readonly DetailName[],
) => Completion | undefined;

export interface Completion {
  readonly line: string;
  /** What is not in scope where the record is written. */
  readonly missing: readonly DetailName[];
  /** What the logger is told to hide. */
  readonly hidden: readonly DetailName[];
}

/** What the proposer calls its details. */
const DETAIL: Readonly<{ [name: string]: DetailName }> = {
  actor: "actor",
  target: "target",
  outcome: "outcome",
  reason: "reason",
  ip: "source IP",
  request_id: "request ID",
};

export function createCompletion(project: Project, loggersFor: PenFacts["loggersFor"], spelling: SpellingOf): Complete {
  const saying = createSaying({ files: () => parsed(project), loggersFor, open: project.open, packageOf: () => "" });
  return (record, judged, kind, lacks) => {
    const { written } = record;
    if (written?.by === undefined || record.by !== "log" || written.call.callee.kind !== "member") return undefined;
    const room = { file: written.file, fn: written.fn ?? undefined, before: written.call.start };
    const says = saying(
      judged,
      kind,
      room,
      [...judged.outcomes].filter((one) => one.records.includes(record)),
    );
    if (says === undefined) return undefined;
    const name = written.file.text.slice(written.call.callee.object.start, written.call.callee.object.end);
    if (!/^[\w.$>-]+$/.test(name)) return undefined;
    const logger = loggerOf(written, loggersFor);
    const own = valuesOf(record);
    const spell = (all: Proposal["details"]) => spelling(written.file).details(all, { action: says.action, kind });
    const lacking = says.details.filter((one) => lacks.includes(DETAIL[one.name] ?? "event"));
    const added = lacking.filter((one) => spell([one]).length > 0);
    const taken = new Set(own.map((one) => one.name));
    const named = spell(added);
    const details = [...own, ...named.filter((one) => !taken.has(one.name))];
    const known = new Set(added.map((one) => DETAIL[one.name]));
    return {
      line: logger.write({ logger: name, level: says.level, ...eventIn(record, says.event), details }),
      missing: lacks.filter((detail) => detail !== "event" && !known.has(detail)),
      hidden: lacking.filter((one) => !added.includes(one)).flatMap((one) => DETAIL[one.name] ?? []),
    };
  };
}

/** The event as the record names it. */
function eventIn(record: Record, event: string): Pick<Proposal, "event" | "eventCode"> {
  const { event: own, eventAt } = saidBy(record);
  const constant = eventAt?.constant;
  if (own === undefined || constant === undefined) return { event: own ?? event };
  return { event: own, eventCode: record.written!.file.text.slice(constant.start, constant.end) };
}

function parsed(project: Project): readonly FileIR[] {
  return project.paths.filter(project.isParsed).flatMap((path) => project.file(path) ?? []);
}

/** Of the libraries that know the call the one that is made for it: its lines are written as its users write them. */
function loggerOf({ call, file, fn, by }: Written, loggersFor: PenFacts["loggersFor"]): Logger {
  const view = callView(call, originIn(file, fn));
  const fit = loggersFor(file).filter((one) => one.id !== "generic" && one.record(view) !== undefined);
  return fit.toSorted((a, b) => (a.preference ?? 50) - (b.preference ?? 50))[0] ?? by!.logger;
}

/** The longest value that is written again. */
const LONGEST = 60;

/** The values that a record shows, by the names of fields; whole objects are left out. */
function valuesOf(record: Record): Proposal["details"] {
  const { file } = record.written!;
  const found = new Map<string, string>();
  for (const one of saidBy(record).shown) {
    const name = fieldOf(one);
    if (one.expr === undefined || name === undefined || found.has(name)) continue;
    const text = file.text.slice(one.expr.start, one.expr.end);
    if (text.length > LONGEST || text.includes("\n") || [...found.values()].some((known) => known.includes(text))) continue;
    found.set(name, text);
  }
  return [...found].map(([name, value]) => ({ name, value }));
}

/** The field that a value goes into: its own, or what the value is called where that says what it is. */
function fieldOf({ name, path, expr, keyed }: Shown): string | undefined {
  if (expr === undefined || isForbiddenName(name) || PROOF.test(snake(name)) || WHOLE.test(path) || !/^\$?[A-Za-z_]\w*$/.test(name))
    return undefined;
  if (keyed) return expr.kind === "record" || expr.kind === "function" || MESSAGE.test(name) ? undefined : name;
  if (expr.kind === "call" && expr.args.length > 0) {
    const [arg] = expr.args;
    const asked = arg?.kind === "literal" && expr.args.length === 1 ? String(arg.value) : "";
    return /^[A-Za-z_]\w*$/.test(asked) && !isForbiddenName(asked) && detailsNamed(asked).length > 0 ? asked : undefined;
  }
  const names = path.split(".").slice(-2).map(snake);
  if (CALLER.test(names[0]!)) return "actor";
  if (detailsNamed(names.join("_")).includes("source IP")) return "ip";
  const last = names.at(-1)!.replace(/^get_/, "");
  // `id` and `name` say nothing without whose they are.
  return last.includes("_") || names.length < 2 || names[0] === "" ? last : `${names[0]}_${last}`;
}

/** What proves who somebody is, under names that may be harmless elsewhere. */
const PROOF = /^(?:\w+_)?(?<!status_|error_|err_|country_|reason_)(?:code|otp|totp|pin|link|answer|nonce|state)$/;
/** Who holds the values of the one that acts. */
const CALLER = /^(?:auth|current_user|session|viewer|principal|actor)$/;
/** Whole requests, errors and users bring along what no line may say. */
const WHOLE = /^\$?(?:_?req|request|res|response|ctx|context|conn|c|user|this|self|e|ex|err|error|data|body)$/i;
/** The event is named by itself. */
const MESSAGE = /^(?:msg|message|event|action|type|level)$/i;
