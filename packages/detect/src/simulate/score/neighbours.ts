import type { AlertRule } from "../../alert.ts";
import { attackClasses } from "../attacks/intensities.ts";
import type { AttackClass } from "../attacks/intensities.ts";

/**
 * What an attack of a class may set off beside its own rule, so that such an alert is true: it names the same attacker by another
 * of his traits. It does not count as having found the attack.
 */
export const neighbours: { readonly [C in AttackClass]: readonly AttackClass[] } = {
  // Hundreds of tries come from one address, too.
  brute_force_account: ["brute_force_source", "brute_force_distributed"],
  // Each of its accounts gets many tries; a dozen accounts look like a short list.
  brute_force_source: ["brute_force_account", "password_spraying", "credential_stuffing"],
  brute_force_distributed: ["brute_force_account", "brute_force_source"],
  // The names without an account are an enumeration; several addresses at once are a distributed spray; a hit is a takeover.
  credential_stuffing: ["brute_force_source", "password_spraying", "password_spraying_distributed", "enumeration", "takeover_after_attack"],
  // A long list in one round has the pattern of stuffing, and many failures of one source.
  password_spraying: ["brute_force_source", "credential_stuffing", "password_spraying_distributed", "takeover_after_attack"],
  // Few addresses make several tries each; several rounds make several addresses for one account.
  password_spraying_distributed: [
    "brute_force_distributed",
    "brute_force_source",
    "credential_stuffing",
    "password_spraying",
    "takeover_after_attack",
  ],
  // By the log-in form it is a list of names with one wrong password each.
  enumeration: ["brute_force_source", "credential_stuffing", "password_spraying", "password_spraying_distributed"],
  // The guessing before it.
  takeover_after_attack: ["brute_force_account", "brute_force_source", "brute_force_distributed", "takeover_lasting"],
  // It begins with a log-in from far away.
  takeover_lasting: ["impossible_travel", "takeover_after_attack"],
  mfa_fatigue: ["takeover_after_attack", "brute_force_account"],
  // The refusals before the change.
  privilege_escalation: ["access_denied_sweep", "self_grant"],
  self_grant: ["privilege_escalation"],
  mass_deletion: [],
  bulk_export: [],
  token_reuse: ["session_after_expiry"],
  session_after_expiry: ["token_reuse"],
  impossible_travel: ["takeover_lasting"],
  admin_from_new_place: ["impossible_travel", "takeover_lasting", "privilege_escalation"],
  access_denied_sweep: [],
  // What was never written leaves no gap in the numbers, but the service that stopped may be seen both ways.
  log_silence: ["log_tampering"],
  log_tampering: ["log_silence"],
};

/** Classes without an attacker in their alerts: one of them is true for an attack when it overlaps it in time. */
export const groupless: ReadonlySet<AttackClass> = new Set(["password_spraying_distributed", "log_silence", "log_tampering"]);

const PREFIX = "telltale.";
const known: ReadonlyMap<string, AttackClass> = new Map(attackClasses.map((one) => [one.replaceAll("_", "-"), one]));

/** The classes that a rule says it finds, by its tags in our namespace: `telltale.credential-stuffing`. */
export function classesOf(rule: Pick<AlertRule, "tags">): AttackClass[] {
  return rule.tags.flatMap((tag) => (tag.startsWith(PREFIX) ? (known.get(tag.slice(PREFIX.length)) ?? []) : []));
}
