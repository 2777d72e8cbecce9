import type { DetectionRule, Rule } from "../rule-ir.ts";
import { compileDetection } from "./detections.ts";
import type { Detection, DetectionMemory } from "./detections.ts";
import type { Episodes } from "./episodes/episodes.ts";
import type { Keeper } from "./keeper.ts";
import { FirstSeen } from "./memory/first-seen.ts";
import { Gap } from "./memory/gap.ts";
import type { Runtime } from "./runtime.ts";
import { compileCorrelation } from "./windows/compile.ts";
import type { Correlation } from "./windows/correlation.ts";
import { waitsForEnd } from "./aggregates/plan.ts";

/** The rules of an engine at work, by their number in the set. */
export interface Assembly {
  readonly rules: readonly Rule[];
  readonly detections: readonly Detection[];
  readonly byIndex: ReadonlyMap<number, Detection>;
  readonly correlations: ReadonlyMap<number, Correlation>;
  readonly memories: ReadonlyMap<number, FirstSeen | Gap>;
  readonly episodes: ReadonlyMap<number, Episodes>;
  readonly keepers: readonly Keeper[];
  /** The correlations that matches of some rules can reach, in rule-set order. */
  reach(rules: readonly number[]): readonly Correlation[];
}

export function assemble(rules: readonly Rule[], runtime: Runtime): Assembly {
  const indices = new Map(rules.map((rule, index) => [rule.key, index]));
  const indexOf = (key: string) => indices.get(key)!;
  const referred = new Set(rules.flatMap((rule) => (rule.kind === "correlation" ? [...rule.of, ...rule.cancelOn] : [])));
  const correlations = new Map<number, Correlation>();
  const byIndex = new Map<number, Detection>();
  const memories = new Map<number, FirstSeen | Gap>();
  const delays: number[] = [];
  const known = { rules, correlations, indexOf, delays, feeds: (index: number) => referred.has(rules[index]!.key) };

  for (const [index, rule] of rules.entries()) {
    delays.push(delayOf(rule, (key) => delays[indexOf(key)]!));
    if (rule.kind === "correlation") correlations.set(index, compileCorrelation(rule, index, runtime, known));
    else byIndex.set(index, detection(rule, index));
  }

  const detections = [...byIndex.values()];
  const alerting = detections.flatMap(({ alerts }) => alerts ?? []);
  const episodes = new Map<number, Episodes>();
  for (const { index, alerts } of detections) if (alerts !== undefined) episodes.set(index, alerts.episodes);
  for (const [index, correlation] of correlations) if (correlation.episodes !== undefined) episodes.set(index, correlation.episodes);
  const keepers: Keeper[] = [...correlations.values(), ...alerting];
  for (const memory of memories.values()) keepers.push(...memory.keepers);
  return { rules, detections, byIndex, correlations, memories, episodes, keepers, reach };

  function detection(rule: DetectionRule, index: number): Detection {
    let memory: (DetectionMemory & (FirstSeen | Gap)) | undefined;
    if (rule.memory?.kind === "first-seen") memory = new FirstSeen(rule, rule.memory, runtime);
    if (rule.memory?.kind === "gap") memory = new Gap(rule, rule.memory, index, runtime);
    if (memory !== undefined) memories.set(index, memory);
    return compileDetection(rule, index, runtime, memory);
  }

  function reach(from: readonly number[]): readonly Correlation[] {
    const reached = new Set(from);
    const found: Correlation[] = [];
    for (const [index, correlation] of correlations) {
      const rule = rules[index]!;
      if (rule.kind !== "correlation" || ![...rule.of, ...rule.cancelOn].some((key) => reached.has(indexOf(key)))) continue;
      reached.add(index);
      found.push(correlation);
    }
    return found;
  }
}

/** How far behind the watermark matches of a rule may come, milliseconds. */
function delayOf(rule: Rule, delayOfRule: (key: string) => number): number {
  if (rule.kind === "detection") return rule.memory?.kind === "gap" ? 1 : 0;
  return Math.max(0, ...[...rule.of, ...rule.cancelOn].map(delayOfRule)) + (waitsForEnd(rule) ? rule.timespan : 0);
}
