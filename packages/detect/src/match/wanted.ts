import type { RuleSet } from "../rule-ir.ts";
import { eventNames } from "./event-names.ts";

/** Names of the events that some rule can match, in lower case; undefined where a rule may match any event. */
export function wantedEvents({ rules }: RuleSet): ReadonlySet<string> | undefined {
  const wanted = new Set<string>();
  for (const rule of rules) {
    if (rule.kind !== "detection") continue;
    const names = eventNames(rule.match);
    if (names === undefined) return undefined;
    for (const name of names) wanted.add(name);
  }
  return wanted;
}
