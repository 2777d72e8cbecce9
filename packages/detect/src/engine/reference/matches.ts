import type { SecurityEvent } from "../../event.ts";
import { fieldReader } from "../../fields.ts";
import { compileMatch } from "../../match/index.ts";
import type { DetectionRule } from "../../rule-ir.ts";
import { isCount } from "../memory/gap.ts";
import { textOf } from "../state/interner.ts";
import { numberOf } from "../windows/numbers.ts";

/** Text of a field of an event. */
export function textOfField(event: SecurityEvent, field: string): string | null {
  return textOf(fieldReader(field)(event.fields));
}

/** The events, of those in order, that a detection matches. */
export function detectionMatches(rule: DetectionRule, events: readonly SecurityEvent[], lateness: number): readonly SecurityEvent[] {
  const test = compileMatch(rule.match);
  const { category, product, service } = rule.logsource;
  const matching = events.filter(({ logsource, fields }) => {
    const agrees = (asked: string | undefined, given: string | undefined) => asked === undefined || asked === given;
    return agrees(category, logsource.category) && agrees(product, logsource.product) && agrees(service, logsource.service) && test(fields);
  });
  if (rule.memory?.kind === "first-seen") return firstSeen(rule.memory, matching);
  if (rule.memory?.kind === "gap") return gaps(rule.memory, matching, lateness);
  return matching;
}

type FirstSeenMemory = Extract<DetectionRule["memory"], { kind: "first-seen" }>;
type GapMemory = Extract<DetectionRule["memory"], { kind: "gap" }>;

function firstSeen({ fields, by, learn, forget }: FirstSeenMemory, events: readonly SecurityEvent[]): readonly SecurityEvent[] {
  const runs = new Map<string, { from: number; to: number }>();
  const see = (key: string, time: number): number => {
    const run = runs.get(key);
    const from = run === undefined || time - run.to >= forget ? time : run.from;
    runs.set(key, { from, to: time });
    return from;
  };
  const seen = new Map<string, number>();
  return events.filter((event) => {
    const bearer = tuple(event, by);
    const values = tuple(event, fields);
    if (bearer === undefined || values === undefined) return false;
    const since = see(bearer, event.time);
    const key = JSON.stringify([bearer, values]);
    const last = seen.get(key);
    seen.set(key, event.time);
    return (last === undefined || event.time - last >= forget) && since <= event.time - learn;
  });
}

/** A number is missing where it is not among the events up to one lateness after the event that came after it. */
function gaps({ field, by }: GapMemory, events: readonly SecurityEvent[], lateness: number): readonly SecurityEvent[] {
  const bearers = grouped(events, (event) => tuple(event, by));
  const found = new Set<SecurityEvent>();
  for (const [bearer, own] of bearers) {
    if (bearer === undefined) continue;
    const counted = own
      .map((event) => ({ event, number: numberOf(fieldReader(field)(event.fields)) }))
      .filter(({ number }) => isCount(number));
    let largest: number | undefined;
    for (const { event, number } of counted) {
      const come = new Set(counted.filter((other) => other.event.time <= event.time + lateness).map((other) => other.number));
      for (let missing = (largest ?? number) + 1; missing < number; missing++) if (!come.has(missing)) found.add(event);
      largest = Math.max(largest ?? number, number);
    }
  }
  return events.filter((event) => found.has(event));
}

/** A list in groups of one key, in the order in which the keys come. */
export function grouped<Item, Key>(list: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of list) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

function tuple(event: SecurityEvent, fields: readonly string[]): string | undefined {
  const values = fields.map((field) => textOfField(event, field));
  return values.includes(null) ? undefined : JSON.stringify(values);
}
