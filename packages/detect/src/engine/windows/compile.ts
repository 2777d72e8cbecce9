import { conditionsOf } from "../aggregates/conditions.ts";
import { planOf, waitsForEnd } from "../aggregates/plan.ts";
import { DetectError } from "../../errors.ts";
import type { CorrelationRule, Rule } from "../../rule-ir.ts";
import { GroupKey, tupleSource } from "../group-key.ts";
import type { NumberSource } from "../group-key.ts";
import type { Runtime } from "../runtime.ts";
import { Groups } from "../state/groups.ts";
import { cancelField } from "./cancel-field.ts";
import { Contents } from "./contents.ts";
import { Correlation } from "./correlation.ts";
import { Entries } from "./entries.ts";
import { EntryList } from "./entry-list.ts";
import { ForwardWindow } from "./forward.ts";
import { LatestOnly, neverHoldsOverEvents } from "./latest-only.ts";
import { GroupLayout } from "./layout.ts";
import { Silence } from "./silence.ts";
import { TrailingWindow } from "./trailing.ts";
import type { Window, WindowParts } from "./window.ts";

/** Rules that can be told apart where it counts which of them matched. */
const mostCountedRules = 31;

/** Entries that a group keeps of a rule that only asks for a least number of events. */
const leastEntries = 16_384;

/** A group may take this part of the budget. */
const budgetShare = 16;

/** What a rule refers to, found by key among the rules before it. */
export interface Known {
  readonly rules: readonly Rule[];
  readonly correlations: ReadonlyMap<number, Correlation>;
  indexOf(key: string): number;
  /** How far behind the watermark matches of a rule may come, milliseconds. */
  readonly delays: readonly number[];
  /** Whether some rule refers to this one. */
  feeds(index: number): boolean;
}

/** Puts one correlation together. */
export function compileCorrelation(rule: CorrelationRule, index: number, runtime: Runtime, known: Known): Correlation {
  const refs = rule.of.map(known.indexOf);
  const cancels = rule.cancelOn.map(known.indexOf);
  const plan = planOf(rule);
  if (plan.countsRules && refs.length > mostCountedRules) {
    const problem = `refers to ${refs.length} rules; where it matters which of them matched, ${mostCountedRules} are the most`;
    throw new DetectError("RULE_VALUE", { place: `${rule.place.file}:${rule.place.line}`, key: "rules", problem });
  }
  const names = rule.groupBy.map(({ name }) => name);
  const keySources = refs.map((ref, at) => rule.groupBy.map((field) => source(ref, field.fields[at] ?? field.name)));
  const cancelSources = cancels.map((ref, at) => rule.groupBy.map((field) => source(ref, cancelField(rule, field.name, at))));

  const groups = new Groups();
  const layout = new GroupLayout();
  const entries = new Entries(runtime.pairs, runtime.rows, plan.values.length, plan.number !== undefined);
  const list = new EntryList(groups, entries);
  const judged = { entry: 0 };
  const conditions = conditionsOf(rule, plan, runtime, { groups, entries, layout, judged });
  const delay = Math.max(0, ...[...refs, ...cancels].map((ref) => known.delays[ref]!));
  const waits = waitsForEnd(rule);
  const counted = rule.measure.type === "temporal" || rule.measure.type === "temporal_ordered";
  const parts: WindowParts = {
    runtime,
    groups,
    entries,
    list,
    conditions,
    judged,
    rule: index,
    timespan: rule.timespan,
    delay,
    limit: limitOf(rule, runtime.budget, entries.table.stride * 4),
    cancels: cancels.length > 0,
    held: (group, entry, from) => correlation.held(group, entry, from),
    heldTime: (group) => correlation.episodes?.heldTime(group) ?? Infinity,
    shortened: () => noteShortened(rule, runtime),
  };
  const contents = new Contents(parts);
  const correlation = new Correlation({
    ...parts,
    rule,
    index,
    refs,
    cancels,
    key: new GroupKey(runtime, names, keySources),
    cancelKey: new GroupKey(runtime, names, cancelSources),
    contents,
    values: plan.values.map((fields) =>
      refs.map((ref) =>
        tupleSource(
          runtime,
          fields.map((field) => source(ref, field)),
          true,
        ),
      ),
    ),
    number: numberSource(plan.number),
    countsRules: plan.countsRules,
    manyGroups: counted && rule.groupBy.some(({ fields }) => new Set(fields).size > 1),
    feeds: known.feeds(index),
    waits,
  });
  const window = windowOf(rule, parts, contents, layout);
  const silence =
    rule.expect === undefined ? undefined : new Silence(parts, layout, (group, entry, since) => correlation.silent(group, entry, since));
  correlation.complete(window, silence);
  groups.shape(layout.size);
  return correlation;

  /** A field of the match of a referred rule: a group field of a correlation by its name, otherwise a field of the event. */
  function source(ref: number, field: string): NumberSource {
    const referred = known.rules[ref]!;
    const part = referred.kind === "correlation" ? referred.groupBy.findIndex(({ name }) => name === field) : -1;
    const column = runtime.event.column(field);
    if (part < 0) return () => runtime.event.number(column);
    const { key, groups } = known.correlations.get(ref)!;
    return () => key.part(groups, runtime.hitGroup[ref]!, part);
  }

  function numberSource(field: string | undefined) {
    if (field === undefined) return undefined;
    const column = runtime.event.column(field);
    return () => runtime.event.value(column);
  }
}

function windowOf(rule: CorrelationRule, parts: WindowParts, contents: Contents, layout: GroupLayout): Window {
  if (!waitsForEnd(rule)) return new TrailingWindow(parts, contents);
  return neverHoldsOverEvents(rule) ? new LatestOnly(parts) : new ForwardWindow(parts, contents, layout);
}

/**
 * How many entries a group may have. A least number of events asks for no more than that many; the rest is kept for the
 * alert's figures, up to a bound. Others may take a part of the budget, so that one loud group does not silence the rest.
 */
function limitOf(rule: CorrelationRule, budget: number, bytes: number): number {
  const { measure } = rule;
  const share = Math.max(1024, Math.floor(budget / budgetShare / bytes));
  if (!countsOnly(rule) || measure.type !== "event_count") return share;
  return Math.max(leastEntries, ...measure.is.map(({ value }) => Math.ceil(value) + 1));
}

function countsOnly({ measure, and }: CorrelationRule): boolean {
  return measure.type === "event_count" && and.length === 0 && measure.is.every(({ op }) => op === "gt" || op === "gte");
}

function noteShortened(rule: CorrelationRule, runtime: Runtime): void {
  // Of a least number of events nothing is lost by it.
  if (countsOnly(rule)) return;
  runtime.notes.add("shortened", rule.key, () => {
    return `rule ${rule.key}: a group has more events in its window than the budget allows for one; the oldest are left out. Raise --budget`;
  });
}
