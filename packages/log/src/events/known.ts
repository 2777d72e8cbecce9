import { detailRoles, events } from "@telltale/vocabulary";
import type { DetailRole, EventDetail, EventLevel } from "@telltale/vocabulary";
import type { RecordOutcome } from "../record.ts";
import type { EventDeclarations } from "./details.ts";

/** One detail that an event has, made ready for the call. */
export interface KnownDetail {
  readonly name: string;
  readonly required: boolean;
  /** Whether a value is of the detail's type. */
  readonly fits: (value: unknown) => boolean;
  /** For people: `one of maxRetries, suspicious`. */
  readonly wants: string;
}

/** One event, made ready for the call. */
export interface KnownEvent {
  readonly name: string;
  readonly level: EventLevel;
  readonly category: string;
  readonly outcome: RecordOutcome;
  readonly details: readonly KnownDetail[];
  readonly byName: ReadonlySet<string>;
  /** Details that are more than a detail, in the order of their precedence. */
  readonly roles: readonly (readonly [name: string, role: DetailRole])[];
  readonly endings?: {
    readonly detail: string;
    readonly values: Readonly<Record<string, { readonly level: EventLevel; readonly outcome: RecordOutcome }>>;
  };
}

const TYPES = {
  string: (value: unknown) => typeof value === "string",
  integer: (value: unknown) => Number.isSafeInteger(value) || typeof value === "bigint",
  boolean: (value: unknown) => typeof value === "boolean",
  "string[]": (value: unknown) => Array.isArray(value) && value.every((one) => typeof one === "string"),
} as const;

/** Every event that a log knows, by name: the vocabulary's and the application's own. */
export function knownEvents(own: EventDeclarations): ReadonlyMap<string, KnownEvent> {
  const known = new Map<string, KnownEvent>();
  for (const [name, { level, category, details, ecs, endings }] of Object.entries(events)) {
    known.set(name, { ...prepared(name, details), level, category, outcome: ecs["event.outcome"], endings });
  }
  for (const [name, { level, category, details, outcome }] of Object.entries(own)) {
    known.set(name, { ...prepared(name, details), level, category: category ?? categoryOf(name), outcome });
  }
  return known;
}

/** `authn` of `authn_login_fail`. */
export function categoryOf(name: string): string {
  return /^[a-z]+/i.exec(name)?.[0].toLowerCase() ?? "other";
}

function prepared(name: string, details: Readonly<Record<string, EventDetail>>) {
  const roles = Object.entries(detailRoles).filter(([detail]) => Object.hasOwn(details, detail));
  const list = Object.entries(details).map(([detail, spec]) => ({ name: detail, required: spec.required, ...typeOf(spec) }));
  return { name, details: list, byName: new Set(list.map((one) => one.name)), roles };
}

function typeOf(spec: EventDetail): Pick<KnownDetail, "fits" | "wants"> {
  if (spec.type !== "enum") return { fits: TYPES[spec.type], wants: spec.type };
  return { fits: (value) => typeof value === "string" && spec.values.includes(value), wants: `one of ${spec.values.join(", ")}` };
}
