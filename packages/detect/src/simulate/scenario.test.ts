import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DetectError } from "../errors.ts";
import { DAY, HOUR, MINUTE, defaultPopulation } from "./options.ts";
import { presets } from "./presets.ts";
import { readScenario } from "./scenario.ts";

const read = (text: string) => readScenario({ file: "attack.yaml", text });

describe("a scenario", () => {
  it("is read with all that it says", () => {
    const scenario = read(`
name: monday
seed: 7
start: 2026-04-06T00:00:00Z
duration: 1d12h
ranges: held-out
population: { users: 300, offices: 2, mobile: 0.5 }
delay: { usual: 2s, longest: 1.5m }
attacks:
  - class: credential_stuffing
    at: 9h30m
    users: [100, 500]
    rate: 30
  - class: enumeration
    count: 3
    by: reset
    ranges: standard
`);
    expect(scenario).toEqual({
      name: "monday",
      seed: 7,
      start: Date.UTC(2026, 3, 6),
      duration: 1.5 * DAY,
      ranges: "held-out",
      population: { ...defaultPopulation, users: 300, offices: 2, mobile: 0.5 },
      delay: { usual: 2000, heldUp: 0.01, longest: 90_000 },
      attacks: [
        { class: "credential_stuffing", at: 9 * HOUR + 30 * MINUTE, parameters: { users: [100, 500], rate: 30 } },
        { class: "enumeration", count: 3, ranges: "standard", parameters: { by: "reset" } },
      ],
    });
  });

  it("takes from its preset what it leaves out", () => {
    expect(read("preset: held-out")).toEqual(presets["held-out"]);
    expect(read("preset: standard\nseed: 9\npopulation: { users: 50 }")).toEqual({
      ...presets.standard,
      seed: 9,
      population: { ...defaultPopulation, users: 50 },
    });
    expect(read("seed: 3")).toMatchObject({ seed: 3, duration: DAY, attacks: [] });
  });

  it.each([
    ["seed: [", /^attack\.yaml:1:\d+: is not valid YAML/],
    ["", /^attack\.yaml:1:1: must be a map/],
    ["- 1", /^attack\.yaml:1:1: must be a map/],
    ["seed: 1\nsede: 2", /^attack\.yaml:2:7: sede is not known: expected name, preset, seed/],
    ["seed: 1.5", /^attack\.yaml:1:7: seed must be a whole number from 0 to 4294967295$/],
    ["preset: toString", /preset must be one of benign, standard, held-out$/],
    ["start: yesterday", /start must be a time such as/],
    ["duration: 3 weeks", /duration must be a duration such as/],
    ["duration: 0s", /duration must be from 60s to/],
    ["population:\n  users: many", /^attack\.yaml:2:10: population\.users must be a number/],
    ["population: { users: 3 }", /population\.users must be a number from 20/],
    ["population: { forgetful: 2 }", /population\.forgetful must be a number from 0 to 1$/],
    ["population: { __proto__: 2 }", /population\.__proto__ is not known/],
    ["attacks: { class: x }", /attacks must be a list/],
    ["attacks: [1]", /attacks\[0\] must be a map/],
    ["attacks: [{ at: 1h }]", /attacks\[0\] has no class: expected one of brute_force_account/],
    ["attacks:\n  - class: tickling", /^attack\.yaml:2:12: attacks\[0\]\.class must be one of brute_force_account, /],
    [
      "attacks:\n  - class: self_grant\n    rate: 3",
      /^attack\.yaml:3:11: attacks\[0\]\.rate is no parameter of self_grant: expected class, at, count, ranges, grants, jitter, lateness$/,
    ],
    ["attacks: [{ class: self_grant, toString: 1 }]", /toString is no parameter/],
    ["attacks: [{ class: self_grant, grants: [3, 1] }]", /grants must be a number, or a range/],
    ["attacks: [{ class: self_grant, grants: [1] }]", /grants must be a number, or a range/],
    ["attacks: [{ class: self_grant, at: 25h }]", /attacks\[0\]\.at must lie within the duration$/],
    ["attacks: [{ class: enumeration, by: phone }]", /by must be one of login, reset, registration$/],
    ["attacks: [{ class: self_grant, count: 100000 }, { class: self_grant }]", /attacks are 100001: expected at most 100000/],
  ])("%j is refused by place", (text, message) => {
    expect(() => read(text)).toThrow(message);
    try {
      read(text);
    } catch (error) {
      expect(error).toBeInstanceOf(DetectError);
      expect((error as DetectError).code).toBe("SIMULATION");
    }
  });

  it("throws nothing but DetectError, whatever the text", () => {
    const pieces = fc.constantFrom(
      "seed",
      "attacks",
      "population",
      "class",
      "users",
      ":",
      " ",
      "\n",
      "-",
      "[",
      "]",
      "{",
      "}",
      "&a",
      "*a",
      "!!",
      "1",
      "1d",
      "<<",
      "? ",
      '"',
      "self_grant",
      "__proto__",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces, { maxLength: 25 }).map((list) => list.join("")),
        ),
        (text) => {
          try {
            read(text);
          } catch (error) {
            expect(error).toBeInstanceOf(DetectError);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
