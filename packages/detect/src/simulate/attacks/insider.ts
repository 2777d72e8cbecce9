import type { Deed } from "../event.ts";
import type { Role, User } from "../population.ts";
import type { AttackCourse, Stage } from "./stage.ts";

/** Somebody with the role, at home, logged in. */
function insider(stage: Stage, role: Role): Partial<Deed> & { readonly actor: string } {
  const user = stage.population.regulars(stage.random, 1, (one) => one.role === role)[0] as User;
  return { actor: user.id, ip: stage.population.homeAddress(user, stage.at), agent: user.desktop, session: stage.session() };
}

const resource = (stage: Stage): Deed["target"] => ({
  type: "resource",
  id: `${stage.random.pick(["/admin/users", "/admin/roles", "/api/invoices", "/api/customers", "/reports"])}/${stage.random.whole(1, 90_000)}`,
});

export const privilegeEscalation: AttackCourse = function* (stage) {
  const who = insider(stage, "member");
  const refusals = stage.number("refusals");
  let time = stage.at;
  for (let one = 0; one < refusals; one++) {
    yield stage.deed(time, "authz_fail", { ...who, target: resource(stage) });
    time += stage.step(stage.number("within"), refusals);
  }
  const puppet = stage.random.pick(stage.population.users).id;
  yield stage.deed(time, "authz_change", { ...who, target: { type: "user", id: puppet }, details: { from: "member", to: "admin" } });
};

export const selfGrant: AttackCourse = function* (stage) {
  const who = insider(stage, "member");
  const roles = ["member", "editor", "admin", "owner"];
  let time = stage.at;
  for (let one = 0; one < stage.number("grants"); one++) {
    const details = { from: roles[one] as string, to: roles[one + 1] as string };
    yield stage.deed(time, "authz_change", { ...who, target: { type: "user", id: who.actor }, details });
    time += stage.step(10, 3);
  }
};

export const massDeletion: AttackCourse = function* (stage) {
  const of = stage.word("of");
  const who = insider(stage, of === "users" ? "admin" : "analyst");
  const objects = stage.number("objects");
  if (of === "bulk") {
    yield stage.deed(stage.at, "sensitive_bulk_delete", {
      ...who,
      target: { type: "object", id: "customers" },
      details: { count: objects },
    });
    return;
  }
  let time = stage.at;
  for (let one = 0; one < objects; one++) {
    if (of === "users") {
      const user = stage.population.users[one % stage.population.users.length] as User;
      yield stage.deed(time, "user_deleted", { ...who, target: { type: "user", id: user.id } });
    } else {
      yield stage.deed(time, "sensitive_delete", { ...who, target: { type: "object", id: `customer ${stage.random.whole(1, 900_000)}` } });
    }
    time += stage.gap(stage.number("rate"));
  }
};

export const bulkExport: AttackCourse = function* (stage) {
  const who = insider(stage, "analyst");
  const exports = stage.number("exports");
  const count = Math.ceil(stage.number("rows") / exports);
  let time = stage.at;
  for (let one = 0; one < exports; one++) {
    const details = { count, bytes: count * 220 };
    yield stage.deed(time, "sensitive_export", { ...who, target: { type: "object", id: "customers" }, details });
    // Half: with full jitter it still ends in time.
    time += stage.step(stage.number("within") / 2, exports);
  }
};

export const accessDeniedSweep: AttackCourse = function* (stage) {
  const who = insider(stage, "member");
  let time = stage.at;
  for (let one = 0; one < stage.number("resources"); one++) {
    yield stage.deed(time, "authz_fail", { ...who, target: resource(stage) });
    time += stage.gap(stage.number("rate"));
  }
};

/** Both kinds of stolen keys: a token that is used up, a session that is over. */
function stolen(event: "authn_token_reuse" | "session_use_after_expire"): AttackCourse {
  return function* (stage) {
    const victim = stage.population.regulars(stage.random, 1)[0] as User;
    const session = stage.session();
    const key = event === "authn_token_reuse" ? { target: { type: "token", id: `rt_${session.slice(0, 8)}` } } : { session };
    let time = stage.at;
    for (let use = 0; use < stage.number("uses"); use++) {
      yield stage.deed(time, event, { actor: victim.id, ip: stage.address(0), agent: stage.tool, ...key });
      time += stage.gap(stage.number("rate"));
    }
  };
}

export const tokenReuse = stolen("authn_token_reuse");
export const sessionAfterExpiry = stolen("session_use_after_expire");

/** The silence itself is the stream's to keep (mutes.ts): there is no event that says so. */
export const logSilence: AttackCourse = function* () {};

export const logTampering: AttackCourse = function* (stage) {
  if (stage.word("by") !== "clearing") return;
  const who = insider(stage, "admin");
  yield stage.deed(stage.at, "audit_log_cleared", { ...who, target: { type: "log", id: "audit" } });
};
