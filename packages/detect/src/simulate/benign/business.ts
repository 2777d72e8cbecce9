import type { Course, Deed, Start } from "../event.ts";
import { DAY, HOUR, MINUTE } from "../options.ts";
import { addressIn, homeCities } from "../places.ts";
import { Random, hashOf } from "../random.ts";
import type { Writer } from "../services.ts";
import { BUSIEST, busy, meanBusy } from "./rhythm.ts";
import { visit } from "./visit.ts";
import type { World } from "./world.ts";

/**
 * Everything that happens without an attacker. What goes on from beginning to end has random numbers of its own: how far ahead it
 * looks depends on the attacks, and what the others do must not.
 */
export function benignCourses(world: World): Course[] {
  const { start } = world.options;
  const { visits, users, staleManagers, offBoardings, registrations } = world.options.population;
  return [
    arrivals(world, "visits", (visits * users) / DAY, (at) => visit(world, world.population.someone(world.random), at)),
    arrivals(world, "managers", staleManagers / DAY, (at) => staleManager(world, at)),
    arrivals(world, "off-boardings", offBoardings / (7 * DAY), (at) => offBoarding(world, at)),
    arrivals(world, "registrations", registrations / DAY, (at) => registration(world, at)),
    ...world.writers.all.map((writer) => running(world, writer, start)),
    nightlyJobs(world),
  ];
}

/** A Poisson process that follows the day: so many a millisecond in the mean (thinning; Lewis and Shedler, 1979). */
function* arrivals(world: World, name: string, rate: number, begin: (at: number) => Course): Generator<Start, void, undefined> {
  if (rate <= 0) return;
  const random = new Random(hashOf(`${name} ${world.options.seed}`));
  const gap = meanBusy / (rate * BUSIEST);
  for (let time = world.options.start + random.exponential(gap); !world.isOver(time); time += random.exponential(gap)) {
    if (!random.chance(busy(time) / BUSIEST)) continue;
    const at = Math.floor(time);
    yield { time: at, begin: () => begin(at) };
  }
}

/** The password was changed on the computer; the phone goes on with the old one until somebody looks. */
function* staleManager(world: World, at: number): Course {
  const { random, population } = world;
  const user = population.someone(random);
  const who = { actor: user.id, ip: population.homeAddress(user, at), agent: user.phone };
  const until = at + random.between(1, 8) * HOUR;
  const every = random.between(3, 10) * MINUTE;
  for (let time = at; time < until; time += every * random.between(0.9, 1.1)) {
    yield { time, event: "authn_login_fail", ...who, reason: "bad_password" };
  }
}

/** An administrator deletes the accounts of those who have left. */
function* offBoarding(world: World, at: number): Course {
  const { random, population } = world;
  const admin = random.pick(population.admins.length > 0 ? population.admins : population.users);
  const who = { actor: admin.id, ip: admin.office?.address ?? population.homeAddress(admin, at), agent: admin.desktop };
  let time = at;
  for (let left = random.whole(5, 15); left > 0; left--) {
    const event: Deed["event"] = random.chance(0.2) ? "user_archived" : "user_deleted";
    yield { time, event, ...who, target: { type: "user", id: `former.${random.hex8()}` } };
    time += random.between(5, 45) * 1000;
  }
}

/** Somebody new; now and then one who already has an account. */
function* registration(world: World, at: number): Course {
  const { random } = world;
  const id = `new.${random.hex8()}`;
  const home = addressIn(random.pick(homeCities), "home", random.bits());
  const who = { actor: id, ip: home, agent: world.population.someone(random).desktop };
  if (random.chance(0.15)) {
    yield {
      time: at,
      event: "input_validation_fail",
      service: "accounts",
      ...who,
      reason: "already_exists",
      details: { fields: ["email"] },
    };
    yield { time: at + random.between(10, 60) * 1000, event: "authn_password_reset_requested", ...who };
    return;
  }
  yield { time: at, event: "user_created", ...who, target: { type: "user", id }, details: { attributes: ["email"] } };
}

const HEARTBEAT = MINUTE;

/** A process: a heartbeat a minute, work of its own, and a restart every few days, mostly at night. */
function* running(world: World, writer: Writer, start: number): Course {
  const random = new Random(hashOf(`${writer.host} ${world.options.seed}`));
  const where = { service: writer.service, host: writer.host };
  let time = start + Math.floor(random.between(0, HEARTBEAT));
  let nextRestart = time + random.between(1, 4) * DAY;
  while (!world.isOver(time)) {
    if (time < nextRestart) {
      yield { time, event: "sys_heartbeat", ...where, details: { dropped: 0 } };
      if (random.chance(0.2)) {
        const key = { target: { type: "key", id: "signing-7" }, details: { operation: "sign" } };
        yield { time: time + 20, event: "crypt_key_used", ...where, actor: `svc-${writer.service}`, actorType: "service", ...key };
      }
      time += HEARTBEAT;
      continue;
    }
    const deploy = { ...where, actor: "svc-deploy", actorType: "service" } as const;
    yield { time, event: "sys_shutdown", ...deploy };
    writer.down = true;
    time += Math.floor(random.between(10, 60)) * 1000;
    const again = time;
    yield { time: again, begin: () => starting(world, writer, deploy, again) };
    time += 1000;
    nextRestart = time + random.between(1, 4) * DAY;
  }
}

function* starting(world: World, writer: Writer, deploy: Partial<Deed>, time: number): Course {
  world.writers.restart(writer);
  yield { time, event: "sys_startup", ...deploy };
}

/** At half past two the reports are made: one service account logs in and exports what it always exports. */
function* nightlyJobs(world: World): Course {
  const job = {
    actor: "svc-reports",
    actorType: "service",
    ip: addressIn(homeCities[0] as (typeof homeCities)[number], "office", 40),
    agent: "report-job/3.1",
  } as const;
  const random = new Random(hashOf(`reports ${world.options.seed}`));
  const first = Math.floor(world.options.start / DAY) * DAY + 2.5 * HOUR;
  for (let time = first; !world.isOver(time); time += DAY) {
    if (time < world.options.start) continue;
    const at = Math.floor(time + random.between(0, 20_000));
    yield { time: at, event: "authn_login_success", ...job, session: random.hex8() + random.hex8() };
    const count = random.whole(2000, 4000);
    yield {
      time: at + 9000,
      event: "sensitive_export",
      ...job,
      target: { type: "object", id: "orders" },
      details: { count, bytes: count * 180 },
    };
  }
}
