import type { Course, Deed } from "../event.ts";
import { HOUR, MINUTE } from "../options.ts";
import type { User } from "../population.ts";
import type { World } from "./world.ts";

/** The actor, the address and the device of one visit. */
interface Who {
  readonly actor: string;
  readonly ip: string;
  readonly agent: string;
  readonly session: string | undefined;
}

type What = Pick<Deed, "target" | "details" | "reason" | "service">;
const NOTHING: What = {};

/** A deed of somebody. All deeds of visits have one shape: most events of a stream come through here. */
function deed(time: number, event: Deed["event"], who: Who, what: What = NOTHING): Deed {
  const { actor, ip, agent, session } = who;
  const { target, details, reason, service } = what;
  return { time, event, service, actor, target, ip, agent, session, reason, details };
}

/** One thing that people do, and how often (a weight): one event, or a course of them. */
type Action =
  | { readonly weight: number; readonly event: Deed["event"]; readonly what: (world: World, who: Who) => What }
  | { readonly weight: number; readonly course: (world: World, who: Who, time: number) => Generator<Deed, void, undefined> };

const resources = ["/dashboard", "/orders", "/reports", "/settings", "/team", "/invoices", "/help"].map((id) => ({ type: "resource", id }));
const objects = ["order", "invoice", "customer", "contract", "ticket"] as const;

const someObject = (world: World): What => ({
  target: { type: "object", id: `${world.random.pick(objects)} ${world.random.whole(1, 99_999)}` },
});
const nothing = (): What => NOTHING;
const oneself =
  (details: Deed["details"]) =>
  (_: World, who: Who): What => ({ target: { type: "user", id: who.actor }, details });
const anotherUser =
  (details: Deed["details"]) =>
  (world: World, who: Who): What => ({
    target: { type: "user", id: otherThan(world, who.actor) },
    details,
  });

/** What everybody does, and how often: a password is changed about once a year and user, an address once in three. */
const everybody: readonly Action[] = [
  { weight: 36, event: "authz_success", what: ({ random }) => ({ target: random.pick(resources) }) },
  { weight: 20, event: "session_renewed", what: nothing },
  { weight: 20, event: "sensitive_read", what: someObject },
  { weight: 10, event: "sensitive_update", what: someObject },
  { weight: 5, event: "sensitive_create", what: someObject },
  { weight: 2, event: "sensitive_delete", what: someObject },
  { weight: 1.5, event: "input_validation_fail", what: () => ({ details: { fields: ["amount"] } }) },
  { weight: 0.04, event: "authn_password_change", what: nothing },
  { weight: 0.015, event: "authn_identifier_changed", what: oneself({ kind: "email" }) },
  { weight: 0.02, event: "authn_mfa_enabled", what: oneself({ factor: "totp" }) },
  { weight: 0.6, course: oldBookmarks },
  { weight: 0.1, course: tidying },
];

const administrators: readonly Action[] = [
  { weight: 6, event: "authz_admin", what: () => ({ details: { event: "view_customer" } }) },
  { weight: 2, event: "authz_change", what: anotherUser({ from: "member", to: "editor" }) },
  { weight: 2, event: "user_updated", what: anotherUser({ attributes: ["phone"] }) },
  {
    weight: 1,
    event: "config_changed",
    what: () => ({ target: { type: "setting", id: "retention" }, details: { from: "30", to: "60" } }),
  },
  { weight: 1, event: "audit_log_accessed", what: () => ({ target: { type: "log", id: "audit" } }) },
];

/** A report of 50 to 5,000 rows. */
const analysts: readonly Action[] = [
  {
    weight: 4,
    event: "sensitive_export",
    what: ({ random }) => {
      const count = Math.round(random.logBetween(50, 5000));
      return { target: { type: "object", id: "orders" }, details: { count, bytes: count * 180 } };
    },
  },
];

const repertoires = { member: everybody, analyst: [...everybody, ...analysts], admin: [...everybody, ...administrators] } as const;
const weights = { member: sumOf(repertoires.member), analyst: sumOf(repertoires.analyst), admin: sumOf(repertoires.admin) } as const;

/** Share of actions that another one follows. */
const GOES_ON = 0.87;
const MOST_ACTIONS = 60;
const BETWEEN_ACTIONS = 80_000;

