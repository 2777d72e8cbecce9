import { createHash } from "node:crypto";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { events as vocabulary } from "@telltale/vocabulary";
import type { EventName } from "@telltale/vocabulary";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fields } from "../event.ts";
import { attackClasses, lineOf, presets, simulate, truthOf } from "./index.ts";
import type { Ranges, SimulatedEvent, SimulationOptions } from "./index.ts";
import { DAY, HOUR, defaultPopulation } from "./options.ts";

const small = { ...defaultPopulation, users: 200, admins: 0.05, brokenJobs: 1 };

function scenario(changes: Partial<SimulationOptions> = {}): SimulationOptions {
  return { ...presets.benign, duration: DAY, population: small, ...changes };
}

const ofEach = (ranges: Ranges, count = 1) => attackClasses.map((one) => ({ class: one, count, ranges }));

function digestOf(options: SimulationOptions): string {
  const hash = createHash("sha256");
  for (const event of simulate(options)) hash.update(`${event.arrival} ${event.attack ?? ""} ${lineOf(event)}\n`);
  return hash.digest("hex");
}

const fieldOf = (event: SimulatedEvent, outer: string, inner: string): unknown => (event.fields[outer] as Fields | undefined)?.[inner];

describe("a simulated stream", () => {
  it("is the same for the same options, and another for another seed", () => {
    const options = scenario({ duration: 6 * HOUR, attacks: ofEach("standard") });
    expect(digestOf(options)).toBe(digestOf(options));
    expect(digestOf({ ...options, seed: options.seed + 1 })).not.toBe(digestOf(options));
    expect(truthOf(options)).toEqual(truthOf(options));
  });

  it("has the benign people do the same with and without attacks", () => {
    const whatPeopleDo = (options: SimulationOptions) =>
      [...simulate(options)]
        .filter((event) => event.attack === undefined && event.time < options.start + options.duration)
        .map((event) => `${event.time} ${String(event.fields["event"])} ${String(fieldOf(event, "actor", "id"))}`)
        .sort();
    // Without those that take lines away.
    const attacks = ofEach("standard").filter((one) => !one.class.startsWith("log_"));
    expect(whatPeopleDo(scenario({ duration: 8 * HOUR, attacks }))).toEqual(whatPeopleDo(scenario({ duration: 8 * HOUR })));
  });

  it("comes in order of arrival, and no line arrives before it happened", () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.integer({ min: 20, max: 400 }), fc.integer({ min: 1, max: 30 }), (seed, users, hours) => {
        const options = scenario({ seed, duration: hours * HOUR, population: { ...small, users }, attacks: ofEach("held-out") });
        let last = 0;
        let heldUp = 0;
        const wrong: SimulatedEvent[] = [];
        for (const event of simulate(options)) {
          const { time, arrival, fields } = event;
          if (arrival < Math.max(time, last) || Date.parse(fields["time"] as string) !== time) wrong.push(event);
          if (arrival - time > 1000) heldUp++;
          last = arrival;
        }
        expect(wrong).toEqual([]);
        expect(heldUp).toBeGreaterThan(0);
      }),
      { numRuns: 6 },
    );
  });

  it("is made as it is asked for", () => {
    const tenYears = scenario({ duration: 3650 * DAY, population: { ...small, users: 100_000 } });
    const stream = simulate(tenYears);
    const first = Array.from({ length: 1000 }, () => stream.next().done);
    expect(first.every((done) => done === false)).toBe(true);
  });

  it("needs no more memory for more events", () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const stream = simulate(scenario({ duration: 60 * DAY, population: { ...small, users: 400 } }));
    const heapAfter = (count: number): number => {
      let given = 0;
      while (given < count && stream.next().done !== true) given++;
      expect(given).toBe(count);
      collect();
      return process.memoryUsage().heapUsed;
    };
    const early = heapAfter(50_000);
    const late = heapAfter(300_000);
    // 300,000 events would take more than 200 MB.
    expect(late - early).toBeLessThan(10_000_000);
  });
});

