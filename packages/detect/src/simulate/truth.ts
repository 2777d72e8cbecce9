import { courses } from "./attacks/courses.ts";
import type { AttackClass } from "./attacks/intensities.ts";
import { NEXT_LINE, muteOf } from "./attacks/mutes.ts";
import { planAttacks } from "./attacks/plan.ts";
import { Stage } from "./attacks/stage.ts";
import type { AttackPlan } from "./attacks/stage.ts";
import { brokenJobs } from "./benign/nuisances.ts";
import type { Course } from "./event.ts";
import type { SimulationOptions } from "./options.ts";
import { Population } from "./population.ts";

/** What happened, and who took part. Times are milliseconds since 1970. */
interface Happening {
  readonly id: string;
  /** Time of its first event and of its last; of missing lines from where they are missing until it can be seen. */
  readonly from: number;
  readonly until: number;
  readonly actors: readonly string[];
  readonly addresses: readonly string[];
  /** How many events of the stream belong to it. None for lines that are missing. */
  readonly events: number;
}

export interface AttackTruth extends Happening {
  readonly class: AttackClass;
  /** Whether every parameter lies in the span that the rules promise to find. */
  readonly documented: boolean;
  readonly parameters: { readonly [name: string]: number | string };
  /** Services and hosts whose lines are missing. */
  readonly services?: readonly string[];
  readonly hosts?: readonly string[];
}

/** What is no attack, and deserves an alert: see {@link brokenJobs}. */
export interface Nuisance extends Happening {
  readonly kind: "broken_job";
}

/** What a simulated stream holds. Plain data: written as JSON beside the stream. */
export interface Truth {
  readonly scenario: string;
  readonly seed: number;
  readonly from: number;
  readonly until: number;
  readonly attacks: readonly AttackTruth[];
  readonly nuisances: readonly Nuisance[];
}

/** What `simulate(options)` will hold, without playing the benign part: in the time that the attacks alone take. */
export function truthOf(options: SimulationOptions): Truth {
  const population = new Population(options.population, options.seed);
  return {
    scenario: options.name,
    seed: options.seed,
    from: options.start,
    until: options.start + options.duration,
    attacks: planAttacks(options).map((plan) => attackTruth(plan, population, options.seed)),
    nuisances: brokenJobs(options).map(({ id, course }) => ({ id, kind: "broken_job" as const, ...partsOf(course(), options.start) })),
  };
}

function attackTruth(plan: AttackPlan, population: Population, seed: number): AttackTruth {
  const parts = partsOf(courses[plan.class](new Stage(plan, population, seed)), plan.at);
  const mute = muteOf(plan);
  return {
    id: plan.id,
    class: plan.class,
    ...parts,
    ...(mute
      ? {
          until: mute.until + (mute.numbered ? NEXT_LINE : 0),
          services: [mute.service],
          ...(mute.host === undefined ? {} : { hosts: [mute.host] }),
        }
      : {}),
    documented: plan.documented,
    parameters: plan.parameters,
  };
}

function partsOf(course: Course, at: number): Omit<Happening, "id"> {
  const actors = new Set<string>();
  const addresses = new Set<string>();
  let from: number | undefined;
  let until = at;
  let events = 0;
  for (const deed of course) {
    if ("begin" in deed) continue;
    from ??= Math.floor(deed.time);
    until = Math.floor(deed.time);
    events++;
    if (deed.actor !== undefined) actors.add(deed.actor);
    if (deed.ip !== undefined) addresses.add(deed.ip);
  }
  return { from: from ?? at, until, actors: [...actors], addresses: [...addresses], events };
}
