import type { NoEvent, ReadEvent } from "../contract.ts";
import { telltaleSource } from "../event.ts";
import type { Fields, FieldValue } from "../event.ts";
import { eventWithOutcome, knownEvent, settledOutcome } from "./event-names.ts";
import type { EventNames, Outcome } from "./event-names.ts";
import { reasonWord } from "./reasons.ts";
import { timeOf } from "./time.ts";
import type { TimeFacts } from "./time.ts";

/** Fields while they are put together. */
export interface OpenFields {
  [name: string]: FieldValue;
}

/** What formats share when they read. */
export interface ReadingFacts {
  readonly names: EventNames;
}

/** A line that is well-formed and not about security. */
export const other: NoEvent = { kind: "other" };

/** A line that is broken. The reason is a sentence part and never quotes the line. */
export function unreadable(reason: string): NoEvent {
  return { kind: "unreadable", reason };
}

export const badTime = unreadable("its time is no time");

/** An event in the names of `@telltale/log`, whatever wrote it. */
export function event(time: number, fields: Fields): ReadEvent {
  return { kind: "event", time, fields, logsource: telltaleSource };
}

/**
 * The last steps of all formats but the hot one: resolves the name, settles the outcome, brings the reason on one word, fills in the
 * category and reads the time. `fields` is changed in place and becomes the event's.
 *
 * @param written The name as the line has it, which is not yet resolved where `resolved` is not given.
 * @param read The time in milliseconds, where the format has a form of its own for it.
 */
export function finished(
  fields: OpenFields,
  written: string,
  outcome: Outcome | undefined,
  time: FieldValue,
  facts: TimeFacts,
  names: EventNames,
  resolved: string | undefined = names.resolve(written),
  read: number | undefined = timeOf(time, facts),
): ReadEvent | NoEvent {
  if (Number.isNaN(read)) return badTime;
  const name = resolved === undefined ? written : eventWithOutcome(resolved, resolved === written ? undefined : outcome);
  fields["event"] = name;
  if (name !== written) fields["event_as_written"] = written;
  fields["outcome"] = settledOutcome(name, outcome);
  const category = knownEvent(name)?.category;
  if (category !== undefined && typeof fields["category"] !== "string") fields["category"] = category;
  settleReason(fields, written, name);
  if (read === undefined) fields["telltale_time"] = "received";
  return event(read ?? facts.received, fields);
}

/** A known reason becomes one word; where none is given, the name itself may tell it (`invalid_password`). */
function settleReason(fields: OpenFields, written: string, name: string): void {
  const { reason } = fields;
  if (typeof reason === "string") {
    const word = reasonWord(reason);
    if (word === undefined || word === reason) return;
    fields["reason"] = word;
    fields["reason_as_written"] = reason;
  } else if (reason === undefined && written !== name) {
    const word = reasonWord(written);
    if (word !== undefined) fields["reason"] = word;
  }
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text that is not empty, or a number as text: identifiers are either. */
export function textOf(value: FieldValue): string | undefined {
  if (typeof value === "string") return value === "" ? undefined : value;
  return typeof value === "number" ? String(value) : undefined;
}

/** The object under a name; undefined for anything else. */
export function inside(fields: Fields | undefined, name: string): Fields | undefined {
  if (fields === undefined || !Object.hasOwn(fields, name)) return undefined;
  const value = fields[name];
  return isFields(value) ? value : undefined;
}

/** The text under a name that the fields themselves have. */
export function textIn(fields: Fields | undefined, name: string): string | undefined {
  return fields !== undefined && Object.hasOwn(fields, name) ? textOf(fields[name]) : undefined;
}

/** The number under a name that the fields themselves have; a text is none. */
export function numberIn(fields: Fields | undefined, name: string): number | undefined {
  const value = fields !== undefined && Object.hasOwn(fields, name) ? fields[name] : undefined;
  return typeof value === "number" ? value : undefined;
}

/**
 * The object itself; undefined where none of its properties has a value. Those without stay, as undefined: to take them out would
 * make V8 give up the object's shape, which costs more than all else that is done with it.
 */
export function objectOf(properties: OpenFields): Fields | undefined {
  for (const name in properties) if (properties[name] !== undefined) return properties;
  return undefined;
}

/** Sets what has a value: an absent field must not be there. */
export function put(fields: OpenFields, name: string, value: FieldValue): void {
  if (value === undefined) return;
  // Assigning this one name would change the prototype instead.
  if (name === "__proto__") Object.defineProperty(fields, name, { value, enumerable: true, configurable: true, writable: true });
  else fields[name] = value;
}

/** Deepest name that `@telltale/log` writes is `actor.effective.id`; what comes deeper is a stranger's. */
const DEEPEST = 4;

/** Sets a field by its path, such as `actor.effective.id`. */
export function putAt(fields: OpenFields, path: readonly string[], value: FieldValue): void {
  const [first = "", ...rest] = path;
  if (rest.length === 0 || path.length > DEEPEST) return put(fields, path.join("."), value);
  const held = Object.hasOwn(fields, first) ? fields[first] : undefined;
  const inner: OpenFields = isFields(held) ? held : {};
  if (inner !== held) put(fields, first, inner);
  putAt(inner, rest, value);
}
