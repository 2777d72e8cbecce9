import type { ActionName } from "@telltale/vocabulary";
import { actions } from "@telltale/vocabulary";
import { actionBit } from "../actions/match.ts";
import type { HandlerKind } from "../frameworks/framework.ts";
import { listed, sameSite, type Record, type Unresolved } from "../outcomes/way.ts";
import type { Ending } from "../outcomes/classify.ts";
import { toneOf, type Tone } from "../outcomes/thrown.ts";
import { isAbout, polarityOf } from "../outcomes/topics.ts";
import type { Verdict } from "../report/result.ts";

/** One outcome with what was recorded of it; several ways may end in it. */
export interface Outcome {
  readonly kind: "success" | "failure";
  readonly ending: Ending;
  readonly records: readonly Record[];
  /** Of a silent outcome the lines below info that tell of it. */
  readonly quiet: readonly Record[];
  readonly recorded: boolean | "unknown";
  readonly main: boolean;
  readonly unresolved: readonly Unresolved[];
  /** What else ends at the same place: a line there would be written for these as well. `undone`: nothing was done. */
  readonly beside: ReadonlySet<Beside>;
  /** The way does what the action is called after. */
  readonly done: boolean;
}

export type Beside = "success" | "failure" | "neutral" | "undone";

/** What is asked of every record of a handler. */
export interface Asked {
  readonly action: ActionName;
  /** Words of the handler's name and evidence that stand for the action here. */
  readonly own: ReadonlySet<string>;
  /** Records that cover every outcome: a decorator or middleware that names the action. */
  readonly around: readonly Record[];
  /** The record that the application's or framework's error handler makes of what is thrown. */
  readonly onThrown: (ending: Ending) => Record | undefined;
}

