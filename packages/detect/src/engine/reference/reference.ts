import type { Locate } from "../../contract.ts";
import { eventId } from "../../event.ts";
import type { SecurityEvent } from "../../event.ts";
import { fieldReader } from "../../fields.ts";
import type { CorrelationRule, DetectionRule, RuleSet } from "../../rule-ir.ts";
import { waitsForEnd } from "../aggregates/plan.ts";
import { alertId } from "../episodes/alerts.ts";
import { textOf } from "../state/interner.ts";
import { cancelField } from "../windows/cancel-field.ts";
import { detectionMatches, grouped, textOfField } from "./matches.ts";
import { holdsOver } from "./measures.ts";
import type { Entry } from "./measures.ts";

/** One alert of a finished input, as docs/semantics.md defines it. */
export interface ReferenceEpisode {
  readonly rule: string;
  readonly group: { readonly [name: string]: string | null };
  /** The alert's id. */
  readonly id: string;
  /** Time of the event at which it opened, and at which it last held. */
  readonly completed: number;
  readonly held: number;
  readonly since: number;
  readonly count: number;
}

export interface ReferenceOptions {
  /** Milliseconds. Default: 60,000. */
  readonly lateness?: number;
  readonly locate?: Locate;
}

/** An event that a rule matches; of a correlation with the values of its group. */
interface RuleMatch {
  readonly event: SecurityEvent;
  readonly group: ReadonlyMap<string, string | null>;
}

interface Hold {
  readonly time: number;
  readonly event: SecurityEvent | undefined;
  readonly window: readonly Entry[];
  readonly silentSince?: number;
}

/**
 * The alerts of a finished input, computed from the whole list of its events in the plainest way: every window is looked at
 * from nothing. Far too slow to run; it is there to be read, and to hold faster engines to. Events are given in order of
 * arrival. Late ones are left out, although detections by themselves match them.
 */
export function referenceEpisodes(
  rules: RuleSet,
  arrived: readonly SecurityEvent[],
  options: ReferenceOptions = {},
): readonly ReferenceEpisode[] {
  const { lateness = 60_000, locate } = options;
  const events = [...inTime(arrived, lateness)].sort(order);
  const end = Math.max(...events.map(({ time }) => time));
  const matches = new Map<string, readonly RuleMatch[]>();
  const episodes: ReferenceEpisode[] = [];
  for (const rule of rules.rules) {
    if (rule.kind === "detection") {
      const found = detectionMatches(rule, events, lateness);
      matches.set(
        rule.key,
        found.map((event) => ({ event, group: new Map() })),
      );
      if (rule.alerts) episodes.push(...detectionEpisodes(rule, found));
      continue;
    }
    const own: RuleMatch[] = [];
    for (const { values, entries, cancels } of groupsOf(rule, matches, events)) {
      const holds = waitsForEnd(rule) ? holdsAtEnd(rule, entries, cancels, end) : holdsAtEvents(rule, entries, cancels, locate);
      for (const { event } of holds) own.push({ event: event!, group: values });
      if (rule.alerts) {
        const silences = silencesOf(rule, values, entries, arrived[0]!.time, end);
        for (const list of [holds, silences]) episodes.push(...episodesOf(rule.key, values, list, entries, rule.timespan));
      }
    }
    matches.set(
      rule.key,
      own.sort((a, b) => order(a.event, b.event)),
    );
  }
  return episodes;
}

function order(a: SecurityEvent, b: SecurityEvent): number {
  return a.time - b.time || a.seq - b.seq;
}

function* inTime(arrived: readonly SecurityEvent[], lateness: number): Iterable<SecurityEvent> {
  let latest = -Infinity;
  for (const event of arrived) {
    if (event.time >= latest - lateness) yield event;
    latest = Math.max(latest, event.time);
  }
}

interface Group {
  readonly values: ReadonlyMap<string, string | null>;
  readonly entries: Entry[];
  readonly cancels: SecurityEvent[];
}

function groupsOf(
  rule: CorrelationRule,
  matches: ReadonlyMap<string, readonly RuleMatch[]>,
  events: readonly SecurityEvent[],
): Iterable<Group> {
  const groups = new Map<string, Group>();
  const groupOf = (match: RuleMatch, fields: readonly string[]): Group => {
    return group(fields.map((field) => (match.group.has(field) ? match.group.get(field)! : textOfField(match.event, field))));
  };
  const group = (texts: readonly (string | null)[]): Group => {
    const key = JSON.stringify(texts);
    if (!groups.has(key)) {
      const values = new Map(rule.groupBy.map(({ name }, index) => [name, texts[index] ?? null]));
      groups.set(key, { values, entries: [], cancels: [] });
    }
    return groups.get(key)!;
  };
  const fieldsFor = (ref: number) => rule.groupBy.map(({ name, fields }) => fields[ref] ?? name);
  const rulesCount = rule.measure.type === "temporal" || rule.measure.type === "temporal_ordered";
  if (rule.expect !== undefined && rule.expect !== "seen") for (const value of rule.expect) group([value]);

  for (const event of events) {
    for (const [index, key] of rule.cancelOn.entries()) {
      const fields = rule.groupBy.map(({ name }) => cancelField(rule, name, index));
      for (const match of of(key, event)) groupOf(match, fields).cancels.push(event);
    }
    const matched = rule.of.flatMap((key, ref) => of(key, event).map((match) => ({ ref, match })));
    const [first] = matched;
    if (first === undefined) continue;
    const placed = new Map<Group, { refs: Set<number>; match: RuleMatch }>();
    for (const { ref, match } of matched) {
      const target = rulesCount ? groupOf(match, fieldsFor(ref)) : groupOf(first.match, fieldsFor(first.ref));
      const entry = placed.get(target) ?? { refs: new Set<number>(), match };
      entry.refs.add(ref);
      placed.set(target, entry);
    }
    for (const [target, { refs, match }] of placed) target.entries.push(entryOf(match, refs));
  }
  return groups.values();

  function of(key: string, event: SecurityEvent): readonly RuleMatch[] {
    return matches.get(key)!.filter((match) => match.event === event);
  }
}

