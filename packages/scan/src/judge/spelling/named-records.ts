import type { ActionName, EventName } from "@telltale/vocabulary";
import { tellsOf } from "../../content/record/about.ts";
import { nameOf, type Named } from "../../content/record/event-names.ts";
import { saidBy } from "../../content/record/said.ts";
import { stringOf } from "../../ir/literals.ts";
import type { Record } from "../../outcomes/way.ts";
import type { Judged } from "../handler.ts";
import type { Outcome } from "../verdict.ts";

/** A line that records an outcome, with the name that it gives the event, where it has one. */
export interface NamedRecord {
  readonly record: Record;
  readonly judged: Judged;
  readonly action: ActionName;
  readonly kind: Outcome["kind"];
  readonly named: Named | undefined;
}

/** An outcome that a line is about. */
export interface Told {
  readonly action: ActionName;
  readonly kind: "success" | "failure";
  readonly event: EventName;
}

/** Fewer are no habit. */
export const HABIT = 3;
/** The share of the lines that makes it one. */
export const MOST = 0.6;

/** The records of sensitive outcomes, by package and language; each line once. */
export function recordsByPackage(
  judged: readonly Judged[],
  packageOf: (path: string) => string,
): ReadonlyMap<string, readonly NamedRecord[]> {
  const bySite = new Map<string, Map<string, NamedRecord>>();
  for (const entry of judged.flatMap(entriesOf)) {
    const { file, span } = entry.record;
    const key = packageKey(packageOf(file.path), file.language);
    const entries = bySite.get(key) ?? new Map<string, NamedRecord>();
    if (entries.size === 0) bySite.set(key, entries);
    const site = `${file.path}:${span.start}`;
    if (!entries.has(site)) entries.set(site, entry);
  }
  return new Map([...bySite].map(([key, entries]) => [key, [...entries.values()]]));
}

export const packageKey = (folder: string, language: string): string => `${folder} ${language}`;

const memo = new WeakMap<Judged, readonly NamedRecord[]>();

/** Of each recorded outcome the line that names it, else the line that tells of it. */
function entriesOf(judged: Judged): readonly NamedRecord[] {
  let entries = memo.get(judged);
  if (entries === undefined) memo.set(judged, (entries = read(judged)));
  return entries;
}

function read(judged: Judged): readonly NamedRecord[] {
  const { action } = judged.naming;
  if (action === "none") return [];
  return judged.outcomes.flatMap(({ kind, records }) => {
    const telling = records.filter((record) => record.written !== undefined && tellsOf(withName(record), action, kind));
    const record = telling.find((one) => nameOf(one) !== undefined) ?? telling[0];
    return record === undefined ? [] : [{ record, judged, action, kind, named: nameOf(record) }];
  });
}

/** A record as what it names, where that stands in a text or in JSON: `{ action: "login_failed" }.to_json`. */
function withName(record: Record): Record {
  const inText = nameInText(record);
  const event = inText ?? saidBy(record).event;
  if (event === undefined || (inText === undefined && record.texts.length > 0)) return record;
  const { written, ...rest } = record;
  return { ...rest, texts: [event], ...(inText === undefined && written !== undefined ? { written } : {}) };
}

/** `event=login_failed user=7`, and `"event={} user={}", "login_failed", id`. */
export function nameInText(record: Record): string | undefined {
  const written = /(?:^|\s)event=([\w.:-]*\w)/.exec(saidBy(record).own)?.[1];
  if (written !== undefined) return written;
  const texts = (record.written?.call.args ?? []).map(stringOf);
  const message = texts.findIndex((text) => text !== undefined && /^event=(?:\{\w*\}|%[sv])/.test(text));
  return message === -1 ? undefined : texts[message + 1];
}

/** A line whose message stands in the call, and that can be seen whole. */
export function isSentence(record: Record): boolean {
  const { own, open } = saidBy(record);
  return record.by === "log" && !open && /\w\s+\w/.test(own);
}

/** What most of them are; undefined where there is no such majority, or only one of them is so. */
export function usualOf<T>(items: readonly T[], least = 2): T | undefined {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  const [most] = [...counts].toSorted((a, b) => b[1] - a[1]);
  return most !== undefined && most[1] >= least && most[1] / items.length >= MOST ? most[0] : undefined;
}
