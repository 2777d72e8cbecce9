import type { AttackRequest, Ranges, SimulationOptions } from "../options.ts";
import { Random, hashOf } from "../random.ts";
import { intensities, parametersOf } from "./intensities.ts";
import type { AttackClass, Intensity, NumberParameter, WordParameter } from "./intensities.ts";
import type { AttackPlan } from "./stage.ts";

/** Where attacks without a time of their own lie, as shares of the duration. */
const FIRST = 0.05;
const FIRST_WITH_PAST = 0.6;
const LAST = 0.97;

/** All attacks of a scenario in order of time. The same options give the same plan. */
export function planAttacks(options: SimulationOptions): AttackPlan[] {
  const ordinals = new Map<AttackClass, number>();
  const plans: AttackPlan[] = [];
  for (const request of options.attacks) {
    const count = request.count ?? 1;
    for (let one = 0; one < count; one++) {
      const ordinal = ordinals.get(request.class) ?? 0;
      ordinals.set(request.class, ordinal + 1);
      const id = `${request.class}-${ordinal + 1}`;
      const random = new Random(hashOf(`plan ${options.seed} ${id}`));
      const at = options.start + Math.round(request.at ?? offset(request, one, count, options.duration, random));
      const { parameters, documented } = parametersFor(request, request.ranges ?? options.ranges, one, random);
      plans.push({ id, class: request.class, number: plans.length, ordinal, at, parameters, documented });
    }
  }
  return plans.sort((one, other) => one.at - other.at);
}

/** Spread evenly, each somewhere in a slot of its own. */
function offset(request: AttackRequest, one: number, count: number, duration: number, random: Random): number {
  const intensity: Intensity = intensities[request.class];
  const first = intensity.needsPast === true ? FIRST_WITH_PAST : FIRST;
  const slot = (LAST - first) / count;
  return duration * (first + slot * (one + random.unit()));
}

function parametersFor(request: AttackRequest, ranges: Ranges, one: number, random: Random) {
  const parameters: { [name: string]: number | string } = {};
  let documented = true;
  for (const [name, parameter] of Object.entries(parametersOf(request.class))) {
    const given = request.parameters?.[name];
    if ("words" in parameter) {
      parameters[name] = wordFor(parameter, given, one);
      continue;
    }
    const value = numberFor(parameter, given, ranges, random);
    const [low, high] = parameter.documented;
    if (value < low || value > high) documented = false;
    parameters[name] = value;
  }
  return { parameters, documented };
}

/** In turn, so that each word has its share. */
function wordFor(parameter: WordParameter, given: unknown, one: number): string {
  return typeof given === "string" ? given : (parameter.words[one % parameter.words.length] as string);
}

function numberFor(parameter: NumberParameter, given: unknown, ranges: Ranges, random: Random): number {
  if (typeof given === "number") return given;
  const own = Array.isArray(given) ? (given as [number, number]) : undefined;
  const [low, high] = own ?? (ranges === "standard" ? parameter.standard : random.pick(parameter.heldOut));
  if (low === high) return low;
  const whole = Number.isInteger(low) && Number.isInteger(high) && !/share|minutes|minute|seconds/.test(parameter.unit);
  if (whole) return low > 0 ? Math.min(high, Math.round(random.logBetween(low, high))) : random.whole(low, high);
  return low > 0 && high / low > 4 ? random.logBetween(low, high) : random.between(low, high);
}
