import { formats as written } from "@telltale/log";
import type { FormatId, SafeRecord } from "@telltale/log";
import { events } from "@telltale/vocabulary";
import type { EventDefinition } from "@telltale/vocabulary";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { eventId } from "../event.ts";
import type { Fields } from "../event.ts";
import { createReader, formatFor } from "./index.ts";

const facts = { received: Date.UTC(2026, 10, 22) };
const ids: readonly FormatId[] = ["json", "ecs", "ocsf", "cef", "syslog"];

function record(event: string, definition: EventDefinition, more: object = {}): SafeRecord {
  return {
    time: Date.UTC(2026, 10, 21, 10, 0, 0, 7),
    level: definition.level,
    event,
    category: definition.category,
    outcome: definition.ecs["event.outcome"],
    reason: "bad_password",
    actor: { id: "u-1", type: "user" },
    source: { ip: "203.0.113.7", peer: "10.0.0.1", via: "x-forwarded-for" },
    user_agent: "agent/1.0 (X11; Linux)",
    request: { id: "req-1", method: "POST", route: "/login" },
    session: "5e55",
    tenant: "t-1",
    service: "shop",
    hostname: "web-1",
    pid: 4242,
    writer: "0123456789abcdef",
    seq: 17,
    msg: event,
    ...more,
  } as SafeRecord;
}

const vocabulary = Object.entries(events) as [string, EventDefinition][];

describe.each(ids)("%s of @telltale/log", (id) => {
  const read = createReader();

  test.each(vocabulary)("%s is read back", (event, definition) => {
    const wanted = record(event, definition);
    const result = read(written[id].line(wanted), facts);
    expect(result).toMatchObject({ kind: "event", time: wanted.time });
    if (result.kind !== "event") return;
    expect(result.fields).toMatchObject({
      event,
      category: definition.category,
      outcome: wanted.outcome,
      reason: "bad_password",
      actor: { id: "u-1" },
      source: { ip: "203.0.113.7" },
      request: { id: "req-1", method: "POST", route: "/login" },
      user_agent: "agent/1.0 (X11; Linux)",
      session: "5e55",
      tenant: "t-1",
      service: "shop",
    });
    expect(result.fields["event_as_written"]).toBeUndefined();
    expect(result.fields["telltale_time"]).toBeUndefined();
    expect(eventId({ ...result, seq: 1, origin: { source: "a", stream: "a" }, position: 0 })).toBe("0123456789abcdef:17");
  });

  test("a sealed line is read like any other", () => {
    const line = written[id].line(record("authn_login_fail", events.authn_login_fail));
    const sealed = written[id].seal(line, { chain: "0123456789abcdef", seq: 1, prev: "0".repeat(64), hash: "a".repeat(64) });
    expect(read(sealed, facts)).toMatchObject({ kind: "event", fields: { event: "authn_login_fail", seq: 17, actor: { id: "u-1" } } });
  });

  test("neither actor nor source are invented", () => {
    for (const [event, definition] of vocabulary) {
      const result = read(written[id].line(record(event, definition, { actor: undefined, source: undefined })), facts);
      expect((result as { fields: Fields }).fields["actor"]).toBeUndefined();
      expect((result as { fields: Fields }).fields["source"]).toBeUndefined();
    }
  });

  test("a target account is no actor", () => {
    for (const event of ["user_deleted", "authz_change", "authn_login_unlock", "user_created"] as const) {
      const result = read(written[id].line(record(event, events[event], { target: { type: "user", id: "u-2" } })), facts);
      expect(result).toMatchObject({ fields: { actor: { id: "u-1" }, target: { id: "u-2" } } });
    }
  });

  const name = fc.stringMatching(/^[a-zA-Z0-9@.=\\"\]|[ {}-]{0,20}[a-zA-Z0-9]$/).map((text) => text.trimStart());
  test("whatever the values hold", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...vocabulary),
        name,
        fc.oneof(
          fc.ipV4(),
          fc.ipV6().filter((ip) => !ip.includes(".")),
        ),
        fc.integer({ min: 0, max: Date.UTC(2100, 0) }),
        (one, actor, ip, time) => {
          const result = read(written[id].line(record(...one, { actor: { id: actor }, source: { ip }, time })), facts);
          expect(result).toMatchObject({ kind: "event", time, fields: { event: one[0], actor: { id: actor }, source: { ip } } });
        },
      ),
      { numRuns: 300 },
    );
  });
});

test("each is also a format of its own", () => {
  const own = { json: "telltale", ecs: "ecs", ocsf: "ocsf", cef: "cef", syslog: "syslog" } as const;
  const wanted = record("authn_login_fail", events.authn_login_fail);
  for (const id of ids) {
    const format = formatFor(own[id]);
    const line = written[id].line(wanted);
    expect(format?.claims(line)).toBe(true);
    expect(format?.read(line, facts)).toMatchObject({ kind: "event", fields: { event: "authn_login_fail", actor: { id: "u-1" } } });
  }
});
