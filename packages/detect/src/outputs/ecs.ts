import { isIP } from "node:net";
import { visible } from "@telltale/vocabulary";
import type { Alert, Evidence } from "../alert.ts";
import type { Level } from "../rule-ir.ts";
import { alertKey, boundedAlert } from "../store/bounded-alert.ts";
import { headline, isTime, isoTime, techniquesOf } from "./facts.ts";
import type { Renderer } from "./renderer.ts";
import { jsonText } from "./visible.ts";

/** The version of the Elastic Common Schema that alerts keep to. */
const version = "9.4.0";

/** `log.level` as the ecs-logging specification has it, and `event.severity` (the numbers of OCSF). */
const severities: Readonly<Record<Level, { readonly level: string; readonly severity: number }>> = {
  informational: { level: "info", severity: 1 },
  low: { level: "info", severity: 2 },
  medium: { level: "warn", severity: 3 },
  high: { level: "error", severity: 4 },
  critical: { level: "critical", severity: 5 },
};

/**
 * Elastic Common Schema: one document a message of an alert. `event.id` is the same when it is sent twice: use it as the
 * document's id. What ECS has no field for stands under `telltale`, in a shape that no index refuses: what strangers
 * named is a value there, never a field's name.
 */
export const ecs: Renderer = {
  id: "ecs",
  description: "Elastic Common Schema, one line an alert",
  head: '{"@timestamp":"',
  render: (alert) => jsonText(document(boundedAlert(alert))),
  keyOf: (line) => /,"event":\{"kind":"alert","id":"([^"\\]+)",/.exec(line)?.[1],
};

function document(alert: Alert) {
  const { rule, since, until } = alert;
  const { level, severity } = severities[rule.level];
  const addresses = [...new Set(alert.addresses)].filter((address) => isIP(address) !== 0);
  const actors = [...new Set(alert.actors)];
  return {
    "@timestamp": date(alert.completed) ?? date(until) ?? date(0),
    "log.level": level,
    message: visible(headline(alert)),
    "ecs.version": version,
    // The id stands here, before anything that came with an event: `keyOf` rests on it.
    event: {
      kind: "alert",
      id: alertKey(alert),
      category: ["intrusion_detection"],
      type: ["info"],
      action: `alert-${alert.phase}`,
      code: rule.key,
      severity,
      provider: "telltale",
      dataset: "telltale.alert",
      start: date(since),
      end: date(until),
      // Nanoseconds.
      duration: isTime(since) && isTime(until) ? nanoseconds(until - since) : undefined,
      reference: rule.references[0],
    },
    rule: {
      id: rule.key,
      uuid: rule.id,
      name: rule.title,
      description: rule.description,
      reference: rule.references[0],
      ruleset: "telltale",
    },
    threat: threat(rule.techniques),
    // One value each: several would be a guess at which.
    source: addresses.length === 1 ? { address: addresses[0], ip: addresses[0] } : undefined,
    user: actors.length === 1 ? { id: actors[0] } : undefined,
    related: related(actors, alert.targets, addresses),
    telltale: own(alert),
  };
}

function threat(ids: readonly string[]) {
  const all = techniquesOf(ids);
  if (all.length === 0) return undefined;
  const main = new Map(all.map(({ id, name }) => [id, name]));
  const subs = new Map(all.flatMap(({ sub }) => (sub ? [[sub.id, sub.name] as const] : [])));
  return {
    framework: "MITRE ATT&CK",
    technique: { ...named(main), subtechnique: subs.size === 0 ? undefined : named(subs) },
  };
}

function named(techniques: ReadonlyMap<string, string | undefined>) {
  return { id: [...techniques.keys()], name: [...techniques.values()].filter((name) => name !== undefined) };
}

function related(actors: readonly string[], targets: readonly string[], addresses: readonly string[]) {
  const users = [...new Set([...actors, ...targets])];
  if (users.length + addresses.length === 0) return undefined;
  return { user: users.length === 0 ? undefined : users, ip: addresses.length === 0 ? undefined : addresses };
}

function own(alert: Alert) {
  return {
    alert: { id: alert.id, phase: alert.phase, count: alert.count, level: alert.rule.level },
    group: Object.entries(alert.group).map(([field, value]) => ({ field, value })),
    measures: Object.entries(alert.measures).map(([name, value]) => ({ name, value })),
    controls: alert.rule.controls,
    targets: alert.targets,
    respond: alert.rule.respond,
    false_positives: alert.rule.falsePositives,
    evidence: alert.evidence.map(evidence),
  };
}

function evidence({ id, time, source, position, fields }: Evidence) {
  return { id, time: date(time), source, position, fields: fields === undefined ? undefined : JSON.stringify(fields) };
}

function date(time: number): string | undefined {
  return isTime(time) ? isoTime(time) : undefined;
}

function nanoseconds(milliseconds: number): number | undefined {
  const value = Math.round(milliseconds) * 1e6;
  return Number.isSafeInteger(value) ? value : undefined;
}
