import type { CorrelationRule, FurtherCondition } from "../../rule-ir.ts";
import type { Runtime } from "../runtime.ts";
import type { Groups } from "../state/groups.ts";
import type { Entries } from "../windows/entries.ts";
import { countWord, lowWord } from "../windows/layout.ts";
import type { GroupLayout } from "../windows/layout.ts";
import type { Aggregate } from "./aggregate.ts";
import { comparisonTest } from "./comparison.ts";
import type { NumberTest } from "./comparison.ts";
import { Ordered } from "./ordered.ts";
import { Percentiles } from "./percentiles.ts";
import type { Plan } from "./plan.ts";
import { valueIndex } from "./plan.ts";
import { RuleCounts } from "./rule-counts.ts";
import { spotFinder } from "./spots.ts";
import { Sums } from "./sums.ts";
import { Travel } from "./travel.ts";
import { ValueCounts } from "./value-counts.ts";

export type GroupTest = (group: number) => boolean;
export type GroupNumber = (group: number) => number;

/** A number that a condition looks at, as alerts show it. */
export interface NamedMeasure {
  readonly name: string;
  readonly of: GroupNumber;
}

/** What a correlation asks of its windows, over aggregates that are kept up with every event. */
export interface Conditions {
  readonly aggregates: readonly Aggregate[];
  readonly holds: GroupTest;
  readonly measures: readonly NamedMeasure[];
}

/** Where a window stands when it is asked: the entry at its newer end. */
export interface Judged {
  entry: number;
}

/** Makes the aggregates of a rule and joins its conditions; each aggregate is made once, whoever asks for it. */
export function conditionsOf(
  rule: CorrelationRule,
  plan: Plan,
  runtime: Runtime,
  window: { readonly groups: Groups; readonly entries: Entries; readonly layout: GroupLayout; readonly judged: Judged },
): Conditions {
  const { groups, entries, layout, judged } = window;
  const aggregates: Aggregate[] = [];
  const measures: NamedMeasure[] = [];
  const valueCounts = new Map<number, ValueCounts>();
  let ruleCounts: RuleCounts | undefined;

  const made = <T extends Aggregate>(aggregate: T): T => {
    aggregates.push(aggregate);
    return aggregate;
  };
  const countsOf = (fields: readonly string[]): ValueCounts => {
    const value = valueIndex(plan, fields);
    let counts = valueCounts.get(value);
    if (counts === undefined) valueCounts.set(value, (counts = made(new ValueCounts(groups, entries, layout, value))));
    return counts;
  };
  const rules = (): RuleCounts => (ruleCounts ??= made(new RuleCounts(groups, entries, layout, rule.of.length)));
  const numberTest = (name: string, of: GroupNumber, test: NumberTest): GroupTest => {
    if (!measures.some((known) => known.name === name)) measures.push({ name, of });
    return (group) => test(of(group));
  };
  const events: GroupNumber = (group) => groups.table.words[group * groups.table.stride + countWord]!;

  const all = [measureTest(), ...rule.and.map(furtherTest)];
  if (!measures.some(({ name }) => name === "events")) measures.push({ name: "events", of: events });
  const [only] = all;
  const holds: GroupTest = all.length === 1 ? only! : (group) => all.every((test) => test(group));
  return { aggregates, holds, measures };

  function measureTest(): GroupTest {
    const { measure } = rule;
    switch (measure.type) {
      case "event_count":
        return numberTest("events", events, comparisonTest(measure.is));
      case "value_count":
        return numberTest(`distinct ${measure.fields.join(", ")}`, countsOf(measure.fields).distinct(), comparisonTest(measure.is));
      case "value_sum":
        return numberTest(`sum of ${measure.field}`, made(new Sums(groups, entries, layout)).sum(), comparisonTest(measure.is));
      case "value_avg":
        return numberTest(`average of ${measure.field}`, made(new Sums(groups, entries, layout)).average(), comparisonTest(measure.is));
      case "value_percentile": {
        const name = `percentile ${measure.percentile} of ${measure.field}`;
        return numberTest(name, made(new Percentiles(entries)).percentile(measure.percentile), comparisonTest(measure.is));
      }
      case "temporal":
        if ("count" in measure.needs) return numberTest("rules", rules().rules(), comparisonTest(measure.needs.count));
        return rules().expression(measure.needs.expression);
      case "temporal_ordered":
        return made(new Ordered(groups, entries, layout, rule.of.length, rule.timespan)).complete();
    }
  }

  function furtherTest(condition: FurtherCondition): GroupTest {
    switch (condition.kind) {
      case "events":
        return numberTest("events", events, comparisonTest(condition.is));
      case "distinct":
        return numberTest(`distinct ${condition.fields.join(", ")}`, countsOf(condition.fields).distinct(), comparisonTest(condition.is));
      case "most-per":
        return numberTest(`most per ${condition.field}`, countsOf([condition.field]).most(), comparisonTest(condition.is));
      case "share-of": {
        const share = countsOf([condition.field]).share(comparisonTest(condition.tries));
        return numberTest(`share of ${condition.field}`, share, comparisonTest(condition.is));
      }
      case "share-matching": {
        const matches = rules().matches(condition.index);
        const name = `share matching ${(rule.called ?? rule.of)[condition.index]}`;
        return numberTest(name, (group) => matches(group) / events(group), comparisonTest(condition.is));
      }
      case "span":
        return numberTest("span", span, comparisonTest(condition.is));
      case "travel":
        return travelTest(condition);
      case "any": {
        const tests = condition.of.map(furtherTest);
        return (group) => tests.some((test) => test(group));
      }
    }
  }

  function span(group: number): number {
    return entries.time(judged.entry) - entries.time(groups.table.words[group * groups.table.stride + lowWord]!);
  }

  function travelTest({ distance, speed, field }: Extract<FurtherCondition, { kind: "travel" }>): GroupTest {
    const { locate } = runtime;
    if (locate === undefined) {
      runtime.notes.add("no-places", rule.key, () => `rule ${rule.key}: no database of addresses: its condition travel never holds`);
      return () => false;
    }
    const spot = spotFinder(runtime.interner, locate);
    const facts = { distance, speed, timespan: rule.timespan };
    const travel = made(new Travel(groups, entries, layout, valueIndex(plan, [field]), facts, spot));
    measures.push({ name: "km", of: travel.distance() }, { name: "km/h", of: travel.speed() });
    return travel.tooFast();
  }
}
