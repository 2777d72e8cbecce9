import { events } from "@telltale/vocabulary";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createReader } from "./index.ts";

const wanted = new Set(["authn_login_fail", "authz_fail"]);
const full = createReader();
const skimming = createReader({ wanted });
const facts = { received: Date.UTC(2026, 10, 22) };

/** A line as `@telltale/log` writes it. */
function lineOf(event: string, more: object = {}): string {
  const start = {
    level: 40,
    time: "2026-11-21T10:00:00.123Z",
    pid: 7,
    hostname: "web-1",
    service: "shop",
    writer: "522b8f0f839ccdec",
    seq: 12,
  };
  return JSON.stringify({ ...start, event, category: "authn", outcome: "failure", ...more, msg: event });
}

const time = Date.UTC(2026, 10, 21, 10, 0, 0, 123);

test("of an event that nobody asks for only name and time are read", () => {
  expect(skimming(lineOf("session_renewed", { actor: { id: "ada" } }), facts)).toMatchObject({
    kind: "event",
    time,
    fields: { event: "session_renewed" },
  });
  expect(skimming(lineOf("session_renewed", { actor: { id: "ada" } }), facts)).not.toHaveProperty("fields.actor");
});

test("an event that is asked for is read in full, whatever else the line holds", () => {
  const names = fc.constantFrom(...Object.keys(events), "login.failed", "invoice_voided", "");
  const values = fc.oneof(
    fc.string(),
    fc.constantFrom('","event":"session_renewed"', '{"event":"session_renewed"}', "\u0000"),
    fc.dictionary(fc.string(), fc.string()),
  );
  fc.assert(
    fc.property(names, fc.dictionary(fc.constantFrom("actor", "details", "event2", "hostname", "service"), values), (name, more) => {
      const line = lineOf(name, more);
      const [slow, fast] = [full(line, facts), skimming(line, facts)];
      if (slow.kind !== "event" || wanted.has(String(slow.fields["event"]))) expect(fast).toEqual(slow);
      else expect(fast).toMatchObject({ kind: "event", time: slow.time, fields: { event: slow.fields["event"] } });
    }),
    { numRuns: 2000 },
  );
});

test("a detail that is called event is not the line's event", () => {
  const line = `{"level":40,"time":"2026-11-21T10:00:00.123Z","extra":{"a":1,"event":"session_renewed"},"event":"authn_login_fail","writer":"w","seq":1}`;
  expect(skimming(line, facts)).toEqual(full(line, facts));
});

test("a half-written line is unreadable, and a name of the application's own is looked up", () => {
  const line = lineOf("session_renewed");
  for (let length = 1; length < line.length; length += 1)
    expect(skimming(line.slice(0, length), facts).kind, `${length} characters`).toBe("unreadable");
  expect(skimming(lineOf("LOGIN_FAILURE"), facts)).toMatchObject({
    fields: { event: "authn_login_fail", event_as_written: "LOGIN_FAILURE" },
  });
});
