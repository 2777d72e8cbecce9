import type { LogSource } from "../event.ts";
import type { DetectionRule, Match } from "../rule-ir.ts";
import type { Catalogue } from "./catalogue.ts";
import { readDetection } from "./detection.ts";
import type { Expression } from "./expression.ts";
import { allOf, not } from "./match-tree.ts";
import type { Placeholders } from "./placeholders.ts";
import { missing, type Report, unsupported } from "./report.ts";
import { asTexts, type Section } from "./section.ts";

/** One exclusion for many rules. */
export interface Filter {
  /** Keys of rules, or any whose log source has what the filter's names. */
  readonly rules: "any" | ReadonlySet<string>;
  readonly logsource: LogSource;
  /** What an event must be so that the rules still match it. */
  readonly keep: Match;
  readonly at: number;
  readonly report: Report;
}

export function readFilter(
  section: Section,
  logsource: LogSource,
  catalogue: Catalogue,
  placeholders: Placeholders,
  report: Report,
): Filter | undefined {
  const rules = report.attempt(() => readTargets(section, catalogue));
  const condition = readDetection(section, ["condition", "rules"], placeholders, report);
  if (rules === undefined || condition === undefined) return undefined;
  const keep = report.attempt(() => {
    const readings = new Set(condition.expressions.map(reading));
    const [only, second] = readings;
    if (only === undefined || second !== undefined || only === "both")
      throw unsupported(
        section.placeOf("condition"),
        "filter.condition that mixes what is kept and what is taken out",
        "write it as not ( … )",
      );
    if (only === "kept") return condition.match;
    report.note(
      section.placeOf("condition"),
      "filter.condition has no not: it is read as what is taken out; pySigma would keep nothing else. Write not before it",
    );
    return not(condition.match);
  });
  return keep === undefined ? undefined : { rules, logsource, keep, at: section.at, report };
}

function readTargets(section: Section, catalogue: Catalogue): Filter["rules"] {
  const entry = section.required("rules", "name rules by id or name, or say any");
  const named = asTexts(entry.value, section.path("rules"));
  if (named.length === 1 && named[0]!.text.toLowerCase() === "any") return "any";
  if (named.length === 0) throw missing(entry.at, section.path("rules"), "name rules by id or name, or say any");
  return new Set(named.map(({ text, at }) => catalogue.resolve(text, at)));
}

/**
 * pySigma and RSigma keep events for which the condition is true (`not selection`); the specification's example names
 * what is taken out (`selection`). Only where every part says `not`, or none does, is it plain which one is meant.
 */
function reading(expression: Expression): "kept" | "taken out" | "both" {
  if (expression.op === "not") return reading(expression.of) === "taken out" ? "kept" : "both";
  if (expression.op === "name" || expression.op === "some") return "taken out";
  const readings = new Set(expression.of.map(reading));
  return readings.size === 1 ? [...readings][0]! : "both";
}

/** The rules with the filters in them. */
export function applyFilters(rules: readonly DetectionRule[], filters: readonly Filter[]): DetectionRule[] {
  const reached = new Set<Filter>();
  const filtered = rules.map((rule) => {
    const on = filters.filter((filter) => reaches(filter, rule));
    for (const filter of on) reached.add(filter);
    return on.length === 0 ? rule : { ...rule, match: allOf([rule.match, ...on.map(({ keep }) => keep)]) };
  });
  for (const filter of filters) {
    if (!reached.has(filter)) filter.report.note(filter.at, "the filter reaches no detection: none that it names has its log source");
  }
  return filtered;
}

function reaches({ rules, logsource }: Filter, rule: DetectionRule): boolean {
  if (rules !== "any" && !rules.has(rule.key)) return false;
  return (["category", "product", "service"] as const).every(
    (key) => logsource[key] === undefined || logsource[key] === rule.logsource[key],
  );
}
