import type { Json, SafeRecord } from "../../record.ts";

export type Attribute = string | number | boolean | string[] | number[] | boolean[];
export type Attributes = Record<string, Attribute>;

/**
 * Attributes of one log record. Fields that OpenTelemetry's semantic conventions have a name for (attribute registry: client,
 * network, user, user-agent, http, session, exception, error, service, deployment, host, process) stand under it; the rest under
 * `telltale.`. Nested values are flattened, since many backends index nothing else.
 *
 * The SDK drops what exceeds its limit without a word (`attributeCountLimit`, 128 by default), so no more than `limit` are made;
 * `telltale.omitted_attributes` then says how many are missing. The record's own fields come before details, these before `extra`.
 */
export function attributesOf(record: SafeRecord, limit: number): Attributes {
  const attributes = new Limited(limit);
  for (const [name, read] of FIELDS) {
    const value = read(record);
    if (value !== undefined) attributes.add(name, value);
  }
  const { error } = record;
  if (error) {
    const { type, message, stack, ...more } = error;
    attributes.add("error.type", type);
    attributes.add("exception.type", type);
    attributes.add("exception.message", message);
    if (stack !== undefined) attributes.add("exception.stacktrace", stack);
    attributes.flatten("telltale.error", more as { readonly [name: string]: Json });
  }
  if (record.details) attributes.flatten("telltale.details", record.details);
  if (record.extra) attributes.flatten("telltale.extra", record.extra);
  return attributes.finish();
}

/** Name of the attribute, and what of the record stands under it. `session.id` carries the keyed hash, never the identifier. */
const FIELDS: readonly (readonly [name: string, read: (record: SafeRecord) => Attribute | undefined])[] = [
  ["telltale.category", ({ category }) => category],
  ["telltale.outcome", ({ outcome }) => outcome],
  ["telltale.level", ({ level }) => level],
  ["telltale.reason", ({ reason }) => reason],
  ["user.id", ({ actor }) => actor?.id],
  ["user.name", ({ actor }) => actor?.name],
  ["user.email", ({ actor }) => actor?.email],
  ["telltale.actor.type", ({ actor }) => actor?.type],
  ["telltale.actor.effective.id", ({ actor }) => actor?.effective?.id],
  ["telltale.actor.effective.type", ({ actor }) => actor?.effective?.type],
  ["telltale.actor.effective.name", ({ actor }) => actor?.effective?.name],
  ["telltale.target.type", ({ target }) => target?.type],
  ["telltale.target.id", ({ target }) => target?.id],
  ["telltale.target.name", ({ target }) => target?.name],
  ["client.address", ({ source }) => source?.ip],
  ["network.peer.address", ({ source }) => source?.peer],
  ["telltale.source.via", ({ source }) => source?.via],
  ["user_agent.original", ({ user_agent }) => user_agent],
  ["telltale.request.id", ({ request }) => request?.id],
  ["http.request.method", ({ request }) => request?.method],
  ["http.route", ({ request }) => request?.route],
  ["telltale.tenant", ({ tenant }) => tenant],
  ["session.id", ({ session }) => session],
  ["service.name", ({ service }) => service],
  ["service.version", ({ service_version }) => service_version],
  ["deployment.environment.name", ({ environment }) => environment],
  ["host.name", ({ hostname }) => hostname],
  ["process.pid", ({ pid }) => pid],
  ["telltale.writer", ({ writer }) => writer],
  ["telltale.seq", ({ seq }) => seq],
];

class Limited {
  private readonly made: Attributes = {};
  private count = 0;
  private omitted = 0;
  private readonly limit: number;

  /** One place is kept for the number of those that found none. */
  constructor(limit: number) {
    this.limit = limit - 1;
  }

  add(name: string, value: Attribute): void {
    if (this.count >= this.limit && !Object.hasOwn(this.made, name)) {
      this.omitted++;
      return;
    }
    if (!Object.hasOwn(this.made, name)) this.count++;
    Object.defineProperty(this.made, name, { value, enumerable: true, configurable: true, writable: true });
  }

  flatten(prefix: string, value: { readonly [name: string]: Json | undefined }): void {
    for (const [name, one] of Object.entries(value)) this.put(`${prefix}.${name}`, one);
  }

  private put(name: string, value: Json | undefined): void {
    if (value === null || value === undefined) return;
    if (typeof value !== "object") this.add(name, value);
    else if (!Array.isArray(value)) this.flatten(name, value as { readonly [name: string]: Json });
    else this.add(name, isOfOneKind(value) ? [...value] : JSON.stringify(value));
  }

  finish(): Attributes {
    if (this.omitted > 0) this.made["telltale.omitted_attributes"] = this.omitted;
    return this.made;
  }
}

/** OpenTelemetry's arrays hold values of one primitive type. */
function isOfOneKind(values: readonly Json[]): values is string[] & number[] & boolean[] {
  const kind = typeof values[0];
  return kind !== "object" && values.every((value) => typeof value === kind);
}