/** Endings → outcomes: those that end at the same place are one, recorded if any way that leads there records it. */
export function outcomesOf(endings: readonly Ending[], asked: Asked, kind: HandlerKind): Outcome[] {
  const groups = new Map<string, Ending[]>();
  for (const ending of endings) {
    if (ending.kind === "neutral" || (kind === "gate" && ending.kind === "success") || !isAsked(asked.action, ending.kind)) continue;
    const key = `${ending.kind}:${ending.at.file.path}:${ending.at.span.start}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [ending]);
    else group.push(ending);
  }
  const onSuccess = new Set(
    endings.filter((ending) => ending.kind === "success").flatMap((ending) => listed(ending.way.records).map(siteKey)),
  );
  return [...groups.values()]
    .map((group) => ({ ...outcomeOf(group, asked, onSuccess), ...standing(group, endings, asked.action) }))
    .sort(bySource);
}

function standing(group: readonly Ending[], endings: readonly Ending[], action: ActionName): Pick<Outcome, "beside" | "done"> {
  const [first] = group;
  const { at, kind } = first!;
  // A failure that says nothing of one is told apart by nobody.
  const isMute = (one: Ending): boolean => one.kind === "failure" && one.text === "returns" && one.thrown === undefined;
  const others = endings.filter((one) => one.kind !== kind && sameSite(one.at, at) && !isMute(one));
  const done = (ending: Ending): boolean => (ending.way.did & actionBit(action)) !== 0;
  const beside = others.map((one) => (kind === "success" && one.kind === "neutral" && done(first!) && !done(one) ? "undone" : one.kind));
  return { beside: new Set(beside), done: group.some(done) };
}

/** Whether the action has such an outcome; a failure nobody thought of counts wherever it is refused outright. */
function isAsked(action: ActionName, kind: "success" | "failure"): boolean {
  return kind === "failure" || actions[action].success !== null;
}

const siteKey = (record: Record): string => `${record.file.path}:${record.span.start}`;

function outcomeOf(group: readonly Ending[], asked: Asked, onSuccess: ReadonlySet<string>): Omit<Outcome, "beside" | "done"> {
  const first = group[0]!;
  const kind = first.kind as "success" | "failure";
  const records = new Set<Record>(asked.around.filter((record) => isSaidOf(record, kind)));
  const unresolved = new Map<string, Unresolved>();
  for (const ending of group) {
    for (const record of listed(ending.way.records)) if (counts(record, kind, asked, onSuccess)) records.add(record);
    const raised = ending.thrown === undefined ? undefined : asked.onThrown(ending);
    if (raised !== undefined) records.add(raised);
    for (const one of listed(ending.way.unresolved)) unresolved.set(`${one.file.path}:${one.span.start}`, one);
  }
  // One way that certainly leaves nothing is enough to know.
  const certain = group.some((ending) => ending.way.unresolved === null);
  const recorded = records.size > 0 ? true : unresolved.size > 0 && !certain ? "unknown" : false;
  return {
    kind,
    ending: group.find((ending) => listed(ending.way.records).length === 0) ?? first,
    records: distinct(records),
    quiet: recorded === false ? distinct(quietOf(group, kind, asked)) : [],
    recorded,
    main: group.some((ending) => ending.main),
    unresolved: [...unresolved.values()],
  };
}

function quietOf(group: readonly Ending[], kind: "success" | "failure", asked: Asked): readonly Record[] {
  return group.flatMap(({ way }) => listed(way.quiet)).filter((line) => counts(line, kind, asked, new Set()));
}

/** Whether a record that covers all outcomes says this kind of it. */
function isSaidOf(record: Record, kind: "success" | "failure"): boolean {
  const polarity = polarityOf(record);
  return polarity === "any" || polarity === kind;
}

/** A line that several ways reach is one record, whatever each way knows of it. */
function distinct(records: Iterable<Record>): Record[] {
  const byPlace = new Map<string, Record>();
  for (const record of records) {
    const key = `${record.file.path}:${record.span.start}`;
    const known = byPlace.get(key);
    if (known === undefined || record.texts.length + record.fields.length > known.texts.length + known.fields.length)
      byPlace.set(key, record);
  }
  return [...byPlace.values()];
}

/** A record counts for the outcome it is about: not a failure's line for a success, and the other way round. */
function counts(record: Record, kind: "success" | "failure", asked: Asked, onSuccess: ReadonlySet<string>): boolean {
  if (!isAbout(record, asked.action, asked.own) && !(kind === "failure" && tellsRefusal(record))) return false;
  const polarity = polarityOf(record);
  if (polarity !== "any") return polarity === kind;
  // What is written on the way to success as well does not tell a failure from it, unless it carries the outcome.
  return kind === "success" || !onSuccess.has(siteKey(record)) || record.fields.some((field) => OUTCOME_FIELDS.has(field));
}

/** A line that says a credential was no good, or somebody was denied, records that refusal, whatever was asked for. */
function tellsRefusal(record: Record): boolean {
  return record.technical !== true && REFUSALS.has(toneOf(record.texts));
}

const REFUSALS: ReadonlySet<Tone> = new Set<Tone>(["denied", "bad-proof", "bad-account"]);

/** Fields in which a record says how it ended. */
const OUTCOME_FIELDS: ReadonlySet<string> = new Set([
  "status",
  "outcome",
  "success",
  "result",
  "eventStatus",
  "ok",
  "succeeded",
  "failed",
  "error",
  "statusCode",
]);

function bySource(a: Outcome, b: Outcome): number {
  const [x, y] = [a.ending.at, b.ending.at];
  return x.file.path < y.file.path ? -1 : x.file.path > y.file.path ? 1 : x.span.start - y.span.start;
}

/** true: recorded. false: silent. null: there is no such outcome. The main failures decide where there are any. */
export function stateOf(outcomes: readonly Outcome[], kind: "success" | "failure"): boolean | "unknown" | null {
  const all = outcomes.filter((outcome) => outcome.kind === kind);
  const main = all.filter((outcome) => outcome.main);
  const deciding = kind === "failure" && main.length > 0 ? main : all;
  if (deciding.length === 0) return null;
  if (deciding.some((outcome) => outcome.recorded === true)) return true;
  return deciding.some((outcome) => outcome.recorded === "unknown") ? "unknown" : false;
}

export function verdictOf(outcomes: readonly Outcome[]): Verdict {
  const states = [stateOf(outcomes, "success"), stateOf(outcomes, "failure")].filter((state) => state !== null);
  if (states.length === 0) return "not_sensitive";
  if (states.every((state) => state === true)) return "adequate";
  if (states.every((state) => state === false)) return "missing";
  if (states.includes(false)) return states.includes(true) ? "partial" : "unknown";
  return "unknown";
}
