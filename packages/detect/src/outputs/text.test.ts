import * as fc from "fast-check";
import { expect, test } from "vitest";
import { alertKey } from "../store/bounded-alert.ts";
import { anyAlert, alertOf, stuffing } from "../store/harness/alerts.ts";
import { alertText, textRenderer } from "./text.ts";

test("says what an operator asks first", () => {
  expect(alertText(stuffing)).toBe(
    [
      "HIGH  Credential stuffing from one source",
      "  group     source.ip 203.0.113.7",
      "  who       alice, bob, carol, dave, erin and 1 more",
      "  from      203.0.113.7",
      "  when      2026-11-21 10:00:00Z to 2026-11-21 10:12:30Z (12 min 30 s)",
      "  how many  42 events, distinct actor.id 18, most per actor.id 2",
      "  ATT&CK    T1110.004 Brute Force: Credential Stuffing, T1078 Valid Accounts",
      "  evidence  2026-11-21 10:00:00Z  authn_login_fail  failure  unknown_user  alice  203.0.113.7  security.log@4096",
      "            2026-11-21 10:12:30Z  security.log@20480",
      "  do        Block the address.",
      "            Reset the passwords of the accounts that it entered.",
      "  alert     0123456789abcdef0123456789abcdef-opened",
    ].join("\n"),
  );
});

test("an episode that goes on or has ended says so, one event has no duration, an absent group field is named", () => {
  const grown = alertText(alertOf(1, { phase: "grown", count: 84, group: { "actor.id": null }, until: stuffing.since }));
  expect(grown).toContain("from one source  goes on\n");
  expect(grown).toContain("  group     actor.id not given\n");
  expect(grown).toContain("  when      2026-11-21 10:00:00Z\n");
  expect(grown).toMatch(/-grown-84$/);
  expect(alertText(alertOf(1, { phase: "closed" }))).toContain("from one source  ended\n");
});

test("what came with an event cannot steer a terminal", () => {
  const shown = alertText(
    alertOf(1, { actors: ["\u001b[2J\u001b]0;owned\u0007", "line\nfeed", "\u202efdp.exe"], addresses: ["x".repeat(1_000_000)] }),
  );
  expect(shown).toContain("\\x1b[2J\\x1b]0;owned\\x07, line\\nfeed, \\u202efdp.exe");
  expect(shown.length).toBeLessThan(2000);
});

// oxlint-disable-next-line no-control-regex -- to find them is the point
const obeyed = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/u;

test("no alert whatever brings out a control character; with colours only our own", () => {
  fc.assert(
    fc.property(anyAlert, (alert) => {
      const plain = alertText(alert);
      expect(plain).not.toMatch(obeyed);
      // oxlint-disable-next-line no-control-regex -- our own colours
      expect(alertText(alert, { color: true }).replace(/\u001b\[[0-9;]*m/g, "")).toBe(plain);
      expect(textRenderer().keyOf(plain.split("\n").at(-1)!)).toBe(alertKey(alert));
    }),
    { numRuns: 500 },
  );
});