/** One visit: logging in with all that can go wrong, a few things done, and leaving. */
export function* visit(world: World, user: User, at: number): Course {
  const where = world.whereabouts(user, at);
  if (where === undefined) return;
  const { random } = world;
  const { newDevices, staleTabs } = world.options.population;
  const isNew = random.chance(newDevices);
  const agent = isNew ? world.newDevice(user) : world.agent(user, where.onPhone);
  const who: Who = { actor: user.id, ip: where.ip, agent, session: undefined };

  let time = at;
  for (const step of logIn(world, user, who, at, isNew || where.away)) {
    time = step.time;
    yield step;
  }
  const inside: Who = { actor: user.id, ip: where.ip, agent, session: world.session() };
  yield deed(time + 40, "authn_login_success", inside);
  yield deed(time + 45, "session_created", inside);
  time += 45;

  const repertoire = repertoires[user.role];
  const total = weights[user.role];
  for (let left = random.geometric(GOES_ON, MOST_ACTIONS); left > 0; left--) {
    time += random.exponential(BETWEEN_ACTIONS);
    const action = choose(repertoire, random.unit() * total);
    if ("event" in action) {
      yield deed(time, action.event, inside, action.what(world, inside));
      continue;
    }
    for (const step of action.course(world, inside, time)) {
      time = step.time;
      yield step;
    }
  }
  yield* leave(world, inside, time, random.chance(staleTabs));
}

function* leave(world: World, who: Who, time: number, stale: boolean): Generator<Deed, void, undefined> {
  const { random } = world;
  if (!stale && random.chance(0.35)) {
    yield deed(time + random.exponential(MINUTE), "session_logout", who);
    return;
  }
  const over = time + 30 * MINUTE;
  yield deed(over, "session_expired", who, { reason: "idle" });
  if (!stale) return;
  // The tab is still open, at the same desk.
  yield deed(over + random.between(0.1, 6) * HOUR, "session_use_after_expire", who);
}

/** What comes before the success: wrong names, wrong passwords, resets, wrong codes. The success itself is the caller's. */
function* logIn(world: World, user: User, who: Who, at: number, challenged: boolean): Generator<Deed, void, undefined> {
  const { random } = world;
  const { forgetful, mistypedCodes } = world.options.population;
  let time = at;
  if (random.chance(0.01)) {
    const actor = mistyped(user.id, random.whole(1, user.id.length - 1));
    yield deed(time, "authn_login_fail", { ...who, actor }, { reason: "unknown_user" });
    time += random.between(4, 20) * 1000;
  }
  if (random.chance(forgetful)) {
    const wrong = 1 + random.geometric(0.4, 5);
    for (let one = 0; one < wrong; one++) {
      yield deed(time, "authn_login_fail", who, { reason: "bad_password" });
      time += random.between(4, 30) * 1000;
    }
    if (wrong > 2 && random.chance(0.5)) {
      yield deed(time, "authn_password_reset_requested", who);
      time += random.between(1, 6) * MINUTE;
      yield deed(time, "authn_password_reset", who);
      time += random.between(2, 20) * 1000;
    }
  }
  if (!user.mfa || !(challenged || random.chance(0.3))) return;
  const details = { factor: "totp" };
  time += random.between(3, 15) * 1000;
  for (let wrong = random.chance(mistypedCodes) ? random.whole(1, 2) : 0; wrong > 0; wrong--) {
    yield deed(time, "authn_mfa_fail", who, { reason: "bad_code", details });
    time += random.between(5, 30) * 1000;
  }
  yield deed(time, "authn_mfa_success", who, { details });
}

/** A bookmark or two to pages that are no longer allowed. */
function* oldBookmarks(world: World, who: Who, at: number): Generator<Deed, void, undefined> {
  let time = at;
  for (let left = world.random.whole(1, 3); left > 0; left--) {
    yield deed(time, "authz_fail", who, { target: { type: "resource", id: `/archive/${world.random.whole(1, 400)}` } });
    time += world.random.between(2, 40) * 1000;
  }
}

/** Somebody tidies up: 8 to 25 records over a few minutes. */
function* tidying(world: World, who: Who, at: number): Generator<Deed, void, undefined> {
  let time = at;
  for (let left = world.random.whole(8, 25); left > 0; left--) {
    yield deed(time, "sensitive_delete", who, someObject(world));
    time += world.random.between(3, 20) * 1000;
  }
}

/** Two neighbouring letters change places. */
function mistyped(name: string, place: number): string {
  const [here, before] = [name.charAt(place), name.charAt(place - 1)];
  return here === before ? `${name}${here}` : name.slice(0, place - 1) + here + before + name.slice(place + 1);
}

function otherThan(world: World, actor: string): string {
  const { users } = world.population;
  const one = world.random.pick(users);
  return one.id === actor ? (users[(one.index + 1) % users.length] as User).id : one.id;
}

function sumOf(actions: readonly Action[]): number {
  return actions.reduce((sum, action) => sum + action.weight, 0);
}

function choose(actions: readonly Action[], draw: number): Action {
  let left = draw;
  for (const action of actions) {
    left -= action.weight;
    if (left < 0) return action;
  }
  return actions[0] as Action;
}
