import { events, resolveEvent } from "@telltale/vocabulary";

/** What the vocabulary knows of an event that a reader needs. */
export interface KnownEvent {
  readonly category: string;
  readonly outcome: Outcome;
}

export type Outcome = "success" | "failure" | "unknown";

const known: ReadonlyMap<string, KnownEvent> = new Map(
  Object.entries(events).map(([name, definition]) => [name, { category: definition.category, outcome: definition.ecs["event.outcome"] }]),
);

/** The vocabulary's facts, if the event is one of its own. */
export function knownEvent(name: string): KnownEvent | undefined {
  return known.get(name);
}

/** Turns the names that applications give their events into the vocabulary's. */
export interface EventNames {
  /** The vocabulary's name: the operator's own table first, then exact names, then aliases. Undefined for a stranger. */
  resolve(name: string): string | undefined;
}

/** Most names that are remembered. An application has hundreds; whoever writes more makes them up. */
const REMEMBERED = 4096;
/** No alias is longer. */
const LONGEST = 100;

/** @param own Names of the application's events and what they mean. What it means must be a name of the vocabulary to take part in the shipped rules. */
export function createEventNames(own: Readonly<Record<string, string>> = {}): EventNames {
  const table = new Map(Object.entries(own));
  const memory = new Map<string, string | undefined>();
  return {
    resolve(name) {
      // The operator's word goes first: also a name of the vocabulary may mean something else in their application.
      if (table.size > 0) {
        const meant = table.get(name);
        if (meant !== undefined) return meant;
      }
      if (known.has(name)) return name;
      if (name.length > LONGEST) return undefined;
      const remembered = memory.get(name);
      if (remembered !== undefined || memory.has(name)) return remembered;
      // Looking up an alias costs over a microsecond; starting over is cheaper than a list of what was used last.
      if (memory.size >= REMEMBERED) memory.clear();
      const resolved = resolveEvent(name);
      memory.set(name, resolved);
      return resolved;
    },
  };
}

/** The failure of what a name without an outcome (`login`) stands for when it succeeds. */
const failures: ReadonlyMap<string, string> = new Map([
  ["authn_login_success", "authn_login_fail"],
  ["authn_login_successafterfail", "authn_login_fail"],
  ["authn_password_change", "authn_password_change_fail"],
  ["authn_password_reset", "authn_password_reset_fail"],
  ["authn_mfa_success", "authn_mfa_fail"],
  ["authz_success", "authz_fail"],
  ["authz_elevation", "authz_fail"],
]);

/** The event that a resolved name stands for once the line's own outcome is known. */
export function eventWithOutcome(resolved: string, outcome: Outcome | undefined): string {
  return outcome === "failure" ? (failures.get(resolved) ?? resolved) : resolved;
}

/** A name that says failure is believed before a field; a field decides where the name leaves it open or says success. */
export function settledOutcome(event: string, given: Outcome | undefined): Outcome {
  const usual = known.get(event)?.outcome ?? "unknown";
  return usual === "failure" ? usual : (given ?? usual);
}

const outcomeWords: ReadonlyMap<string, Outcome> = new Map([
  ...[
    "success",
    "succeeded",
    "successful",
    "succeed",
    "ok",
    "okay",
    "allowed",
    "allow",
    "granted",
    "permitted",
    "permit",
    "accepted",
    "passed",
    "pass",
    "approved",
    "true",
    "yes",
  ].map((word): [string, Outcome] => [word, "success"]),
  ...[
    "failure",
    "failed",
    "fail",
    "error",
    "denied",
    "deny",
    "rejected",
    "reject",
    "refused",
    "blocked",
    "forbidden",
    "unauthorized",
    "unauthorised",
    "invalid",
    "false",
    "no",
  ].map((word): [string, Outcome] => [word, "failure"]),
  ["unknown", "unknown"],
]);

/** The outcome that a field's value says: a word, true or false, or an HTTP status from 400. Undefined where it says nothing. */
export function outcomeOf(value: unknown): Outcome | undefined {
  if (typeof value === "string") return value.length > 20 ? undefined : outcomeWords.get(value.toLowerCase());
  if (typeof value === "boolean") return value ? "success" : "failure";
  return typeof value === "number" && value >= 400 && value < 600 ? "failure" : undefined;
}
