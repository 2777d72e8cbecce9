import { isIP } from "node:net";
import type { LineFacts, NoEvent, ReadEvent } from "../contract.ts";
import type { FieldValue, Fields } from "../event.ts";
import { outcomeOf } from "./event-names.ts";
import type { EventNames, Outcome } from "./event-names.ts";
import { finished, isFields, objectOf, other, put, textOf } from "./reading.ts";
import type { OpenFields } from "./reading.ts";
import { usualFacts } from "./usual-facts.ts";
import type { UsualFacts } from "./usual-facts.ts";

/**
 * An event from an object of any application, by the names that applications usually give to its facts (usual-names.ts). The object
 * is kept; our own names are put over it. `other` where nothing names an event that the vocabulary knows, unless it says an event,
 * an outcome and who or where from: then it is an event of the application's own.
 *
 * A message counts as a name only where the whole of it, of two words or more, is an alias: `login failed` does, `login failed for bob`
 * and `Forbidden` do not.
 */
export function applicationEvent(object: OpenFields, facts: LineFacts, names: EventNames): ReadEvent | NoEvent {
  const usual = usualFacts(object);
  const outcome = firstOutcome(usual.outcome);
  const named = namedEvent(usual, names) ?? ownEvent(usual, outcome);
  if (named === undefined) return other;
  addFacts(object, usual);
  return finished(object, named.written, outcome, usual.time?.[0], facts, names, named.resolved);
}

interface NamedEvent {
  readonly written: string;
  readonly resolved: string | undefined;
}

function namedEvent({ event, message }: UsualFacts, names: EventNames): NamedEvent | undefined {
  return firstKnown(event, names, () => true) ?? firstKnown(message, names, hasTwoWords);
}

function firstKnown(
  values: readonly FieldValue[] | undefined,
  names: EventNames,
  counts: (name: string) => boolean,
): NamedEvent | undefined {
  if (values === undefined) return undefined;
  for (const value of values) {
    if (typeof value !== "string" || !counts(value)) continue;
    const resolved = names.resolve(value);
    if (resolved !== undefined) return { written: value, resolved };
  }
  return undefined;
}

/** One word as a message (`Forbidden`, `Login`) is more often a page or an exception than the name of an event. */
function hasTwoWords(message: string): boolean {
  return /[^\s._:-][\s._:-]+[^\s._:-]/.test(message.slice(0, 100));
}

/** An event that the vocabulary does not know, where the line has the shape of one: a name, how it ended, and who or where from. */
function ownEvent({ event, actorId, ip }: UsualFacts, outcome: Outcome | undefined): NamedEvent | undefined {
  const written = event?.find((value) => typeof value === "string");
  if (typeof written !== "string" || outcome === undefined || (actorId === undefined && ip === undefined)) return undefined;
  return { written, resolved: undefined };
}

/** A status of HTTP says less than a word. */
function firstOutcome(values: readonly FieldValue[] | undefined): Outcome | undefined {
  if (values === undefined) return undefined;
  let fromStatus: Outcome | undefined;
  for (const value of values) {
    const outcome = outcomeOf(value);
    if (outcome === undefined) continue;
    if (typeof value !== "number") return outcome;
    fromStatus ??= outcome;
  }
  return fromStatus;
}

/** Puts the facts under our names. What stands there already in our shape stays. */
export function addFacts(fields: OpenFields, usual: UsualFacts): void {
  if (textOf(own(fields, "actor")?.["id"]) === undefined) put(fields, "actor", actorOf(usual));
  if (textOf(own(fields, "source")?.["ip"]) === undefined) put(fields, "source", sourceOf(usual.ip));
  if (own(fields, "target") === undefined) put(fields, "target", targetOf(usual));
  put(fields, "user_agent", firstText(usual.userAgent));
  put(fields, "reason", firstWords(usual.reason));
  put(fields, "session", firstText(usual.session));
  put(fields, "tenant", firstText(usual.tenant));
  put(fields, "service", firstText(usual.service));
  put(fields, "request", requestOf(fields, usual));
}

function own(fields: Fields, name: string): Fields | undefined {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return isFields(value) ? value : undefined;
}

function actorOf({ actorId, actorName, actorEmail, actorType }: UsualFacts): Fields | undefined {
  const id = firstText(actorId);
  if (id === undefined) return undefined;
  return objectOf({ id, type: firstText(actorType), name: firstText(actorName), email: firstText(actorEmail) });
}

function targetOf({ targetId, targetType, targetName }: UsualFacts): Fields | undefined {
  const id = firstText(targetId);
  const name = firstText(targetName);
  return id === undefined && name === undefined ? undefined : objectOf({ type: firstText(targetType), id, name });
}

function requestOf(fields: Fields, { requestId, traceId, method, route }: UsualFacts): Fields | undefined {
  const request = own(fields, "request");
  if (textOf(request?.["id"]) !== undefined) return undefined;
  return objectOf({
    ...request,
    id: firstText(requestId),
    trace_id: firstText(traceId),
    method: firstText(method),
    route: firstText(route),
  });
}

function firstText(values: readonly FieldValue[] | undefined): string | undefined {
  if (values === undefined) return undefined;
  for (const value of values) {
    const text = textOf(value);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** Numbers under the name of a reason are codes of something else. */
function firstWords(values: readonly FieldValue[] | undefined): string | undefined {
  return values?.find((value) => typeof value === "string" && value !== "") as string | undefined;
}

/** `source.ip` of the first value that is an address. */
export function sourceOf(values: readonly FieldValue[] | undefined): Fields | undefined {
  if (values === undefined) return undefined;
  for (const value of values) {
    const ip = addressIn(Array.isArray(value) ? value[0] : value);
    if (ip !== undefined) return { ip };
  }
  return undefined;
}

/** Longest text that is looked at for an address: a chain of some proxies. */
const LONGEST = 500;

/**
 * The address that a text holds: the first of a list (`x-forwarded-for`), without port, brackets and the `::ffff:` of an IPv4 address
 * on an IPv6 socket. Undefined for what is none.
 */
export function addressIn(value: FieldValue): string | undefined {
  if (typeof value !== "string" || value.length > LONGEST) return undefined;
  if (isIP(value) === 4) return value;
  const comma = value.indexOf(",");
  const first = (comma === -1 ? value : value.slice(0, comma)).trim();
  const bare = first.startsWith("[") ? first.slice(1, first.indexOf("]")) : first;
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(bare)?.[1] ?? bare;
  if (isIP(mapped) !== 0) return mapped;
  const withoutPort = /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/.exec(mapped)?.[1];
  return withoutPort !== undefined && isIP(withoutPort) === 4 ? withoutPort : undefined;
}