describe("a line", () => {
  it("parses back to the fields, in the order of the logger's", () => {
    const keys =
      "level time pid hostname service writer seq event category outcome reason actor target source user_agent request session details msg".split(
        " ",
      );
    const wrong: string[] = [];
    for (const event of simulate(scenario({ attacks: ofEach("standard") }))) {
      const line = lineOf(event);
      const written = JSON.parse(line) as Fields;
      if (
        line !== JSON.stringify(event.fields) ||
        keys.filter((key) => Object.hasOwn(written, key)).join() !== Object.keys(written).join()
      ) {
        wrong.push(line);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("says what the vocabulary says of its event", () => {
    const levels = { INFO: 30, WARN: 40, CRITICAL: 60 };
    const seen = new Set<string>();
    const wrong: string[] = [];
    for (const { fields } of simulate(scenario({ duration: 2 * DAY, attacks: ofEach("held-out") }))) {
      const { event, category, outcome, level, details } = fields;
      const definition = vocabulary[event as EventName];
      const said = `${String(event)} ${String(category)} ${String(outcome)} ${String(level)}`;
      const unknown = Object.keys((details as Fields | undefined) ?? {}).filter((name) => !Object.hasOwn(definition.details, name));
      const expected = `${String(event)} ${definition.category} ${definition.ecs["event.outcome"]} ${levels[definition.level]}`;
      if (said !== expected || unknown.length > 0) wrong.push(`${said} ${unknown.join()}`);
      seen.add(event as string);
    }
    expect(wrong).toEqual([]);
    expect(seen.size).toBeGreaterThan(30);
  });

  it("is numbered by its writer without gaps", () => {
    const numbers = new Map<string, number[]>();
    for (const { fields } of simulate(scenario({ duration: 5 * DAY }))) {
      const writer = fields["writer"] as string;
      const list = numbers.get(writer);
      if (list) list.push(fields["seq"] as number);
      else numbers.set(writer, [fields["seq"] as number]);
    }
    // Eight processes, and restarts.
    expect(numbers.size).toBeGreaterThan(8);
    for (const list of numbers.values()) {
      list.sort((one, other) => one - other);
      expect(list.every((number, index) => number === index + 1)).toBe(true);
    }
  });
});

describe("the truth", () => {
  it.each(["standard", "held-out"] as const)("matches the events of every attack (%s)", (ranges) => {
    const options = scenario({ duration: 3 * DAY, attacks: ofEach(ranges, 2) });
    const truth = truthOf(options);
    const seen = new Map<string, SimulatedEvent[]>();
    for (const event of simulate(options)) {
      if (event.attack !== undefined) seen.set(event.attack, [...(seen.get(event.attack) ?? []), event]);
    }
    expect(truth.attacks.map((one) => one.class).sort()).toEqual([...attackClasses, ...attackClasses].sort());
    for (const attack of truth.attacks) {
      const events = seen.get(attack.id) ?? [];
      const times = events.map((event) => event.time);
      expect([attack.id, events.length]).toEqual([attack.id, attack.events]);
      expect(attack.documented).toBe(true);
      const silent = attack.services !== undefined;
      expect(silent).toBe(attack.events === 0);
      if (silent) continue;
      expect([Math.min(...times), Math.max(...times)]).toEqual([attack.from, attack.until]);
      expect(new Set(events.map((event) => fieldOf(event, "actor", "id")))).toEqual(new Set(attack.actors));
      expect(new Set(events.map((event) => fieldOf(event, "source", "ip")))).toEqual(new Set(attack.addresses));
    }
  });

  it("says which services are silent, and they are", () => {
    const options = scenario({ duration: 2 * DAY, attacks: [{ class: "log_silence", count: 3 }] });
    const events = [...simulate(options)];
    for (const { services, from, until } of truthOf(options).attacks) {
      const during = events.filter((event) => event.time >= from && event.time < until);
      expect(during.length).toBeGreaterThan(100);
      expect(during.filter((event) => event.fields["service"] === services?.[0])).toEqual([]);
      expect(events.filter((event) => event.fields["service"] === services?.[0]).length).toBeGreaterThan(100);
    }
  });

  it("says from which host lines were taken, and their numbers are missing", () => {
    const options = scenario({ attacks: [{ class: "log_tampering", parameters: { by: "removing" } }] });
    const [attack] = truthOf(options).attacks;
    // Nothing else is another: who writes, and with which number.
    const before = new Map([...simulate(scenario())].map((event) => [lineOf(event), event]));
    for (const event of simulate(options)) before.delete(lineOf(event));
    expect(before.size).toBeGreaterThan(0);
    for (const { fields, time } of before.values()) {
      expect(fields["hostname"]).toBe(attack?.hosts?.[0]);
      expect(time).toBeGreaterThanOrEqual(attack?.from as number);
      expect(time).toBeLessThan(attack?.until as number);
    }
  });

  it("declares jobs with a wrong password", () => {
    const options = scenario({ duration: 2 * DAY });
    const [job] = truthOf(options).nuisances;
    const tries = [...simulate(options)].filter((event) => fieldOf(event, "actor", "id") === job?.actors[0]);
    expect(tries.length).toBe(job?.events);
    expect(tries.length).toBeGreaterThan(100);
    expect(tries.every((event) => event.attack === undefined)).toBe(true);
  });
});
