import fc from "fast-check";
import { expect, it } from "vitest";
import type { Alert } from "../alert.ts";
import type { Place } from "../contract.ts";
import type { SecurityEvent } from "../event.ts";
import type { Rule } from "../rule-ir.ts";
import { arrival, eventList, ruleList } from "./harness/arbitrary.ts";
import { collector, run } from "./harness/rules.ts";
import { referenceEpisodes } from "./reference/index.ts";

const places: { readonly [ip: string]: Place } = {
  "10.0.0.1": { latitude: 48.1, longitude: 11.6 },
  "192.0.2.1": { latitude: 40.7, longitude: -74 },
};
const locate = (ip: string) => (Object.hasOwn(places, ip) ? places[ip] : undefined);
const lateness = fc.constantFrom(0, 30, 1000);
/** Milliseconds: the machine may be busy. */
const patience = 120_000;
/** `RUNS=5000` looks longer. */
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
    .map(({ rule, group, id, completed, since, count }) => ({ rule, group, id, completed, since, count }))
    .sort(byId);
}

const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1);

it(
  "raises exactly the reference's alerts on events in order",
  () => {
    fc.assert(
      fc.property(ruleList(), eventList(), lateness, (rules, events, late) => {
        expect(engineEpisodes(rules, events, late)).toEqual(expected(rules, events, late));
      }),
      { numRuns: runs },
    );
  },
  patience,
);

it(
  "raises exactly the reference's alerts of rules that wait for the watermark",
  () => {
    fc.assert(
      fc.property(ruleList({ waiting: true }), eventList(), lateness, (rules, events, late) => {
        expect(engineEpisodes(rules, events, late)).toEqual(expected(rules, events, late));
      }),
      { numRuns: runs },
    );
  },
  patience,
);

it(
  "goes on after a restart at any point as if there had been none",
  () => {
    fc.assert(
      fc.property(
        ruleList({ waiting: true }),
        eventList(30),
        fc.array(fc.nat(60), { minLength: 1, maxLength: 5 }),
        lateness,
        (rules, inOrder, delays, late) => {
          const events = arrival(inOrder, delays, late);
          const whole = run(rules, events, { lateness: late, locate });
          for (let cut = 0; cut <= events.length; cut++) {
            const before = collector(rules, { lateness: late, locate });
            for (const event of events.slice(0, cut)) before.engine.ingest(event);
            const chunks = before.engine.snapshot();
            const after = collector(rules, { lateness: late, locate });
            expect(after.engine.restore(chunks)).toEqual({ dropped: [] });
            for (const event of events.slice(cut)) after.engine.ingest(event);
            after.engine.finish();
            expect([...before.alerts, ...after.alerts]).toEqual(whole);
          }
        },
      ),
      { numRuns: Math.ceil(runs / 5) },
    );
  },
  patience,
);

it(
  "raises every alert of the reference on events out of order, and no other where conditions can only come true",
  () => {
    fc.assert(
      fc.property(
        ruleList({ monotone: true }),
        eventList(),
        fc.array(fc.nat(60), { minLength: 2, maxLength: 7 }),
        fc.constantFrom(30, 60),
        (rules, inOrder, delays, late) => {
          const events = arrival(inOrder, delays, late);
          const raised = spans(run(rules, events, { lateness: late, locate }));
          const defined = referenceEpisodes({ rules }, events, { lateness: late, locate });
          for (const episode of defined)
            expect(
              raised.some((alert) => overlap(alert, episode)),
              JSON.stringify(episode),
            ).toBe(true);
          for (const alert of raised)
            expect(
              defined.some((episode) => overlap(alert, episode)),
              JSON.stringify(alert),
            ).toBe(true);
        },
      ),
      { numRuns: runs },
    );
  },
  patience,
);

it(
  "raises every alert of the reference on events out of order, whatever the conditions",
  () => {
    fc.assert(
      fc.property(
        ruleList({ noMemory: true }),
        eventList(),
        fc.array(fc.nat(60), { minLength: 2, maxLength: 7 }),
        fc.constantFrom(30, 60),
        (rules, inOrder, delays, late) => {
          const events = arrival(inOrder, delays, late);
          const raised = spans(run(rules, events, { lateness: late, locate }));
          for (const episode of referenceEpisodes({ rules }, events, { lateness: late, locate })) {
            expect(
              raised.some((alert) => overlap(alert, episode)),
              JSON.stringify(episode),
            ).toBe(true);
          }
        },
      ),
      { numRuns: runs },
    );
  },
  patience,
);

/** From the beginning of each episode to its last contributing event. */
function spans(alerts: readonly Alert[]) {
  return alerts
    .filter(({ phase }) => phase === "closed")
    .map(({ rule, group, since, until }) => ({ rule: rule.key, group, since, held: until }));
}

function overlap(a: Span, b: Span): boolean {
  return a.rule === b.rule && JSON.stringify(a.group) === JSON.stringify(b.group) && a.since <= b.held && b.since <= a.held;
}

interface Span {
  readonly rule: string;
  readonly group: { readonly [name: string]: string | null };
  readonly since: number;
  readonly held: number;
}
