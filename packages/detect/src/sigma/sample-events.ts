import type { Fields, FieldValue } from "../event.ts";
import { badValue, missing } from "./report.ts";
import { asSection, asText, Section } from "./section.ts";
import { timeOffset } from "./time-span.ts";
import { type Entry, scalarText, type Tree } from "./yaml-tree.ts";

/** One event of a sample. */
export interface SampleEvent {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly fields: Fields;
}

/** Events of one sample. */
const mostEvents = 100_000;

/** Reads `events:` of a sample, repetitions written out, in the order of time. */
export function expandEvents(tree: Tree, key: string, start: number): SampleEvent[] {
  if (tree.kind !== "list") throw badValue(tree.at, key, "must be a list of events");
  const events: SampleEvent[] = [];
  for (const item of tree.items) {
    for (const event of expand(asSection(item, key), start)) events.push(event);
    if (events.length > mostEvents) throw badValue(item.at, key, `has more than ${mostEvents} events`);
  }
  // Stable: events of one time keep the order in which they are written.
  return events.sort((a, b) => a.time - b.time);
}

function expand(section: Section, start: number): SampleEvent[] {
  const at = section.text("at");
  if (at === undefined) throw missing(section.at, section.path("at"), "say when it happens, counted from the start, such as 0s or 5m30s");
  const first = start + timeOffset(at, section.placeOf("at"), section.path("at"));
  const fixed = section.entries.filter(({ key }) => key !== "at" && key !== "repeat");
  const { times, every, vary } = readRepeat(section.section("repeat"));
  return Array.from({ length: times }, (_, index) => {
    const fields: MutableFields = {};
    for (const { key, value } of fixed) setField(fields, key, fieldValue(value), key, value.at);
    for (const { key, value } of vary) setField(fields, key, varied(value, index), key, value.at);
    return { time: first + index * every, fields };
  });
}

interface Repeat {
  readonly times: number;
  readonly every: number;
  readonly vary: readonly Entry[];
}

function readRepeat(section: Section | undefined): Repeat {
  if (section === undefined) return { times: 1, every: 0, vary: [] };
  for (const refusal of section.unknown(["times", "every", "vary"])) throw refusal;
  const entry = section.required("times", "say how often the event comes");
  const times = entry.value.kind === "scalar" ? entry.value.value : undefined;
  if (typeof times !== "number" || !Number.isInteger(times) || times < 1 || times > mostEvents) {
    throw badValue(entry.value.at, section.path("times"), `must be a whole number from 1 to ${mostEvents}`);
  }
  const every = section.text("every");
  return {
    times,
    every: every === undefined ? 0 : timeOffset(every, section.placeOf("every"), section.path("every")),
    vary: section.section("vary")?.entries ?? [],
  };
}

/** A value for one repetition: of a list the next one, in a text with the number put in. */
function varied(tree: Tree, index: number): FieldValue {
  if (tree.kind === "list") {
    if (tree.items.length === 0) throw badValue(tree.at, "vary", "has an empty list");
    const item = tree.items[index % tree.items.length]!;
    return item.kind === "scalar" && item.value === null ? undefined : fieldValue(item);
  }
  const text = asText(tree, "vary") ?? "";
  if (text === "{n}") return index + 1;
  return text.replace(/\{n(?:%(\d{1,6}))?\}/g, (_, modulus?: string) =>
    String(modulus === undefined ? index + 1 : (index + 1) % Math.max(1, Number(modulus))),
  );
}

function fieldValue(tree: Tree): FieldValue {
  if (tree.kind === "scalar") return typeof tree.value === "string" ? scalarText(tree) : tree.value;
  if (tree.kind === "list") return tree.items.map(fieldValue);
  const fields: MutableFields = {};
  for (const { key, value } of tree.entries) setField(fields, key, fieldValue(value), key, value.at);
  return fields;
}

type MutableFields = { [name: string]: FieldValue };

/** Sets `actor.id` as `{ actor: { id } }`, as lines of real logs have it. Undefined takes the field out. */
function setField(fields: MutableFields, path: string, value: FieldValue, key: string, at: number): void {
  const names = path.split(".");
  const last = names.pop()!;
  let inner = fields;
  for (const name of names) {
    const next = Object.hasOwn(inner, name) ? inner[name] : undefined;
    if (next !== undefined && !isObject(next)) throw badValue(at, key, "is a field inside a field that has a plain value");
    if (next === undefined) own(inner, name, {});
    inner = (next ?? inner[name]) as MutableFields;
  }
  const before = Object.hasOwn(inner, last) ? inner[last] : undefined;
  if (isObject(before) && isObject(value)) for (const [name, each] of Object.entries(value)) setField(before, name, each, key, at);
  else own(inner, last, value);
}

/** Defines a property of its own also for a name such as `__proto__`. */
function own(fields: MutableFields, name: string, value: FieldValue): void {
  Object.defineProperty(fields, name, { value, enumerable: true, configurable: true, writable: true });
}

function isObject(value: FieldValue): value is MutableFields & Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
