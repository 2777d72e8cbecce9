import type { EventLevel } from "@telltale/vocabulary";
import { isIP } from "node:net";
import { actorOf, idOf, targetOf } from "../actor.ts";
import type { Actor, RecordOutcome, Target } from "../record.ts";
import type { Warnings } from "../warnings.ts";
import type { CommonDetails } from "./details.ts";
import { categoryOf } from "./known.ts";
import type { KnownEvent } from "./known.ts";

/** What a call says of its event, sorted into the places of a record. */
export interface Said {
  level: EventLevel;
  category: string;
  outcome: RecordOutcome;
  reason?: string;
  actor?: Actor;
  target?: Target;
  ip?: string;
  userAgent?: string;
  tenant?: string;
  /** In clear; to be hashed. */
  session?: string;
  details?: Record<string, unknown>;
  error?: unknown;
  extra?: Record<string, unknown>;
  message?: string;
}

export interface ComposeFacts {
  readonly known: ReadonlyMap<string, KnownEvent>;
  readonly warnings: Warnings;
  /** Whether a detail of this name may never be logged. */
  readonly forbids: (name: string) => boolean;
  /** `did you mean …`, or nothing. */
  readonly hint: (event: string) => string;
}

/** Keys of {@link CommonDetails}, and how each is read. A value of the wrong type is kept under `extra`. */
const COMMON: { readonly [K in keyof CommonDetails]-?: (said: Said, value: unknown) => boolean } = {
  actor: (said, value) => set(said, "actor", actorOf(value)),
  target: (said, value) => set(said, "target", targetOf(value)),
  reason: (said, value) => set(said, "reason", textOf(value)),
  outcome: () => true,
  error: (said, value) => set(said, "error", value),
  ip: (said, value) => set(said, "ip", textOf(value)),
  tenant: (said, value) => set(said, "tenant", idOf(value)),
  session: (said, value) => set(said, "session", idOf(value)),
  message: (said, value) => set(said, "message", textOf(value)),
  extra: (said, value) => {
    if (typeof value !== "object" || value === null) return false;
    for (const [name, one] of Object.entries(value)) put(said, "extra", name, one);
    return true;
  },
};

/**
 * Reads what the caller passed, whatever it is: a wrong name or detail is a warning and stays in the record, a name that must
 * never be logged is left out. `actorKnown` is true where the request has an identified actor, who then stands for a missing one.
 */
export function compose(facts: ComposeFacts, name: string, passed: unknown, actorKnown: boolean): Said {
  const event = facts.known.get(name);
  const said: Said = event
    ? { level: event.level, category: event.category, outcome: event.outcome }
    : { level: "WARN", category: categoryOf(name), outcome: "unknown" };
  if (!event) facts.warnings.add("unknown-event", { event: name, hint: facts.hint(name) });

  const values = ownValues(facts, name, passed);
  if (event) takeOwn(facts, event, values, said, actorKnown);
  takeOthers(facts, name, event, values, said);
  settleOutcome(facts, name, event, values, said);
  return said;
}

/** The caller's properties, read once and guarded each: a getter or a proxy may throw. */
function ownValues(facts: ComposeFacts, event: string, passed: unknown): Map<string, unknown> {
  const values = new Map<string, unknown>();
  if (typeof passed !== "object" || passed === null) return values;
  let names: string[];
  try {
    names = Object.keys(passed);
  } catch {
    facts.warnings.add("unreadable-detail", { event, detail: "the details" });
    return values;
  }
  for (const name of names) {
    try {
      const value = (passed as Record<string, unknown>)[name];
      if (value !== undefined) values.set(name, value);
    } catch {
      facts.warnings.add("unreadable-detail", { event, detail: name });
    }
  }
  return values;
}

