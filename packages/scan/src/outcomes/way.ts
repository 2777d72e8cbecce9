import type { DetailName } from "@telltale/vocabulary";
import type { CallExpr, FileIR, FunctionIR, Span } from "../ir/nodes.ts";
import type { Level, Logger, RecordFact } from "../loggers/logger.ts";
import type { Env, Value } from "./values.ts";

/** A place in a file of the project. */
export interface Site {
  readonly file: FileIR;
  readonly span: Span;
}

/** The call that writes a record, for what it says beside what happened. */
export interface Written {
  readonly call: CallExpr;
  readonly file: FileIR;
  /** The function around it; null at the top level. */
  readonly fn: FunctionIR | null;
  /** What the call was given on this way. */
  readonly args: readonly Value[];
  /** The library that writes it, and what its file says of the call; absent where the call is an audit trail by its name. */
  readonly by?: { readonly logger: Logger; readonly fact: RecordFact };
}

/** Something written down on a way: a log line or a stored row. */
export interface Record extends Site {
  readonly by: "log" | "audit" | "framework";
  readonly level: Level;
  /** What it says happened, as far as the text is known. */
  readonly texts: readonly string[];
  /** Names of its fields. */
  readonly fields: readonly string[];
  /** Details that its logger adds by itself. */
  readonly gives?: readonly DetailName[];
  /** Written for this outcome only, whatever its words are. */
  readonly outcome?: "success" | "failure";
  /** Written while dealing with a fault of the technology, not of the caller. */
  readonly technical?: boolean;
  /** A row of what changed in a row: it tells of no login and no reading. */
  readonly ofRow?: true;
  /** Names of the functions through which it was reached, nearest first. */
  readonly via: readonly string[];
  /** Absent where no call of the project writes it: a library, an annotation, the framework. */
  readonly written?: Written;
}

/** How the request was answered so far. */
export interface Answer {
  readonly status?: number;
  readonly sent: boolean;
  readonly kind?: "denied" | "invalid" | "error" | "redirect";
  readonly says: readonly string[];
  readonly at: Site;
  /** The request goes no further, whether or not the answer has gone out. */
  readonly halted?: true;
}

/** A step that tells how a way came about. */
export interface Step extends Site {
  readonly note: string;
}

export interface Linked<T> {
  readonly item: T;
  readonly next: Linked<T> | null;
}

/** One way through the code up to a point. Immutable; parts are shared between ways. */
export interface Way {
  readonly env: Env | null;
  readonly records: Linked<Record> | null;
  /** Lines below info: no records, but what somebody meant to write down. Ways are not told apart by them. */
  readonly quiet: Linked<Record> | null;
  readonly answer: Answer | null;
  /** A check of a credential or permission said no, and no later one said yes. */
  readonly rejected: Site | null;
  /** Entered a catch without an error of the application's own. */
  readonly technical: boolean;
  /** Took the arm for an error that a call gave, and none for a success since. */
  readonly failed: boolean;
  /** The application's own error that a catch on the way took, and went on from. */
  readonly caught: Value | null;
  /** The handler itself was reached, through whatever wraps it. */
  readonly inside: boolean;
  /** Sensitive actions that calls on the way perform, as bits (`actions/match.ts`). */
  readonly did: number;
  /** Those done after the refusal that `rejected` tells of. */
  readonly didSince: number;
  readonly steps: Linked<Step> | null;
  /** Calls into the application that could not be followed. */
  readonly unresolved: Linked<Unresolved> | null;
}

/** A call that by its name does something sensitive. */
export interface Deed extends Site {
  readonly words: readonly string[];
  readonly path: string;
  /** How many calls below the handler. */
  readonly depth: number;
}

export interface Unresolved extends Site {
  readonly call: string;
}

export const START: Way = {
  env: null,
  records: null,
  quiet: null,
  answer: null,
  rejected: null,
  technical: false,
  failed: false,
  caught: null,
  inside: false,
  did: 0,
  didSince: 0,
  steps: null,
  unresolved: null,
};

export interface Flow {
  readonly way: Way;
  readonly value: Value;
}

/** `stop`: the answer went out and the rest is not reached (halt, redirect() that throws). */
export interface Exit extends Flow {
  readonly kind: "return" | "throw" | "stop" | "jump" | "yield";
  readonly at: Site;
}

export function listed<T>(list: Linked<T> | null): T[] {
  const items: T[] = [];
  for (let at = list; at !== null; at = at.next) items.push(at.item);
  return items.reverse();
}

export function push<T>(list: Linked<T> | null, item: T): Linked<T> {
  return { item, next: list };
}

function pushAll<T>(list: Linked<T> | null, more: Linked<T> | null, limit: number): Linked<T> | null {
  if (more === null) return list;
  if (list === null) return more;
  let result: Linked<T> | null = list;
  for (const item of listed(more).slice(-limit)) result = push(result, item);
  return result;
}

