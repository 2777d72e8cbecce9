import fc from "fast-check";
import { expect, it } from "vitest";
import type { Alert } from "../alert.ts";
import type { Place } from "../contract.ts";
import type { SecurityEvent } from "../event.ts";
import type { Rule } from "../rule-ir.ts";
import { eventList, ruleList } from "./harness/arbitrary.ts";
import { run } from "./harness/rules.ts";
import { referenceEpisodes } from "./reference/index.ts";

const places: { readonly [ip: string]: Place } = {
  "10.0.0.1": { latitude: 48.1, longitude: 11.6 },
  "192.0.2.1": { latitude: 40.7, longitude: -74 },
};
const locate = (ip: string) => (Object.hasOwn(places, ip) ? places[ip] : undefined);
const lateness = fc.constantFrom(0, 30, 1000);
const runs = Number(process.env["RUNS"] ?? 300);

function engineEpisodes(rules: readonly Rule[], events: readonly SecurityEvent[], late: number) {
  return ofAlerts(run(rules, events, { lateness: late, locate }));
}

function ofAlerts(alerts: readonly Alert[]) {
  const closed = alerts.filter(({ phase }) => phase === "closed");
  expect(new Set(closed.map(({ id }) => id)).size).toBe(alerts.filter(({ phase }) => phase === "opened").length);
  return closed.map(({ rule, group, id, completed, since, count }) => ({ rule: rule.key, group, id, completed, since, count })).sort(byId);
}

function expected(rules: readonly Rule[], events: readonly SecurityEvent[], late: number) {
  return referenceEpisodes({ rules }, events, { lateness: late, locate })
    .map(({ held: _, ...rest }) => rest)
    .sort(byId);
}

const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1);

it("raises exactly the reference's alerts on events in order", () => {
  fc.assert(
    fc.property(ruleList(), eventList(), lateness, (rules, events, late) => {
      expect(engineEpisodes(rules, events, late)).toEqual(expected(rules, events, late));
    }),
    { numRuns: runs },
  );
});

it("raises exactly the reference's alerts of rules that wait for the watermark", () => {
  fc.assert(
    fc.property(ruleList({ waiting: true }), eventList(), lateness, (rules, events, late) => {
      expect(engineEpisodes(rules, events, late)).toEqual(expected(rules, events, late));
    }),
    { numRuns: runs },
  );
});
