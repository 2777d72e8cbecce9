import { MINUTE } from "../options.ts";
import type { AttackCourse, Stage } from "./stage.ts";

/** So many names of a list, of which a share has an account. */
function namesOf(stage: Stage, count: number, knownShare: number): { readonly name: string; readonly known: boolean }[] {
  const known = stage.random.sample(stage.population.users, Math.round(count * knownShare)).map(({ id }) => ({ name: id, known: true }));
  const unknown = Array.from({ length: count - known.length }, () => ({ name: stage.unknownName(), known: false }));
  return stage.random.sample([...known, ...unknown], count);
}

/** Each pair of the list once, some twice; where one still works, in. */
export const credentialStuffing: AttackCourse = function* (stage) {
  const addresses = stage.number("addresses");
  const rate = stage.number("rate") * addresses;
  let time = stage.at;
  let tries = 0;
  for (const { name, known } of namesOf(stage, stage.number("users"), stage.number("known"))) {
    const hit = known && stage.random.chance(stage.number("hits"));
    const again = !hit && stage.random.chance(stage.number("again"));
    for (let left = again ? 2 : 1; left > 0; left--) {
      const ip = stage.address(tries++ % addresses);
      if (hit) yield stage.deed(time, "authn_login_success", { actor: name, ip, agent: stage.tool, session: stage.session() });
      else yield stage.failure(time, name, ip, known ? "bad_password" : "unknown_user");
      time += stage.gap(rate);
    }
  }
};

/** Round by round over the list from one address. */
export const passwordSpraying: AttackCourse = function* (stage) {
  const names = namesOf(stage, stage.number("users"), 0.9);
  const pause = stage.number("pause");
  let time = stage.at;
  for (let round = 0; round < stage.number("rounds"); round++) {
    time = Math.max(time, stage.at + round * pause * MINUTE);
    for (const { name, known } of names) {
      yield stage.failure(time, name, stage.address(0), known ? "bad_password" : "unknown_user");
      // Half of the pause: with full jitter a round still ends before the next is due.
      time += stage.step(pause * 0.5, names.length);
    }
  }
};

/** Round by round over the list, from an address drawn anew for each try. */
export const passwordSprayingDistributed: AttackCourse = function* (stage) {
  const names = namesOf(stage, stage.number("users"), 0.9);
  let time = stage.at;
  for (let round = 0; round < stage.number("rounds"); round++) {
    for (const { name, known } of names) {
      const ip = stage.address(stage.random.whole(0, stage.number("addresses") - 1));
      yield stage.failure(time, name, ip, known ? "bad_password" : "unknown_user");
      time += stage.gap(stage.number("rate"));
    }
  }
};

/** Asks for names and reads the answer. */
export const enumeration: AttackCourse = function* (stage) {
  const by = stage.word("by");
  const ip = stage.address(0);
  let time = stage.at;
  for (const { name, known } of namesOf(stage, stage.number("names"), stage.number("known"))) {
    const from = { actor: name, ip, agent: stage.tool };
    if (by === "login") yield stage.failure(time, name, ip, known ? "bad_password" : "unknown_user");
    else if (by === "reset") yield stage.deed(time, "authn_password_reset_requested", known ? from : { ...from, reason: "unknown_user" });
    // The vocabulary has no failed registration: the form refuses the name.
    else
      yield stage.deed(time, "input_validation_fail", {
        ...from,
        service: "accounts",
        reason: known ? "already_exists" : "captcha_failed",
        details: { fields: ["email"] },
      });
    time += stage.gap(stage.number("rate"));
  }
};
