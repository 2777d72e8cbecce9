import { events } from "@telltale/vocabulary";
import type { EventDefinition, EventDetail, EventLevel } from "@telltale/vocabulary";
import * as fc from "fast-check";
import type { Seal } from "../../contract.ts";
import type { SafeRecord } from "../../record.ts";

export const vocabulary = Object.entries(events) as readonly [string, EventDefinition][];

/** A record as the redactor hands it over; only it can make one, so tests say that theirs is one. */
export function safe(record: object): SafeRecord {
  return record as SafeRecord;
}

const minimal = {
  time: Date.UTC(2026, 10, 21, 10, 0, 0, 7),
  level: "INFO",
  event: "own_event",
  category: "own",
  outcome: "unknown",
  service: "shop",
  hostname: "web-1",
  pid: 4242,
  writer: "0123456789abcdef",
  seq: 1,
  msg: "own_event",
} as const;

/** Only what every record has. */
export function minimalRecord(event: string, definition?: EventDefinition): SafeRecord {
  return safe({
    ...minimal,
    event,
    level: definition?.level ?? "WARN",
    category: definition?.category ?? "own",
    outcome: definition?.ecs["event.outcome"] ?? "unknown",
    msg: event,
  });
}

/** Everything that a record can have, each value unlike all others. */
export function fullRecord(event: string, definition?: EventDefinition): SafeRecord {
  return safe({
    ...minimalRecord(event, definition),
    reason: "reason-value",
    actor: {
      id: "actor-id",
      type: "user",
      name: "actor-name",
      email: "actor@example.com",
      effective: { id: "effective-id", type: "admin", name: "effective-name" },
    },
    target: { type: "user", id: "target-id", name: "target-name" },
    source: { ip: "203.0.113.7", peer: "10.0.0.1", via: "x-forwarded-for" },
    user_agent: "agent/1.0 (X11; Linux)",
    request: {
      id: "request-id",
      method: "POST",
      route: "/route/:template",
      trace_id: "0af7651916cd43dd8448eb211c80319c",
      span_id: "b7ad6b7169203331",
    },
    tenant: "tenant-id",
    session: "session-hash",
    details: Object.fromEntries(
      Object.entries(definition?.details ?? { own: text }).map(([name, detail]) => [name, valueOf(name, detail)]),
    ),
    error: {
      type: "TypeError",
      message: "error-message",
      stack: "TypeError: error-message\n    at error-stack",
      code: "ERROR_CODE",
      cause: { type: "Error", message: "error-cause" },
    },
    extra: { extra: { nested: ["extra-value"] } },
    service_version: "1.2.3",
    environment: "environment-value",
  });
}

const text: EventDetail = { type: "string", required: true };

function valueOf(name: string, detail: EventDetail): string | number | boolean | readonly string[] {
  if (detail.type === "integer") return 42;
  if (detail.type === "boolean") return true;
  if (detail.type === "string[]") return [`${name}-detail`];
  return detail.type === "enum" ? (detail.values[0] ?? "") : `${name}-detail`;
}

/** Text with what breaks lines, grammars and terminals. */
export const hostileText = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  fc
    .array(
      fc.constantFrom(
        "\r\n",
        "\u0000",
        "\u001b[2J",
        "\u007f",
        "\u0085",
        "\u009b",
        "\u2028",
        "\u2029",
        "\u202e",
        "\u2066",
        "\u200f",
        "\ud800",
        "\udc00",
        "|",
        "\\",
        "=",
        '"',
        "]",
        " ",
        "<86>1 ",
        "CEF:0|",
        "%",
        ",",
        "}",
        "\ufeff",
        "é",
        "💥",
        "\\u000a",
        "\\n",
      ),
    )
    .map((parts) => parts.join("")),
);

const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    hostileText,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(hostileText, tie("value"), { maxKeys: 3 }),
  ),
})).value;

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const names = optional(hostileText);

/** Any record that the types allow, and a little more. */
export const anyRecord: fc.Arbitrary<SafeRecord> = fc
  .record({
    time: fc.oneof(fc.integer({ min: 0, max: 253_402_300_799_999 }), fc.double()),
    level: fc.constantFrom<EventLevel>("INFO", "WARN", "CRITICAL"),
    event: fc.oneof(fc.constantFrom(...vocabulary.map(([name]) => name)), hostileText, fc.constantFrom("constructor", "__proto__")),
    category: fc.oneof(
      fc.constantFrom("authn", "sys", "malicious", "user", "upload"),
      hostileText,
      fc.constantFrom("constructor", "__proto__"),
    ),
    outcome: fc.constantFrom("success", "failure", "unknown"),
    reason: names,
    actor: optional(
      fc.record({
        id: hostileText,
        type: names,
        name: names,
        email: names,
        effective: optional(fc.record({ id: hostileText, type: names, name: names })),
      }),
    ),
    target: optional(fc.record({ type: fc.oneof(names, fc.constantFrom("user", "file")), id: names, name: names })),
    source: optional(
      fc.record({
        ip: fc.oneof(fc.ipV4(), fc.ipV6(), hostileText),
        peer: optional(fc.oneof(fc.ipV4(), hostileText)),
        via: optional(fc.constantFrom("peer", "forwarded")),
      }),
    ),
    user_agent: names,
    request: optional(
      fc.record({ id: hostileText, method: fc.oneof(names, fc.constant("GET")), route: names, trace_id: names, span_id: names }),
    ),
    tenant: names,
    session: names,
    details: optional(
      fc.dictionary(fc.oneof(hostileText, fc.constantFrom("filename", "scope", "retries", "seal", "to")), json, { maxKeys: 4 }),
    ),
    error: optional(fc.record({ type: hostileText, message: hostileText, stack: names, code: fc.oneof(names, fc.integer()), own: json })),
    extra: optional(fc.dictionary(hostileText, json, { maxKeys: 4 })),
    service: hostileText,
    service_version: names,
    environment: names,
    hostname: hostileText,
    pid: fc.integer(),
    writer: fc.stringMatching(/^[0-9a-f]{16}$/),
    seq: fc.integer({ min: 1 }),
    msg: hostileText,
  })
  .map(safe);

const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));

export const anySeal: fc.Arbitrary<Seal> = fc
  .record({
    chain: hex(16),
    seq: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    prev: fc.oneof(hex(64), fc.constant("0".repeat(64))),
    hash: hex(64),
    signed: optional(
      fc.record({ signature: fc.uint8Array({ minLength: 64, maxLength: 64 }), key: fc.stringMatching(/^[\x20-\x7e]{1,64}$/) }),
    ),
  })
  .map(({ signed, ...seal }) =>
    signed ? { ...seal, signature: Buffer.from(signed.signature).toString("base64"), key: signed.key } : seal,
  );
