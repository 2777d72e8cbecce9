import { createHash } from "node:crypto";
import type { Alert, AlertRule, Evidence } from "../../alert.ts";
import type { RuleFacts } from "../../rule-ir.ts";
import type { Rows } from "../state/rows.ts";
import type { Episode } from "./episode.ts";

export type GroupValues = { readonly [name: string]: string | null };

/** What an alert says of its rule. */
export function alertRule(rule: RuleFacts): AlertRule {
  const { key, id, title, level, description, tags, techniques, controls, falsePositives, respond, references } = rule;
  return { key, id, title, level, description, tags, techniques, controls, falsePositives, respond, references };
}

/** 32 hex digits from rule, group and the event at which the episode opened. */
export function alertId(rule: string, group: GroupValues, event: string): string {
  return createHash("sha256")
    .update(JSON.stringify([rule, group, event]))
    .digest("hex")
    .slice(0, 32);
}

export function alertOf(phase: Alert["phase"], rule: AlertRule, group: GroupValues, episode: Episode, rows: Rows): Alert {
  return {
    id: episode.id,
    phase,
    rule,
    group,
    since: episode.since,
    until: episode.until,
    completed: episode.completed,
    count: episode.count,
    measures: episode.measures,
    actors: [...episode.actors],
    addresses: [...episode.addresses],
    targets: [...episode.targets],
    evidence: [...episode.first, ...episode.last].sort((a, b) => rows.time(a) - rows.time(b) || rows.seq(a) - rows.seq(b)).map(evidence),
  };

  function evidence(row: number): Evidence {
    const fields = rows.fields(row);
    const known = { id: rows.id(row), time: rows.time(row), ...rows.place(row) };
    return fields === undefined ? known : { ...known, fields };
  }
}
