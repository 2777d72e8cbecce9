import { createHash } from "node:crypto";

/**
 * Twenty correlations in plain Sigma, without a key of ours, so that every engine that reads Sigma can be given the same:
 * counts and distinct counts by user, by address and over all, and two sequences.
 */

/** Detections by name: what the event must be. */
const detections = {
  login_failure: "event: authn_login_fail",
  login_success: "event: authn_login_success",
  unknown_user: "event: authn_login_fail\n        reason: unknown_user",
  access_denied: "event: authz_fail",
  mfa_failure: "event: authn_mfa_fail",
  mfa_success: "event: authn_mfa_success",
  password_changed: "event: authn_password_change",
  reset_requested: "event: authn_password_reset_requested",
  deleted: "event:\n            - sensitive_delete\n            - user_deleted",
  exported: "event: sensitive_export",
  invalid_input: "event: input_validation_fail",
  session_late: "event: session_use_after_expire",
};

const count = (rule, by, timespan, gte) => ({ type: "event_count", rules: [rule], by, timespan, gte });
const distinct = (rule, field, by, timespan, gte) => ({ type: "value_count", rules: [rule], field, by, timespan, gte });
const sequence = (rules, by, timespan) => ({ type: "temporal_ordered", rules, by, timespan });

const correlations = {
  brute_force_account: count("login_failure", "actor.id", "10m", 10),
  brute_force_source: count("login_failure", "source.ip", "10m", 20),
  brute_force_pair: count("login_failure", "source.ip actor.id", "1h", 15),
  brute_force_slow: count("login_failure", "source.ip", "1d", 100),
  login_burst: count("login_success", "source.ip", "1m", 60),
  denied_user: count("access_denied", "actor.id", "10m", 20),
  denied_source: count("access_denied", "source.ip", "1h", 40),
  mfa_guessing: count("mfa_failure", "actor.id", "10m", 5),
  mass_deletion: count("deleted", "actor.id", "10m", 50),
  exports: count("exported", "actor.id", "1h", 20),
  probing: count("invalid_input", "source.ip", "10m", 30),
  resets_account: count("reset_requested", "target.id", "1h", 5),
  sessions_late: count("session_late", "actor.id", "1h", 10),
  stuffing: distinct("login_failure", "actor.id", "source.ip", "15m", 15),
  spraying: distinct("login_failure", "actor.id", "source.ip", "1h", 8),
  distributed: distinct("login_failure", "source.ip", "actor.id", "30m", 5),
  enumeration: distinct("unknown_user", "actor.id", "source.ip", "10m", 10),
  resets_source: distinct("reset_requested", "target.id", "source.ip", "1h", 10),
  mfa_fatigue: sequence(["mfa_failure", "mfa_success"], "actor.id", "10m"),
  login_then_change: sequence(["login_success", "password_changed"], "actor.id", "10m"),
};

export const plainRuleCount = Object.keys(correlations).length;

/** The rules as one file. */
export function plainRules() {
  return [...Object.entries(detections).map(detectionText), ...Object.entries(correlations).map(correlationText)].join("---\n");
}

function detectionText([name, selection]) {
  return `title: ${name}
id: ${idOf(name)}
name: ${name}
status: test
logsource:
    category: application
    product: telltale
detection:
    selection:
        ${selection}
    condition: selection
level: informational
`;
}

function correlationText([name, { type, rules, field, by, timespan, gte }]) {
  const list = (items) => items.map((item) => `\n        - ${item}`).join("");
  const condition =
    gte === undefined ? "" : `\n    condition:${field === undefined ? "" : `\n        field: ${field}`}\n        gte: ${gte}`;
  return `title: ${name}
id: ${idOf(name)}
name: ${name}
status: test
correlation:
    type: ${type}
    rules:${list(rules)}
    group-by:${list(by.split(" "))}
    timespan: ${timespan}${condition}
    generate: false
level: medium
`;
}

/** RSigma links a correlation to its rules by their ids, and to none where they have only names. */
function idOf(name) {
  const hex = createHash("sha256").update(name).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join("-");
}
