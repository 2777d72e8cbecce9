import { kilometres } from "../aggregates/travel.ts";
import type { Locate } from "../../contract.ts";
import type { SecurityEvent } from "../../event.ts";
import type { Comparison, CorrelationRule, FurtherCondition, Measure, RuleExpression } from "../../rule-ir.ts";
import { numberOf } from "../windows/numbers.ts";

/** An event in the group of a correlation. */
export interface Entry {
  readonly event: SecurityEvent;
  /** Positions in `of` of the rules that it matched. */
  readonly rules: ReadonlySet<number>;
  /** Its fields as text, by path: those of the match. */
  readonly text: (field: string) => string | null;
  readonly value: (field: string) => unknown;
}

/** Whether a rule's condition holds over a window, judged from all of its events. */
export function holdsOver(rule: CorrelationRule, window: readonly Entry[], locate: Locate | undefined): boolean {
  return measureHolds(rule, rule.measure, window) && rule.and.every((condition) => furtherHolds(condition, window, locate));
}

function measureHolds(rule: CorrelationRule, measure: Measure, window: readonly Entry[]): boolean {
  switch (measure.type) {
    case "event_count":
      return all(measure.is, window.length);
    case "value_count":
      return all(measure.is, tuples(measure.fields, window).size);
    case "value_sum":
      return all(measure.is, sum(numbers(measure.field, window)));
    case "value_avg": {
      const list = numbers(measure.field, window);
      return all(measure.is, sum(list) / list.length);
    }
    case "value_percentile": {
      const list = numbers(measure.field, window).sort((a, b) => a - b);
      const rank = Math.max(1, Math.ceil((measure.percentile / 100) * list.length));
      return all(measure.is, list[rank - 1] ?? Number.NaN);
    }
    case "temporal": {
      const matched = new Set(window.flatMap(({ rules }) => [...rules]));
      return "count" in measure.needs ? all(measure.needs.count, matched.size) : expressionHolds(measure.needs.expression, matched);
    }
    case "temporal_ordered":
      return window.at(-1)?.rules.has(rule.of.length - 1) === true && inOrder(rule.of.length, window);
  }
}

function furtherHolds(condition: FurtherCondition, window: readonly Entry[], locate: Locate | undefined): boolean {
  switch (condition.kind) {
    case "events":
      return all(condition.is, window.length);
    case "distinct":
      return all(condition.is, tuples(condition.fields, window).size);
    case "most-per":
      return all(condition.is, Math.max(0, ...tuples([condition.field], window).values()));
    case "share-of": {
      const counts = [...tuples([condition.field], window).values()];
      return all(condition.is, counts.filter((count) => all(condition.tries, count)).length / counts.length);
    }
    case "share-matching":
      return all(condition.is, window.filter(({ rules }) => rules.has(condition.index)).length / window.length);
    case "span":
      return window.length > 0 && all(condition.is, window.at(-1)!.event.time - window[0]!.event.time);
    case "travel":
      return travelHolds(condition, window, locate);
    case "any":
      return condition.of.some((part) => furtherHolds(part, window, locate));
  }
}

export function all(is: readonly Comparison[], value: number): boolean {
  return is.every(({ op, value: bound }) => {
    if (Number.isNaN(value)) return false;
    return { gt: value > bound, gte: value >= bound, lt: value < bound, lte: value <= bound, eq: value === bound, neq: value !== bound }[
      op
    ];
  });
}

/** How many events have each tuple of values. */
function tuples(fields: readonly string[], window: readonly Entry[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const entry of window) {
    const values = fields.map(entry.text);
    if (values.includes(null)) continue;
    const key = JSON.stringify(values);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function numbers(field: string, window: readonly Entry[]): number[] {
  return window.map((entry) => numberOf(entry.value(field) as never)).filter((number) => !Number.isNaN(number));
}

function sum(list: readonly number[]): number {
  return list.reduce((total, number) => total + number, 0);
}

function expressionHolds(expression: RuleExpression, matched: ReadonlySet<number>): boolean {
  switch (expression.op) {
    case "rule":
      return matched.has(expression.index);
    case "not":
      return !expressionHolds(expression.of, matched);
    case "and":
      return expression.of.every((part) => expressionHolds(part, matched));
    case "or":
      return expression.of.some((part) => expressionHolds(part, matched));
  }
}

/** Whether the last event completes a row of one event for each rule. */
function inOrder(rules: number, window: readonly Entry[]): boolean {
  let next = 0;
  for (const entry of window.slice(0, -1)) if (next < rules - 1 && entry.rules.has(next)) next += 1;
  return next === rules - 1;
}

function travelHolds(
  { distance, speed, field }: Extract<FurtherCondition, { kind: "travel" }>,
  window: readonly Entry[],
  locate: Locate | undefined,
): boolean {
  const places = window.flatMap((entry) => {
    const { latitude, longitude } = locate?.(entry.text(field) ?? "") ?? {};
    return latitude === undefined || longitude === undefined ? [] : [{ time: entry.event.time, latitude, longitude }];
  });
  return places.some((place, index) => {
    const before = places[index - 1];
    if (before === undefined) return false;
    const way = kilometres(before, place);
    return way >= distance && way * 3_600_000 >= speed * (place.time - before.time);
  });
}
