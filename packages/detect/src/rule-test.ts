import type { Alert } from "./alert.ts";
import { createEngine } from "./engine/index.ts";
import { telltaleSource } from "./event.ts";
import type { Rule, RuleSet } from "./rule-ir.ts";
import type { Sample } from "./sigma/index.ts";

/** What one sample gave. */
export interface SampleResult {
  readonly sample: Sample;
  readonly passed: boolean;
  /** Why not, in a sentence. */
  readonly problem?: string;
}

/** Samples of one rule file, and where the rules of that file stand. */
export interface RuleSamples {
  /** File of the rules that the samples are about. */
  readonly file: string;
  readonly samples: readonly Sample[];
}

/**
 * Runs each sample through an engine of its own with all rules, and looks at the alerts of the rules of its file (or of
 * the rule that the sample names).
 */
export function testRules(set: RuleSet, { file, samples }: RuleSamples): readonly SampleResult[] {
  return samples.map((sample) => {
    const meant = set.rules.filter((rule) => isMeant(rule, file, sample));
    const problem = meant.length === 0 ? "no rule that raises alerts is meant by it" : judge(set, meant, sample);
    return { sample, passed: problem === undefined, ...(problem === undefined ? {} : { problem }) };
  });
}

function isMeant(rule: Rule, file: string, sample: Sample): boolean {
  if (sample.rule !== undefined) return rule.id === sample.rule || rule.name === sample.rule || rule.key === sample.rule;
  return rule.alerts && rule.place.file === file;
}

function judge(set: RuleSet, meant: readonly Rule[], sample: Sample): string | undefined {
  const keys = new Set(meant.map(({ key }) => key));
  const opened = alertsOf(set, sample).filter(({ phase, rule }) => phase === "opened" && keys.has(rule.key));
  if (opened.length !== sample.alerts) return `${counted(sample.alerts)} expected, ${opened.length} raised`;
  const other = opened.find(({ group }) => Object.entries(sample.group ?? {}).some(([name, value]) => (group[name] ?? null) !== value));
  if (other === undefined) return undefined;
  return `the alert is about ${JSON.stringify(other.group)}, expected ${JSON.stringify(sample.group)}`;
}

function counted(alerts: number): string {
  if (alerts === 0) return "no alert";
  return alerts === 1 ? "one alert" : `${alerts} alerts`;
}

function alertsOf(set: RuleSet, sample: Sample): readonly Alert[] {
  const alerts: Alert[] = [];
  const engine = createEngine({ rules: set, lateness: 0, onAlert: (alert) => alerts.push(alert) });
  const origin = { source: "sample", stream: "sample" };
  sample.events.forEach(({ time, fields }, index) => {
    engine.ingest({ time, seq: index + 1, fields, logsource: telltaleSource, origin, position: index + 1 });
  });
  if (sample.ends !== undefined) engine.advance(sample.ends);
  engine.finish();
  return alerts;
}
