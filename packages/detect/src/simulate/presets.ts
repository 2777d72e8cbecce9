import { attackClasses } from "./attacks/intensities.ts";
import { DAY, defaultDelay, defaultPopulation } from "./options.ts";
import type { Ranges, SimulationOptions } from "./options.ts";

/** Attacks of each class: enough that one that is missed is five per cent. */
const OF_EACH_CLASS = 20;

function preset(name: string, seed: number, ranges: Ranges, ofEachClass: number): SimulationOptions {
  return {
    name,
    seed,
    // A Monday.
    start: Date.UTC(2026, 2, 2),
    duration: 14 * DAY,
    population: defaultPopulation,
    delay: defaultDelay,
    ranges,
    attacks: ofEachClass === 0 ? [] : attackClasses.map((one) => ({ class: one, count: ofEachClass })),
  };
}

/**
 * Scenarios by name. `benign`: two weeks without an attack. `standard`: all classes within the standard ranges, for tuning rules.
 * `held-out`: other people, other times, and parameters from the rest of the documented spans, for judging them.
 */
export const presets = {
  benign: preset("benign", 101, "standard", 0),
  standard: preset("standard", 202, "standard", OF_EACH_CLASS),
  "held-out": preset("held-out", 303, "held-out", OF_EACH_CLASS),
} as const satisfies { readonly [name: string]: SimulationOptions };

export type PresetName = keyof typeof presets;
