import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { presets } from "../presets.ts";
import type { SimulationOptions } from "../options.ts";
import { attackClasses, parametersOf } from "./intensities.ts";
import type { NumberParameter, Span } from "./intensities.ts";
import { planAttacks } from "./plan.ts";

const numbers = attackClasses.flatMap((one) =>
  Object.entries(parametersOf(one)).flatMap(([name, parameter]) =>
    "words" in parameter ? [] : [{ id: `${one}.${name}`, class: one, name, parameter: parameter satisfies NumberParameter }],
  ),
);
const isWithin = (value: number, [low, high]: Span) => value >= low && value <= high;
const inside = ([low, high]: Span, outer: Span) => low <= high && isWithin(low, outer) && isWithin(high, outer);

describe("the table of intensities", () => {
  it.each(numbers)("$id: standard and held-out lie in the documented span, and apart", ({ parameter }) => {
    const { documented, standard, heldOut } = parameter;
    expect(inside(standard, documented)).toBe(true);
    expect(heldOut.length).toBeGreaterThan(0);
    for (const span of heldOut) {
      expect(inside(span, documented)).toBe(true);
      // They may touch in one point.
      expect(span[1] <= standard[0] || span[0] >= standard[1]).toBe(true);
    }
  });
});

describe("a plan", () => {
  const spans = (ranges: SimulationOptions["ranges"], parameter: NumberParameter) =>
    ranges === "standard" ? [parameter.standard] : parameter.heldOut;

  it("draws parameters from the ranges that it is told, at times within the duration", () => {
    fc.assert(
      fc.property(fc.nat(2 ** 32 - 1), fc.constantFrom("standard" as const, "held-out" as const), (seed, ranges) => {
        const options: SimulationOptions = {
          ...presets.benign,
          seed,
          ranges,
          attacks: attackClasses.map((one) => ({ class: one, count: 3 })),
        };
        const plans = planAttacks(options);
        expect(plans).toEqual(planAttacks(options));
        expect(plans.length).toBe(3 * attackClasses.length);
        expect(plans.every((plan, index) => index === 0 || plan.at >= (plans[index - 1]?.at ?? 0))).toBe(true);
        for (const plan of plans) {
          expect(plan.documented).toBe(true);
          expect(plan.at).toBeGreaterThan(options.start);
          expect(plan.at).toBeLessThan(options.start + options.duration);
          const outside = numbers.filter(
            ({ class: one, name, parameter }) =>
              one === plan.class && !spans(ranges, parameter).some((span) => isWithin(plan.parameters[name] as number, span)),
          );
          expect(outside.map(({ id }) => `${id} ${plan.parameters[id.split(".")[1] as string]}`)).toEqual([]);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("takes what the scenario says, and says when that is beyond what is documented", () => {
    const [weak, strong] = planAttacks({
      ...presets.benign,
      attacks: [
        { class: "brute_force_account", at: 1000, parameters: { rate: 0.1, tries: [25, 25] } },
        { class: "enumeration", at: 2000, parameters: { by: "reset" } },
      ],
    });
    expect(weak).toMatchObject({ at: presets.benign.start + 1000, documented: false, parameters: { rate: 0.1, tries: 25 } });
    expect(strong).toMatchObject({ at: presets.benign.start + 2000, documented: true, parameters: { by: "reset" } });
  });
});
