import type { Comparison, Measure, RuleExpression } from "../rule-ir.ts";
import { anyNumber, compareOps, readComparisons } from "./comparisons.ts";
import { type Expression, readExpression } from "./expression.ts";
import { didYouMean, quoted } from "./nearest.ts";
import { badValue, missing, unsupported } from "./report.ts";
import { asNames, asSection, type Section } from "./section.ts";

/** Sigma 2.1's, and pySigma's value_median. */
export const correlationTypes = [
  "event_count",
  "value_count",
  "temporal",
  "temporal_ordered",
  "value_sum",
  "value_avg",
  "value_percentile",
  "value_median",
] as const;
export type CorrelationType = (typeof correlationTypes)[number];

export function isTemporal(type: CorrelationType): type is "temporal" | "temporal_ordered" {
  return type === "temporal" || type === "temporal_ordered";
}

/** Rules that a correlation refers to: as it calls them, and their keys. */
export interface ReferredRules {
  readonly names: readonly string[];
  readonly keys: readonly string[];
  /** Index of the rule that is called so, by any of its names. */
  indexOf(name: string): number | undefined;
}

/** Reads `condition:` of a correlation of this type. */
export function readMeasure(type: CorrelationType, correlation: Section, rules: ReferredRules): Measure {
  if (isTemporal(type)) return temporal(type, correlation, rules);
  const entry = correlation.required("condition", "say what is compared, as in { gte: 10 }");
  const condition = asSection(entry.value, correlation.path("condition"));
  const keys = [...compareOps, ...(type === "event_count" ? [] : ["field"]), ...(type === "value_percentile" ? ["percentile"] : [])];
  for (const refusal of condition.unknown(keys)) throw refusal;
  const is = readComparisons(condition, anyNumber);
  if (type === "event_count") return { type, is };
  const fields = asNames(condition.required("field", `name the field that ${type} is about`).value, condition.path("field"));
  refuseAliases(fields, condition, correlation);
  if (type === "value_count") return { type, fields, is };
  const [field, second] = fields;
  if (field === undefined || second !== undefined)
    throw badValue(condition.placeOf("field"), condition.path("field"), `must be one field for ${type}`);
  if (type === "value_sum" || type === "value_avg") return { type, field, is };
  return { type: "value_percentile", field, percentile: type === "value_median" ? 50 : percentile(condition), is };
}

/** Sigma applies aliases to group-by alone. */
function refuseAliases(fields: readonly string[], condition: Section, correlation: Section): void {
  const aliases = correlation.section("aliases");
  const alias = fields.find((field) => aliases?.has(field));
  if (alias !== undefined)
    throw unsupported(
      condition.placeOf("field"),
      `${condition.path("field")} with an alias`,
      "aliases are for group-by; name the field itself",
    );
}

function percentile(condition: Section): number {
  const entry = condition.entry("percentile");
  if (entry === undefined) {
    throw unsupported(
      condition.at,
      "value_percentile without percentile",
      "Sigma does not say what it compares; give percentile: 0 to 100 in the condition, and a numeric field",
    );
  }
  const number = anyNumber(entry, condition.path("percentile"));
  if (number < 0 || number > 100) throw badValue(entry.value.at, condition.path("percentile"), "must be a number from 0 to 100");
  return number;
}

function temporal(type: "temporal" | "temporal_ordered", correlation: Section, rules: ReferredRules): Measure {
  const entry = correlation.entry("condition");
  const all = rules.keys.length;
  const key = correlation.path("condition");
  if (entry === undefined) return type === "temporal" ? { type, needs: { count: [{ op: "gte", value: all }] } } : { type };
  if (entry.value.kind === "scalar" && typeof entry.value.value === "string") {
    const expression = ruleExpression(readExpression(entry.value.value, entry.value.at, key), rules, entry.value.at, key);
    refuseUnnamed(expression, rules, entry.value.at, key);
    if (type === "temporal") return { type, needs: { expression } };
    if (expression.op === "rule" || (expression.op === "and" && expression.of.every(({ op }) => op === "rule"))) return { type };
    throw orderOfSome(entry.value.at);
  }
  const condition = asSection(entry.value, key);
  for (const refusal of condition.unknown(compareOps)) throw refusal;
  const count = readComparisons(condition, anyNumber);
  if (type === "temporal") return { type, needs: { count } };
  if (!count.every((comparison) => asksForAll(comparison, all))) throw orderOfSome(entry.value.at);
  return { type };
}

function orderOfSome(at: number) {
  return unsupported(at, "temporal_ordered of some rules", "the order of rules is only defined where all of them must match");
}

function asksForAll({ op, value }: Comparison, all: number): boolean {
  return ((op === "gte" || op === "eq") && value === all) || (op === "gt" && value === all - 1);
}

function ruleExpression(expression: Expression, rules: ReferredRules, at: number, key: string): RuleExpression {
  switch (expression.op) {
    case "and":
    case "or":
      return { op: expression.op, of: expression.of.map((each) => ruleExpression(each, rules, at, key)) };
    case "not":
      return { op: "not", of: ruleExpression(expression.of, rules, at, key) };
    case "some":
      throw badValue(at, key, `must name rules; "${expression.quantifier} of" is for detections`);
    case "name": {
      const index = rules.indexOf(expression.name);
      if (index === undefined)
        throw badValue(
          at,
          key,
          `names ${quoted(expression.name)}, which is not among correlation.rules${didYouMean(expression.name, rules.names)}`,
        );
      return { op: "rule", index };
    }
  }
}

function refuseUnnamed(expression: RuleExpression, rules: ReferredRules, at: number, key: string): void {
  const named = new Set(indices(expression));
  const without = rules.names.find((_, index) => !named.has(index));
  if (without !== undefined) throw missing(at, `${quoted(without)} in ${key}`, "an expression must name all of correlation.rules");
}

function indices(expression: RuleExpression): number[] {
  if (expression.op === "rule") return [expression.index];
  return expression.op === "not" ? indices(expression.of) : expression.of.flatMap(indices);
}

/** Names in an expression, in order. */
export function namesOf(expression: Expression): string[] {
  if (expression.op === "name") return [expression.name];
  if (expression.op === "some") return [];
  return expression.op === "not" ? namesOf(expression.of) : expression.of.flatMap(namesOf);
}