export function pushNew<T>(list: Linked<T> | null, more: Linked<T> | null, same: (a: T, b: T) => boolean): Linked<T> | null {
  if (more === null || more === list) return list;
  if (list === null) return more;
  let result: Linked<T> | null = list;
  for (const item of listed(more)) if (!includes(result, item, same)) result = push(result, item);
  return result;
}

function includes<T>(list: Linked<T> | null, item: T, same: (a: T, b: T) => boolean): boolean {
  for (let at = list; at !== null; at = at.next) if (at.item === item || same(at.item, item)) return true;
  return false;
}

export const sameSite = (a: Site, b: Site): boolean => a.file === b.file && a.span.start === b.span.start;

export function addRecord(way: Way, record: Record): Way {
  if (includes(way.records, record, sameSite)) return way;
  return { ...way, records: push(way.records, way.technical ? { ...record, technical: true } : record) };
}

/** Levels below info: what is written there is no record. */
const BELOW: ReadonlySet<Level> = new Set(["trace", "debug"]);

/** Whether a line is one that production keeps as a rule. */
export function isKept(record: Record): boolean {
  return !BELOW.has(record.level);
}

/** Lines below info that are remembered of a way. */
const MOST_QUIET = 8;

export function addQuiet(way: Way, line: Record): Way {
  if (way.technical || listed(way.quiet).length >= MOST_QUIET || includes(way.quiet, line, sameSite)) return way;
  return { ...way, quiet: push(way.quiet, line) };
}

export function addDone(way: Way, mask: number): Way {
  if ((way.did & mask) === mask && (way.didSince & mask) === mask) return way;
  return { ...way, did: way.did | mask, didSince: way.didSince | mask };
}

/** A chain that says more of the answer after it has sent it: `redirect('/login')->with('error', …)`. */
function goesOn(before: Site, after: Site): boolean {
  return before.file === after.file && before.span.start === after.span.start && after.span.end > before.span.end;
}

/** The first answer that goes out stands; until then status and words add up. */
export function addAnswer(way: Way, answer: Answer): Way {
  const before = way.answer;
  if (before === null) return { ...way, answer };
  if (before.sent && !goesOn(before.at, answer.at)) return way;
  const status = answer.status ?? before.status;
  // Where the client is sent does not take back what it was told: an error message, then a redirection.
  const kind = answer.kind === "redirect" ? (before.kind ?? answer.kind) : (answer.kind ?? before.kind);
  return {
    ...way,
    answer: {
      sent: answer.sent || before.sent,
      says: [...before.says, ...answer.says],
      at: answer.sent && before.status === undefined && before.kind === undefined ? answer.at : before.at,
      ...(status === undefined ? {} : { status }),
      ...(kind === undefined ? {} : { kind }),
      ...(answer.halted || before.halted ? { halted: true } : {}),
    },
  };
}

/** A function that dealt with a technical fault and returned as ever: the fault, and the line about it, are its own affair. */
export function recovered(way: Way): Way {
  if (!way.technical) return way;
  const kept = listed(way.records).filter((record) => record.technical !== true || record.by !== "log");
  return { ...way, technical: false, records: kept.reduce<Linked<Record> | null>(push, null) };
}

/** What happened in a called function, put after what happened in the caller. The caller keeps its names. */
export function after(caller: Way, callee: Way, name: string): Way {
  if (isUneventful(callee)) return caller;
  let way: Way = {
    env: caller.env,
    records: pushNew(caller.records, through(callee.records, name), sameSite),
    quiet: pushNew(caller.quiet, through(callee.quiet, name), sameSite),
    answer: caller.answer,
    rejected: callee.rejected ?? caller.rejected,
    technical: caller.technical || callee.technical,
    // What a function that does not answer gives, its caller looks at by itself.
    failed: caller.failed || (callee.failed && callee.answer !== null),
    caught: caller.caught ?? callee.caught,
    inside: caller.inside || callee.inside,
    did: caller.did | callee.did,
    didSince: callee.rejected === null ? caller.didSince | callee.did : callee.didSince,
    steps: pushAll(caller.steps, callee.steps, 6),
    unresolved: pushNew(caller.unresolved, callee.unresolved, sameSite),
  };
  if (callee.answer !== null) way = addAnswer(way, callee.answer);
  return way;
}

/** Records as the caller of a function of this name sees them. */
function through(records: Linked<Record> | null, name: string): Linked<Record> | null {
  if (name === "") return records;
  return mapLinked(records, (record) => (record.via.length < 4 ? { ...record, via: [...record.via, name] } : record));
}

function isUneventful(way: Way): boolean {
  return (
    way.records === null &&
    way.quiet === null &&
    way.answer === null &&
    way.caught === null &&
    way.rejected === null &&
    !way.technical &&
    !way.inside &&
    way.did === 0 &&
    way.steps === null &&
    way.unresolved === null
  );
}

function mapLinked<T>(list: Linked<T> | null, map: (item: T) => T): Linked<T> | null {
  return list === null ? null : { item: map(list.item), next: mapLinked(list.next, map) };
}
