import { createHash } from "node:crypto";
import type { Rule } from "../../rule-ir.ts";

/** For each rule a hash of what its state depends on: what it matches and counts, and that of the rules it refers to. */
export function ruleHashes(rules: readonly Rule[]): ReadonlyMap<string, string> {
  const hashes = new Map<string, string>();
  for (const rule of rules) {
    const referred = rule.kind === "correlation" ? [...rule.of, ...rule.cancelOn].map((key) => hashes.get(key)) : [];
    const hash = createHash("sha256").update(JSON.stringify([meaning(rule), referred]));
    hashes.set(rule.key, hash.digest("hex").slice(0, 32));
  }
  return hashes;
}

/** Without what is only said of the rule: a better description costs nobody a window. */
function meaning(rule: Rule): unknown {
  if (rule.kind === "detection") {
    const { kind, alerts, logsource, match, memory, episode } = rule;
    return { kind, alerts, logsource, match, memory, episode };
  }
  const { kind, alerts, of, groupBy, timespan, measure, and, cancelOn, expect } = rule;
  return { kind, alerts, of, groupBy, timespan, measure, and, cancelOn, expect };
}