function entryOf({ event, group }: RuleMatch, rules: ReadonlySet<number>): Entry {
  const value = (field: string) => (group.has(field) ? group.get(field) : fieldReader(field)(event.fields));
  return { event, rules, value, text: (field) => textOf(value(field) as string) };
}

/** `(t − timespan, t]` at each event. */
function holdsAtEvents(
  rule: CorrelationRule,
  entries: readonly Entry[],
  cancels: readonly SecurityEvent[],
  locate: Locate | undefined,
): Hold[] {
  return entries.flatMap((at, index) => {
    const window = entries.slice(0, index + 1).filter(({ event }) => {
      const cancelled = cancels.some((cancel) => order(event, cancel) < 0 && order(cancel, at.event) <= 0);
      return event.time > at.event.time - rule.timespan && !cancelled;
    });
    return holdsOver(rule, window, locate) ? [{ time: at.event.time, event: at.event, window }] : [];
  });
}

/** `[t, t + timespan)` of each event, where that ends before the input does. The match is the last event in it. */
function holdsAtEnd(rule: CorrelationRule, entries: readonly Entry[], cancels: readonly SecurityEvent[], end: number): Hold[] {
  const holds = entries.flatMap(({ event }, index): Hold[] => {
    const until = event.time + rule.timespan;
    const window = entries.slice(index).filter((entry) => entry.event.time < until);
    const cancelled = cancels.some((cancel) => order(event, cancel) < 0 && cancel.time < until);
    if (until > end || cancelled || !holdsOver(rule, window, undefined)) return [];
    const last = window.at(-1)!.event;
    return [{ time: last.time, event: last, window }];
  });
  return holds.filter((hold, index) => hold.event !== holds[index - 1]?.event);
}

/** Moments at which nothing had come for a timespan to a group that ought to speak, where the condition holds over nothing. */
function silencesOf(
  rule: CorrelationRule,
  values: ReadonlyMap<string, string | null>,
  entries: readonly Entry[],
  begin: number,
  end: number,
): Hold[] {
  const { expect, timespan } = rule;
  const [value] = values.values();
  const listed = expect !== undefined && expect !== "seen" && expect.includes(value ?? "");
  if ((expect !== "seen" && !listed) || !holdsOver(rule, [], undefined)) return [];
  const moments = entries.map(({ event }, index) => ({ event, since: event.time, next: entries[index + 1]?.event.time }));
  const beginning = listed ? [{ event: undefined, since: begin, next: entries[0]?.event.time }] : [];
  return [...beginning, ...moments].flatMap(({ event, since, next }) => {
    const time = since + timespan;
    const silent = time < end && (next === undefined || next > time);
    return silent ? [{ time, event, window: [], silentSince: since }] : [];
  });
}

function detectionEpisodes(rule: DetectionRule, found: readonly SecurityEvent[]): ReferenceEpisode[] {
  const { groupBy, quiet } = rule.episode;
  const groups = grouped(found, (event) => JSON.stringify(groupBy.map((field) => textOfField(event, field))));
  return [...groups].flatMap(([key, own]) => {
    const texts = JSON.parse(key) as (string | null)[];
    const values = new Map(groupBy.map((field, index) => [field, texts[index] ?? null]));
    const entries = own.map((event) => entryOf({ event, group: new Map() }, new Set([0])));
    const holds = entries.map((entry) => ({ time: entry.event.time, event: entry.event, window: [entry] }));
    return episodesOf(rule.key, values, holds, entries, quiet);
  });
}

/** Holds less than a timespan apart are one episode. */
function episodesOf(
  rule: string,
  values: ReadonlyMap<string, string | null>,
  holds: readonly Hold[],
  entries: readonly Entry[],
  quiet: number,
): ReferenceEpisode[] {
  const runs: Hold[][] = [];
  for (const hold of [...holds].sort((a, b) => a.time - b.time)) {
    const last = runs.at(-1)?.at(-1);
    if (last !== undefined && hold.time - last.time < quiet) runs.at(-1)!.push(hold);
    else runs.push([hold]);
  }
  return runs.map((run) => {
    const [opening] = run as [Hold];
    const last = run.findLast(({ silentSince }) => silentSince === undefined);
    const later = entries.filter(({ event }) => {
      return last !== undefined && isAfterHold(event, opening) && order(event, last.event!) <= 0;
    });
    const group = Object.fromEntries(values);
    const since = opening.silentSince ?? opening.window[0]!.event.time;
    const id = alertId(rule, group, openingId(opening));
    return { rule, group, id, completed: opening.time, held: run.at(-1)!.time, since, count: opening.window.length + later.length };
  });
}

function isAfterHold(event: SecurityEvent, { event: at, time, silentSince }: Hold): boolean {
  return silentSince === undefined ? order(event, at!) > 0 : event.time > time;
}

function openingId({ event, time, silentSince }: Hold): string {
  const id = event === undefined ? `${time}` : eventId(event);
  return silentSince === undefined ? id : `silence after ${id}`;
}
