import type { Course } from "../event.ts";
import { HOUR } from "../options.ts";
import type { SimulationOptions } from "../options.ts";
import { addressIn, homeCities } from "../places.ts";
import type { City } from "../places.ts";
import { Random, hashOf } from "../random.ts";

/**
 * Jobs with a wrong password: a try every 20 to 60 seconds for 3 to 8 hours. No attack, and yet an alert is right: somebody has
 * to mend it. So they are declared, and alerts of them are counted apart. They have random numbers of their own, so that the
 * truth can be told without playing the whole stream.
 */
export function brokenJobs(options: SimulationOptions): { readonly id: string; readonly course: () => Course }[] {
  return Array.from({ length: options.population.brokenJobs }, (_, number) => {
    const id = `broken-job-${number + 1}`;
    return { id, course: () => brokenJob(options, number, new Random(hashOf(`${id} ${options.seed}`))) };
  });
}

function* brokenJob(options: SimulationOptions, number: number, random: Random): Course {
  const length = Math.min(random.between(3, 8) * HOUR, options.duration / 4);
  const every = random.between(20, 60) * 1000;
  const ip = addressIn(random.pick(homeCities) as City, "office", 100 + number);
  const job = { actor: `svc-sync-${number + 1}`, actorType: "service", ip, agent: "sync-job/1.4" } as const;
  let time = options.start + options.duration * random.between(0.1, 0.7);
  for (const until = time + length; time < until; time += every * random.between(0.95, 1.05)) {
    yield { time, event: "authn_login_fail", ...job, reason: "bad_password" };
  }
}