/** The details that the event declares; those with a role go to their place in the record. */
function takeOwn(facts: ComposeFacts, event: KnownEvent, values: ReadonlyMap<string, unknown>, said: Said, actorKnown: boolean): void {
  for (const detail of event.details) {
    const value = values.get(detail.name);
    if (value === undefined) {
      if (detail.required && !standsIn(event, detail.name, values, actorKnown)) {
        facts.warnings.add("missing-detail", { event: event.name, detail: detail.name });
      }
      continue;
    }
    if (!detail.fits(value)) facts.warnings.add("wrong-type", { event: event.name, detail: detail.name, wants: detail.wants });
    if (!hasRole(event, detail.name)) put(said, "details", detail.name, value);
  }
  for (const [name, role] of event.roles) {
    const value = values.get(name);
    if (value === undefined) continue;
    const text = idOf(value);
    if (text === undefined) put(said, "details", name, value);
    else if (role.is === "actor") said.actor = { id: text };
    else if (role.is === "actor-or-source") takeActorOrSource(said, text);
    else if (role.is === "reason") said.reason = text;
    else if (role.is === "user-agent") said.userAgent = text;
    else if (role.is === "session") said.session = text;
    else if (said.target === undefined) said.target = { type: role.type, id: text };
    else put(said, "details", name, value);
  }
}

/** Whether something else says what a missing detail would: the identified actor, or `actor` and `target` in the call. */
function standsIn(event: KnownEvent, detail: string, values: ReadonlyMap<string, unknown>, actorKnown: boolean): boolean {
  const role = event.roles.find(([name]) => name === detail)?.[1].is;
  if (role === "actor" || role === "actor-or-source") return actorKnown || values.has("actor") || (role !== "actor" && values.has("ip"));
  if (role === "target") return values.has("target");
  return role === "session" && values.has("session");
}

function hasRole(event: KnownEvent, detail: string): boolean {
  return event.roles.some(([name]) => name === detail);
}

/** Common details, then everything that no event knows. */
function takeOthers(
  facts: ComposeFacts,
  name: string,
  event: KnownEvent | undefined,
  values: ReadonlyMap<string, unknown>,
  said: Said,
): void {
  for (const [detail, value] of values) {
    if (event?.byName.has(detail)) continue;
    if (Object.hasOwn(COMMON, detail)) {
      takeCommon(facts, name, detail as keyof CommonDetails, value, said);
    } else if (facts.forbids(detail)) {
      facts.warnings.add("forbidden-detail", { event: name, detail });
    } else {
      if (event) facts.warnings.add("unknown-detail", { event: name, detail });
      put(said, event ? "extra" : "details", detail, value);
    }
  }
}

function takeCommon(facts: ComposeFacts, event: string, detail: keyof CommonDetails, value: unknown, said: Said): void {
  try {
    if (COMMON[detail](said, value)) return;
  } catch {
    facts.warnings.add("unreadable-detail", { event, detail });
    return;
  }
  facts.warnings.add("wrong-type", { event, detail, wants: "of another type" });
  put(said, "extra", detail, value);
}

/** The name decides, then a detail that the vocabulary says decides; a caller only where both leave it open. */
function settleOutcome(
  facts: ComposeFacts,
  name: string,
  event: KnownEvent | undefined,
  values: ReadonlyMap<string, unknown>,
  said: Said,
): void {
  const ending = event?.endings?.values[String(values.get(event.endings.detail))];
  if (ending) {
    said.level = ending.level;
    said.outcome = ending.outcome;
  }
  const given = values.get("outcome");
  if (given === undefined || event?.byName.has("outcome")) return;
  if (said.outcome === "unknown" && (given === "success" || given === "failure")) said.outcome = given;
  else if (given !== said.outcome) facts.warnings.add("contradicting-outcome", { event: name, given: textOf(given) ?? typeof given });
}

function takeActorOrSource(said: Said, text: string): void {
  if (isIP(text)) said.ip = text;
  else said.actor = { id: text };
}

function put(said: Said, place: "details" | "extra", name: string, value: unknown): void {
  // A null prototype: a caller's `__proto__` is a name like any other.
  const holder = (said[place] ??= Object.create(null) as Record<string, unknown>);
  holder[name] = value;
}

function set<K extends keyof Said>(said: Said, key: K, value: Said[K] | undefined): boolean {
  if (value === undefined) return false;
  said[key] = value;
  return true;
}

/** A reason or a message may be a number: a status, a code. */
function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "bigint" ? String(value) : undefined;
}
