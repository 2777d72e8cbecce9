import type { Alert } from "../../alert.ts";
import type { Engine } from "../../contract.ts";
import { telltaleSource } from "../../event.ts";
import type { Fields, SecurityEvent } from "../../event.ts";
import type { CorrelationRule, DetectionRule, GroupField, Match, Rule, RuleFacts } from "../../rule-ir.ts";
import type { EngineOptions } from "../engine.ts";
import { createEngine } from "../engine.ts";

export const second = 1000;
export const minute = 60 * second;

function facts(key: string, alerts: boolean): RuleFacts {
  return {
    key,
    title: key,
    level: "medium",
    references: [],
    tags: [],
    techniques: [],
    falsePositives: [],
    controls: [],
    respond: [],
    place: { file: "test.yml", line: 1 },
    alerts,
  };
}

export function named(event: string): Match {
  return { op: "field", field: "event", test: { kind: "equals", value: event, cased: false } };
}

/** A detection of events of one name; it does not alert by itself. */
export function detection(key: string, match: Match = named(key), more: Partial<DetectionRule> = {}): DetectionRule {
  return {
    ...facts(key, false),
    kind: "detection",
    logsource: { category: "application", product: "telltale" },
    match,
    episode: { groupBy: ["actor.id", "source.ip"], quiet: 10 * minute },
    ...more,
  };
}

/** A correlation of event_count 1 in a minute without a group, unless told otherwise. */
export function correlation(key: string, of: readonly string[], more: Partial<CorrelationRule> = {}): CorrelationRule {
  return {
    ...facts(key, true),
    kind: "correlation",
    of,
    groupBy: [],
    timespan: minute,
    measure: { type: "event_count", is: [{ op: "gte", value: 1 }] },
    and: [],
    cancelOn: [],
    ...more,
  };
}

/** Group fields that are the same for each of `rules` referred rules. */
export function by(names: readonly string[], rules = 1): readonly GroupField[] {
  return names.map((name) => ({ name, fields: Array.from({ length: rules }, () => name) }));
}

const origin = { source: "test.log", stream: "test" };

/** Events in order of arrival: time in milliseconds, name, further fields. */
export function events(...list: readonly (readonly [number, string, Fields?])[]): SecurityEvent[] {
  return list.map(([time, event, fields], index) => ({
    time,
    seq: index + 1,
    fields: { event, ...fields },
    logsource: telltaleSource,
    origin,
    position: index * 100,
  }));
}

export function collector(rules: readonly Rule[], options: Partial<EngineOptions> = {}) {
  const alerts: Alert[] = [];
  const notes: { readonly kind: string; readonly message: string }[] = [];
  const engine: Engine = createEngine({
    rules: { rules },
    onAlert: (alert) => alerts.push(alert),
    onNote: (note) => notes.push(note),
    ...options,
  });
  return { engine, alerts, notes };
}

/** Alerts of a finished input. */
export function run(rules: readonly Rule[], input: readonly SecurityEvent[], options: Partial<EngineOptions> = {}): Alert[] {
  const { engine, alerts } = collector(rules, options);
  for (const event of input) engine.ingest(event);
  engine.finish();
  return alerts;
}
