import type { ActionName } from "@telltale/vocabulary";
import { actions } from "@telltale/vocabulary";
import { deedMask } from "../actions/match.ts";
import type { Span } from "../ir/nodes.ts";
import { listed, sameSite, type Record, type Site, type Unresolved } from "../outcomes/way.ts";
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
  /** Every way that ends so; of a success those that do what the action is called after, where some do. */
  readonly ways: readonly Ending[];
  /** Ends of other kinds that throw nothing: code that they come through as well does not tell this outcome from them. */
  readonly rivals: readonly Ending[];
}

export type Beside = "success" | "failure" | "neutral" | "undone";

/** What is asked of every record of a handler. */
export interface Asked {
  readonly action: ActionName;
  /** Words of the handler's name and evidence that stand for the action here. */
  readonly own: ReadonlySet<string>;
  /** Records that cover every outcome: a decorator or middleware that names the action. */
  readonly around: readonly Record[];
  /** That somebody is let in is no event there: a gate, a check of what every request carries. */
  readonly refusalsOnly: boolean;
  /** The record that the application's or framework's error handler makes of what is thrown. */
  readonly onThrown: (ending: Ending) => Record | undefined;
}

/** Endings → outcomes: those that end at the same place are one, recorded if any way that leads there records it. */
export function outcomesOf(all: readonly Ending[], asked: Asked): Outcome[] {
  const successes = all.filter(({ kind }) => kind === "success");
  const endings = successes.every(isChosenInPlace) ? all : all.filter((one) => one.kind !== "success" || !isChosenInPlace(one));
  const groups = new Map<string, Ending[]>();
  for (const ending of endings) {
    if (ending.kind === "neutral" || (asked.refusalsOnly && ending.kind === "success") || !isAsked(asked.action, ending.kind)) continue;
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

function standing(
  group: readonly Ending[],
  endings: readonly Ending[],
  action: ActionName,
): Pick<Outcome, "beside" | "done" | "ways" | "rivals"> {
  const [first] = group;
  const { at, kind } = first!;
  // A failure that says nothing of one is told apart by nobody.
  const isMute = (one: Ending): boolean => one.kind === "failure" && one.text === "returns" && one.thrown === undefined;
  const turns = new Set(group.map(turnsOf));
  // A call that may have failed, which the code does not ask: no line could tell the two ways apart.
  const isAlike = (one: Ending): boolean => kind === "success" && one.kind === "neutral" && turns.has(turnsOf(one));
  const others = endings.filter((one) => one.kind !== kind && sameSite(one.at, at) && !isMute(one) && !isAlike(one));
  const done = (ending: Ending): boolean => (ending.way.did & deedMask(action)) !== 0;
  // What has its own answer sent is told apart by that, wherever the handler is left.
  const sends = first!.way.answer?.sent === true && sameSite(first!.way.answer.at, at) && !isLeft(first!);
  const saidNo = kind === "success" && !sends && endings.some((one) => one.kind !== kind && saysBefore(one, first!.leaves));
  const beside: readonly Beside[] = others.map((one) =>
    kind === "success" && one.kind === "neutral" && done(first!) && !done(one) ? "undone" : one.kind,
  );
  const doing = group.filter(done);
  return {
    beside: new Set(saidNo ? [...beside, "undone" as const] : beside),
    done: doing.length > 0,
    ways: kind === "success" && doing.length > 0 ? doing : group,
    rivals: endings.filter((one) => one.kind !== kind && one.thrown === undefined),
  };
}

/** Whether the handler is left by the answer itself: `return redirect(conn, …)`. */
function isLeft({ at, leaves }: Ending): boolean {
  return leaves?.file === at.file && leaves.span.start <= at.span.start && at.span.end <= leaves.span.end;
}

/** Whether a branch said no, and the code went on to where the handler is left otherwise, too. */
function saysBefore({ at, leaves }: Ending, other: Site | undefined): boolean {
  if (leaves === undefined || other === undefined || !sameSite(leaves, other)) return false;
  if (at.file !== leaves.file || at.span.end > leaves.span.start) return false;
  const holds = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;
  return at.file.functions.every((fn) => !holds(fn, at.span) || holds(fn, leaves.span));
}

/** The branches that a way takes in the function where it ends. */
function turnsOf({ at, way }: Ending): string {
  const around = at.file.functions.findLast((fn) => fn.start <= at.span.start && at.span.end <= fn.end);
  const turns = listed(way.steps).filter(
    ({ file, span, note }) =>
      (note === "holds" || note === "does not hold") &&
      file === at.file &&
      (around === undefined || (around.start <= span.start && span.end <= around.end)),
  );
  return turns.map(({ span, note }) => `${span.start}:${note}`).join();
}

/** `{ status: form.failed ? 400 : 200 }`: one and the same answer, which says what is wrong; its good status is not that of the deed. */
const CHOSEN_STATUS = /\?\s*(?:4\d\d\s*:\s*2|2\d\d\s*:\s*4)\d\d\b/;

function isChosenInPlace({ at: { file, span } }: Ending): boolean {
  return CHOSEN_STATUS.test(file.text.slice(span.start, span.end));
}

/** Whether the action has such an outcome; a failure nobody thought of counts wherever it is refused outright. */
function isAsked(action: ActionName, kind: "success" | "failure"): boolean {
  return kind === "failure" || actions[action].success !== null;
}

const siteKey = (record: Record): string => `${record.file.path}:${record.span.start}`;

function outcomeOf(
  group: readonly Ending[],
  asked: Asked,
  onSuccess: ReadonlySet<string>,
): Omit<Outcome, "beside" | "done" | "ways" | "rivals"> {
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
