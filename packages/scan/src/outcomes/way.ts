import type { FileIR, Span } from "../ir/nodes.ts";
import type { Level } from "../loggers/logger.ts";
import { identity, keyOf, type Env, type Value } from "./values.ts";

/** A place in a file of the project. */
export interface Site {
  readonly file: FileIR;
  readonly span: Span;
}

/** Something written down on a way: a log line or a stored row. */
export interface Record extends Site {
  readonly by: "log" | "audit" | "framework";
  readonly level: Level;
  /** What it says happened, as far as the text is known. */
  readonly texts: readonly string[];
  /** Names of its fields. */
  readonly fields: readonly string[];
  /** Names of the functions through which it was reached, nearest first. */
  readonly via: readonly string[];
}

/** How the request was answered so far. */
export interface Answer {
  readonly status?: number;
  readonly sent: boolean;
  readonly kind?: "denied" | "invalid" | "error" | "redirect";
  readonly says: readonly string[];
  readonly at: Site;
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
  readonly answer: Answer | null;
  /** A check of a credential or permission said no, and no later one said yes. */
  readonly rejected: Site | null;
  /** Entered a catch without an error of the application's own. */
  readonly technical: boolean;
  /** Sensitive deeds done on the way. */
  readonly deeds: Linked<Deed> | null;
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

export const START: Way = { env: null, records: null, answer: null, rejected: null, technical: false, deeds: null, steps: null, unresolved: null };

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

function pushNew<T>(list: Linked<T> | null, more: Linked<T> | null, same: (a: T, b: T) => boolean): Linked<T> | null {
  if (more === null) return list;
  if (list === null) return more;
  let result: Linked<T> | null = list;
  for (const item of listed(more)) if (!listed(result).some((known) => same(known, item))) result = push(result, item);
  return result;
}

export const sameSite = (a: Site, b: Site): boolean => a.file === b.file && a.span.start === b.span.start;

export function addRecord(way: Way, record: Record): Way {
  if (listed(way.records).some((known) => sameSite(known, record))) return way;
  return { ...way, records: push(way.records, record) };
}

export function addDeed(way: Way, deed: Deed): Way {
  if (listed(way.deeds).some((known) => sameSite(known, deed))) return way;
  return { ...way, deeds: push(way.deeds, deed) };
}

/** The first answer that goes out stands; until then status and words add up. */
export function addAnswer(way: Way, answer: Answer): Way {
  const before = way.answer;
  if (before === null) return { ...way, answer };
  if (before.sent) return way;
  const status = answer.status ?? before.status;
  const kind = answer.kind ?? before.kind;
  return {
    ...way,
    answer: {
      sent: answer.sent,
      says: [...before.says, ...answer.says],
      at: answer.sent && before.status === undefined && before.kind === undefined ? answer.at : before.at,
      ...(status === undefined ? {} : { status }),
      ...(kind === undefined ? {} : { kind }),
    },
  };
}

/** What happened in a called function, put after what happened in the caller. The caller keeps its names. */
export function after(caller: Way, callee: Way, name: string): Way {
  if (isUneventful(callee)) return caller;
  let way: Way = {
    env: caller.env,
    records: pushNew(caller.records, name === "" ? callee.records : mapLinked(callee.records, (record) => (record.via.length < 4 ? { ...record, via: [...record.via, name] } : record)), sameSite),
    answer: caller.answer,
    rejected: callee.rejected ?? caller.rejected,
    technical: caller.technical || callee.technical,
    deeds: pushNew(caller.deeds, mapLinked(callee.deeds, (deed) => ({ ...deed, depth: deed.depth + 1 })), sameSite),
    steps: pushAll(caller.steps, callee.steps, 6),
    unresolved: pushNew(caller.unresolved, callee.unresolved, sameSite),
  };
  if (callee.answer !== null) way = addAnswer(way, callee.answer);
  return way;
}

function isUneventful(way: Way): boolean {
  return way.records === null && way.answer === null && way.rejected === null && !way.technical && way.deeds === null && way.steps === null && way.unresolved === null;
}

function mapLinked<T>(list: Linked<T> | null, map: (item: T) => T): Linked<T> | null {
  return list === null ? null : { item: map(list.item), next: mapLinked(list.next, map) };
}

/** Ways with equal keys differ in nothing that a verdict could depend on. `base`: names from there on are the caller's. */
export function wayKey(way: Way, base: Env | null): string {
  let key = way.technical ? "T" : "";
  if (way.rejected !== null) key += `R${way.rejected.span.start}`;
  if (way.answer !== null) key += `A${way.answer.status ?? ""}${way.answer.kind ?? ""}${way.answer.sent ? "!" : ""}${way.answer.at.span.start}`;
  for (const record of listed(way.records)) key += `r${identity(record.file)}.${record.span.start}`;
  for (const deed of listed(way.deeds)) key += `d${deed.span.start}`;
  if (way.unresolved !== null) key += "U";
  const seen = new Set<string>();
  for (let at = way.env; at !== null && at !== base; at = at.next) {
    if (seen.has(at.name)) continue;
    seen.add(at.name);
    const value = keyOf(at.value, 2);
    if (value !== "u") key += `${at.name}${value};`;
  }
  return key;
}

/** More ways than this at one point are thinned out: first those that differ only in the values of names. */
const MAX_WAYS = 40;

export function merge(flows: readonly Flow[], base: Env | null): readonly Flow[] {
  if (flows.length < 2) return flows;
  const byKey = new Map<string, Flow>();
  for (const flow of flows) {
    const key = `${keyOf(flow.value, 2)}|${wayKey(flow.way, base)}`;
    if (!byKey.has(key)) byKey.set(key, flow);
  }
  if (byKey.size <= MAX_WAYS) return [...byKey.values()];
  const coarse = new Map<string, Flow>();
  for (const flow of byKey.values()) {
    const key = wayKey({ ...flow.way, env: null }, null);
    if (!coarse.has(key)) coarse.set(key, flow);
  }
  return [...coarse.values()].slice(0, MAX_WAYS);
}

export function mergeExits(exits: readonly Exit[]): Exit[] {
  if (exits.length < 2) return [...exits];
  const byKey = new Map<string, Exit>();
  for (const exit of exits) {
    const key = `${exit.kind}|${keyOf(exit.value, 2)}|${wayKey({ ...exit.way, env: null }, null)}|${exit.kind === "return" ? "" : exit.at.span.start}`;
    if (!byKey.has(key)) byKey.set(key, exit);
  }
  if (byKey.size <= MAX_WAYS) return [...byKey.values()];
  const coarse = new Map<string, Exit>();
  for (const exit of byKey.values()) {
    const key = `${exit.kind}|${wayKey({ ...exit.way, env: null, deeds: null }, null)}`;
    if (!coarse.has(key)) coarse.set(key, exit);
  }
  return [...coarse.values()].slice(0, MAX_WAYS);
}
