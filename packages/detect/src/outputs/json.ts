import type { Alert, Evidence } from "../alert.ts";
import { alertKey, boundedAlert } from "../store/bounded-alert.ts";
import { isoTime } from "./facts.ts";
import type { Renderer } from "./renderer.ts";
import { jsonText } from "./visible.ts";

/**
 * An alert as JSON. Keys are always there, in this order; lists may be empty. Times are ISO 8601 in UTC.
 *
 * - `kind`: `alert`; `key`: unique for each message, the same when it is sent twice; `id`: the same for all of one episode
 * - `phase`: `opened`, `grown`, `closed`; `level`: `informational` to `critical`
 * - `completed`: when the pattern was complete; `since`, `until`: first and last contributing event; `count`: how many
 * - `rule`: `key`, `id`, `title`, `description`, `tags`, `techniques`, `controls`, `false_positives`, `respond`, `references`
 * - `group`: by name of the field; null where the events lacked it. `measures`: number by name
 * - `actors`, `addresses`, `targets`: the first 20 of each
 * - `evidence`: `id`, `time`, `source`, `position` (byte), `fields` (null where they are too large or no longer in memory)
 */
export function alertObject(raw: Alert): Readonly<Record<string, unknown>> {
  const alert = boundedAlert(raw);
  const { rule } = alert;
  return {
    kind: "alert",
    key: alertKey(alert),
    id: alert.id,
    phase: alert.phase,
    level: rule.level,
    completed: isoTime(alert.completed),
    since: isoTime(alert.since),
    until: isoTime(alert.until),
    count: alert.count,
    rule: {
      key: rule.key,
      id: rule.id ?? null,
      title: rule.title,
      description: rule.description ?? null,
      tags: rule.tags,
      techniques: rule.techniques,
      controls: rule.controls,
      false_positives: rule.falsePositives,
      respond: rule.respond,
      references: rule.references,
    },
    group: alert.group,
    measures: alert.measures,
    actors: alert.actors,
    addresses: alert.addresses,
    targets: alert.targets,
    evidence: alert.evidence.map(evidenceObject),
  };
}

function evidenceObject({ id, time, source, position, fields }: Evidence): Readonly<Record<string, unknown>> {
  return { id, time: isoTime(time), source, position, fields: fields ?? null };
}

export const json: Renderer = {
  id: "json",
  description: "one line of JSON an alert",
  head: '{"kind":"alert","key":"',
  render: (alert) => jsonText(alertObject(alert)),
  keyOf: (line) => /^\{"kind":"alert","key":"([^"\\]+)",/.exec(line)?.[1],
};
