import { isIP } from "node:net";
import { visible } from "@telltale/vocabulary";
import type { Alert, Evidence } from "../alert.ts";
import { fieldReader } from "../fields.ts";
import type { Level } from "../rule-ir.ts";
import { alertKey, boundedAlert } from "../store/bounded-alert.ts";
import { headline, isTime, techniquesOf } from "./facts.ts";
import type { Renderer } from "./renderer.ts";
import { jsonText } from "./visible.ts";

/** The version of the Open Cybersecurity Schema Framework that findings keep to. Source: ocsf/ocsf-schema 1.8.0, `events/findings/detection_finding.json`. */
const version = "1.8.0";
const detectionFinding = 2004;

const severities: Readonly<Record<Level, { readonly severity_id: number; readonly severity: string }>> = {
  informational: { severity_id: 1, severity: "Informational" },
  low: { severity_id: 2, severity: "Low" },
  medium: { severity_id: 3, severity: "Medium" },
  high: { severity_id: 4, severity: "High" },
  critical: { severity_id: 5, severity: "Critical" },
};

/** That an episode has ended resolves nothing: what people made of the alert stands in the store. */
const activities = {
  opened: { activity_id: 1, activity_name: "Create", status_id: 1, status: "New" },
  grown: { activity_id: 2, activity_name: "Update", status_id: 2, status: "In Progress" },
  closed: { activity_id: 3, activity_name: "Close", status_id: 99, status: "Ended" },
} as const;

/** OCSF Detection Finding. `metadata.uid` is the same when it is sent twice; `finding_info.uid` is the episode's. */
export const ocsf: Renderer = {
  id: "ocsf",
  description: "OCSF Detection Finding, one line an alert",
  head: '{"metadata":{"uid":"',
  render: (alert) => jsonText(finding(boundedAlert(alert))),
  keyOf: (line) => /^\{"metadata":\{"uid":"([^"\\]+)",/.exec(line)?.[1],
};

function finding(alert: Alert) {
  const { rule } = alert;
  const activity = activities[alert.phase];
  return {
    metadata: {
      uid: alertKey(alert),
      version,
      product: { name: "Telltale", vendor_name: "Telltale" },
      profiles: [],
      event_code: rule.key,
      correlation_uid: alert.id,
      log_provider: "telltale",
    },
    time: milliseconds(alert.completed) ?? milliseconds(alert.until) ?? 0,
    class_uid: detectionFinding,
    class_name: "Detection Finding",
    category_uid: 2,
    category_name: "Findings",
    ...activity,
    type_uid: detectionFinding * 100 + activity.activity_id,
    type_name: `Detection Finding: ${activity.activity_name}`,
    ...severities[rule.level],
    is_alert: true,
    message: visible(headline(alert)),
    count: alert.count,
    start_time: milliseconds(alert.since),
    end_time: milliseconds(alert.until),
    duration: isTime(alert.since) && isTime(alert.until) ? Math.max(0, Math.round(alert.until - alert.since)) : undefined,
    finding_info: findingInfo(alert),
    evidences: alert.evidence.length === 0 ? undefined : alert.evidence.map(evidence),
    observables: observables(alert),
    resources: alert.targets.length === 0 ? undefined : alert.targets.map((uid) => ({ uid })),
    remediation: rule.respond.length === 0 ? undefined : { desc: rule.respond.join("\n") },
    unmapped: {
      group: alert.group,
      measures: alert.measures,
      actors: alert.actors,
      controls: rule.controls,
      false_positives: rule.falsePositives,
      references: rule.references,
    },
  };
}

function findingInfo(alert: Alert) {
  const { rule } = alert;
  const attacks = techniquesOf(rule.techniques).map(({ id, name, sub }) => ({
    technique: { uid: id, name },
    sub_technique: sub && { uid: sub.id, name: sub.name },
  }));
  return {
    uid: alert.id,
    title: rule.title,
    desc: rule.description,
    analytic: { type_id: 1, type: "Rule", uid: rule.id ?? rule.key, name: rule.title },
    attacks: attacks.length === 0 ? undefined : attacks,
    types: rule.tags.length === 0 ? undefined : rule.tags,
    created_time: milliseconds(alert.completed),
    first_seen_time: milliseconds(alert.since),
    last_seen_time: milliseconds(alert.until),
    related_events_count: alert.count,
    data_sources: [...new Set(alert.evidence.map(({ source }) => source))],
  };
}

const actorOf = fieldReader("actor.id");
const addressOf = fieldReader("source.ip");

function evidence({ id, source, position, fields }: Evidence) {
  const actor = fields && actorOf(fields);
  const address = fields && addressOf(fields);
  return {
    uid: id,
    name: `${source}@${position}`,
    data: fields ?? { source, position },
    actor: typeof actor === "string" || typeof actor === "number" ? { user: { uid: String(actor) } } : undefined,
    src_endpoint: typeof address === "string" && isIP(address) !== 0 ? { ip: address } : undefined,
  };
}

/** What analysts search for, whether or not an event that shows it is among the evidence. */
function observables({ actors, addresses }: Alert) {
  const all = [
    ...addresses
      .filter((value) => isIP(value) !== 0)
      .map((value) => ({ name: "evidences[].src_endpoint.ip", type_id: 2, type: "IP Address", value })),
    ...actors.map((value) => ({ name: "evidences[].actor.user.uid", type_id: 4, type: "User Name", value })),
  ];
  return all.length === 0 ? undefined : all;
}

function milliseconds(time: number): number | undefined {
  return isTime(time) ? Math.round(time) : undefined;
}
