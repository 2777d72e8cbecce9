import type { Deed } from "../event.ts";
import { MINUTE } from "../options.ts";
import { farCities } from "../places.ts";
import type { User } from "../population.ts";
import type { AttackCourse, Stage } from "./stage.ts";

/** Somebody who stays at home and is no administrator. */
function homebody(stage: Stage, fits: (user: User) => boolean = () => true): User {
  return stage.population.regulars(stage.random, 1, (user) => !user.travels && user.role !== "admin" && fits(user))[0] as User;
}

/** Guessing until it works. */
export const takeoverAfterAttack: AttackCourse = function* (stage) {
  const victim = homebody(stage);
  let time = stage.at;
  for (let one = 0; one < stage.number("tries"); one++) {
    if (one > 0) time += stage.gap(stage.number("rate"));
    yield stage.failure(time, victim.id, stage.address(0));
  }
  time += stage.number("pause") * MINUTE;
  const ip = stage.address(stage.word("from") === "same" ? 0 : 1);
  yield stage.deed(time, "authn_login_success", { actor: victim.id, ip, agent: stage.tool, session: stage.session() });
};

/** In with a strange device, then everything that lets the owner back in is changed. */
export const takeoverLasting: AttackCourse = function* (stage) {
  const victim = homebody(stage);
  const who = { actor: victim.id, ip: stage.addressAt(stage.farCity()), agent: stage.browser, session: stage.session() };
  const target = { type: "user", id: victim.id };
  yield stage.deed(stage.at, "authn_login_success", who);
  const ways: readonly [Deed["event"], Partial<Deed>][] = [
    ["authn_password_change", {}],
    ["authn_identifier_changed", { target, details: { kind: "email" } }],
    ["authn_mfa_disabled", { target, details: { factor: "totp" } }],
  ];
  const changes = stage.number("changes");
  let time = stage.at;
  for (const [event, rest] of stage.random.sample(ways, changes)) {
    time += stage.step(stage.number("within") / 2, changes);
    yield stage.deed(time, event, { ...who, ...rest });
  }
};

/** Prompt after prompt until one is accepted. */
export const mfaFatigue: AttackCourse = function* (stage) {
  const victim = homebody(stage, (user) => user.mfa);
  const who = { actor: victim.id, ip: stage.address(0), agent: stage.browser, details: { factor: "push" } };
  let time = stage.at;
  for (let prompt = 0; prompt < stage.number("prompts"); prompt++) {
    yield stage.deed(time, "authn_mfa_fail", { ...who, reason: stage.random.chance(0.5) ? "denied" : "timeout" });
    time += stage.gap(stage.number("rate"));
  }
  yield stage.deed(time, "authn_mfa_success", who);
  yield stage.deed(time + 300, "authn_login_success", { ...who, details: undefined, session: stage.session() });
};

/** The owner at home, then somebody on another continent. */
export const impossibleTravel: AttackCourse = function* (stage) {
  const victim = homebody(stage);
  const home = stage.population.homeAddress(victim, stage.at);
  const own = { actor: victim.id, ip: home, agent: victim.desktop, session: stage.session() };
  yield stage.deed(stage.at, "authn_login_success", own);
  const strange = { actor: victim.id, ip: stage.addressAt(stage.farCity()), agent: stage.browser, session: stage.session() };
  yield stage.deed(stage.at + stage.number("minutes") * MINUTE, "authn_login_success", strange);
};

/** An administrator's account, used from a country where he never was. */
export const adminFromNewPlace: AttackCourse = function* (stage) {
  const { admins, users } = stage.population;
  const { ordinal } = stage.plan;
  const people = admins.length > 0 ? admins : users;
  const admin = people[ordinal % people.length] as User;
  // Another city each time that the same administrator's turn comes: a second visit would not be new.
  const city = farCities[(ordinal + Math.floor(ordinal / people.length)) % farCities.length] as (typeof farCities)[number];
  const who = { actor: admin.id, ip: stage.addressAt(city), agent: stage.browser, session: stage.session() };
  let time = stage.at;
  yield stage.deed(time, "authn_mfa_success", { ...who, session: undefined, details: { factor: "totp" } });
  yield stage.deed(time + 300, "authn_login_success", who);
  time += 300;
  const actions = stage.number("actions");
  for (let action = 0; action < actions; action++) {
    time += stage.step(stage.number("within") / 2, actions);
    yield adminAct(stage, time, who);
  }
};

function adminAct(stage: Stage, time: number, who: Partial<Deed>): Deed {
  const kind = stage.random.whole(0, 2);
  if (kind === 0) return stage.deed(time, "authz_admin", { ...who, details: { event: "view_customer" } });
  if (kind === 1)
    return stage.deed(time, "config_changed", { ...who, target: { type: "setting", id: "sso" }, details: { from: "on", to: "off" } });
  const other = stage.random.pick(stage.population.users).id;
  return stage.deed(time, "authz_change", { ...who, target: { type: "user", id: other }, details: { from: "member", to: "admin" } });
}
