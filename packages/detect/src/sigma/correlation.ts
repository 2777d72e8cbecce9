import type { CorrelationRule, GroupField, RuleFacts } from "../rule-ir.ts";
import type { Catalogue } from "./catalogue.ts";
import { readExpression } from "./expression.ts";
import { readFurther } from "./further.ts";
import { type CorrelationType, correlationTypes, isTemporal, namesOf, readMeasure, type ReferredRules } from "./measure.ts";
import { didYouMean, quoted } from "./nearest.ts";
import { badValue, missing, type Report } from "./report.ts";
import { asSection, asText, asTexts, type LocatedText, type Section } from "./section.ts";
import { timeSpan } from "./time-span.ts";

const keys = ["type", "rules", "group-by", "timespan", "condition", "aliases", "generate"];

/** A correlation, and what only matters until all rules are known. */
export interface ReadCorrelation {
  readonly rule: CorrelationRule;
  /** Whether the referred rules raise alerts of their own. */
  readonly generate: boolean;
}

export function readCorrelation(
  facts: RuleFacts,
  section: Section,
  telltale: Section | undefined,
  catalogue: Catalogue,
  report: Report,
): ReadCorrelation | undefined {
  const before = report.problems.length;
  for (const refusal of section.unknown(keys)) report.add(refusal);
  const type = report.attempt(() => readType(section, report));
  const timespan = report.attempt(() => readTimespan(section));
  const rules = type === undefined ? undefined : report.attempt(() => readRules(section, type, catalogue));
  const generate = report.attempt(() => section.boolean("generate"));
  if (type === undefined || rules === undefined || timespan === undefined) return undefined;
  const groupBy = report.attempt(() => readGroups(section, rules, catalogue));
  const measure = report.attempt(() => readMeasure(type, section, rules));
  const indexOf = (name: string, at: number, key: string) => indexIn(rules, name, at, key);
  const further = telltale?.entry("and");
  const and = further === undefined ? [] : report.attempt(() => readFurther(further.value, "telltale.and", indexOf, report));
  const cancelOn = report.attempt(() => readCancelOn(telltale, catalogue));
  const expect = report.attempt(() => readExpect(telltale, groupBy?.length ?? 0));
  if (report.problems.length > before || groupBy === undefined || measure === undefined || and === undefined || cancelOn === undefined)
    return undefined;
  const rule: CorrelationRule = {
    ...facts,
    kind: "correlation",
    of: rules.keys,
    called: rules.names,
    groupBy,
    timespan,
    measure,
    and,
    cancelOn,
    expect,
  };
  return { rule, generate: generate === true };
}

function readType(section: Section, report: Report): CorrelationType {
  section.required("type", `say one of ${correlationTypes.join(", ")}`);
  const type = section.choice("type", correlationTypes);
  if (type === undefined) throw missing(section.at, section.path("type"), `say one of ${correlationTypes.join(", ")}`);
  if (type === "value_median")
    report.note(section.placeOf("type"), "value_median is pySigma's; it is read as value_percentile with percentile 50");
  return type;
}

function readTimespan(section: Section): number {
  const entry = section.required("timespan", "say how long a window is, such as 10m");
  return timeSpan(asText(entry.value, section.path("timespan")) ?? "", entry.value.at, section.path("timespan"));
}

function readRules(section: Section, type: CorrelationType, catalogue: Catalogue): ReferredRules {
  const entry = section.entry("rules");
  const named = entry === undefined ? namedByCondition(section, type) : asTexts(entry.value, section.path("rules"));
  if (named.length === 0) throw missing(section.placeOf("rules"), section.path("rules"), "name at least one rule by its name or id");
  const ruleKeys: string[] = [];
  for (const { text, at } of named) {
    const key = catalogue.resolve(text, at);
    if (ruleKeys.includes(key))
      throw badValue(at, section.path("rules"), `names ${quoted(text)} twice; for several matches of one rule name an event_count of it`);
    ruleKeys.push(key);
  }
  return {
    names: named.map(({ text }) => text),
    keys: ruleKeys,
    indexOf: (name) => {
      const index = ruleKeys.indexOf(catalogue.find(name) ?? "");
      return index < 0 ? undefined : index;
    },
  };
}

/** pySigma lets temporal correlations leave `rules` out when the condition names them. */
function namedByCondition(section: Section, type: CorrelationType): LocatedText[] {
  const value = section.entry("condition")?.value;
  if (!isTemporal(type) || value?.kind !== "scalar" || typeof value.value !== "string") {
    throw missing(section.at, section.path("rules"), "name at least one rule by its name or id");
  }
  const names = namesOf(readExpression(value.value, value.at, section.path("condition")));
  return [...new Set(names)].map((text) => ({ text, at: value.at }));
}

function indexIn(rules: ReferredRules, name: string, at: number, key: string): number {
  const index = rules.indexOf(name);
  if (index === undefined)
    throw badValue(at, key, `names ${quoted(name)}, which is not among correlation.rules${didYouMean(name, rules.names)}`);
  return index;
}

function readGroups(section: Section, rules: ReferredRules, catalogue: Catalogue): GroupField[] {
  const aliases = readAliases(section, rules, catalogue);
  const entry = section.entry("group-by");
  const groups = entry === undefined ? [] : asTexts(entry.value, section.path("group-by"));
  const names = groups.map(({ text }) => text);
  for (const { text, at } of groups) {
    if (text === "") throw badValue(at, section.path("group-by"), "must name fields");
    if (names.indexOf(text) !== names.lastIndexOf(text)) throw badValue(at, section.path("group-by"), `names ${quoted(text)} twice`);
  }
  return names.map((name) => ({ name, fields: aliases.get(name) ?? rules.keys.map(() => name) }));
}

/** Alias → field of each referred rule, in their order. */
function readAliases(section: Section, rules: ReferredRules, catalogue: Catalogue): ReadonlyMap<string, readonly string[]> {
  const aliases = section.section("aliases");
  const read = new Map<string, readonly string[]>();
  for (const { key: alias, at, value } of aliases?.entries ?? []) {
    const path = `correlation.aliases.${alias}`;
    const fields: (string | undefined)[] = rules.keys.map(() => undefined);
    for (const entry of asSection(value, path).entries) {
      catalogue.resolve(entry.key, entry.at);
      fields[indexIn(rules, entry.key, entry.at, path)] = asText(entry.value, path);
    }
    const without = fields.findIndex((field) => field === undefined || field === "");
    if (without >= 0) throw missing(at, path, `give the field for the rule ${quoted(rules.names[without]!)}`);
    read.set(alias, fields as string[]);
  }
  return read;
}

function readCancelOn(telltale: Section | undefined, catalogue: Catalogue): string[] {
  const entry = telltale?.entry("cancel-on");
  return entry === undefined
    ? []
    : [...new Set(asTexts(entry.value, "telltale.cancel-on").map(({ text, at }) => catalogue.resolve(text, at)))];
}

function readExpect(telltale: Section | undefined, groups: number): CorrelationRule["expect"] {
  const entry = telltale?.entry("expect");
  if (entry === undefined) return undefined;
  if (entry.value.kind === "scalar" && entry.value.value === "seen") return "seen";
  if (entry.value.kind !== "list" || entry.value.items.length === 0)
    throw badValue(entry.value.at, "telltale.expect", "must be seen, or a list of values of the field in group-by");
  if (groups !== 1) throw badValue(entry.at, "telltale.expect", "can list values only where group-by has exactly one field");
  return [...new Set(asTexts(entry.value, "telltale.expect").map(({ text }) => text))];
}
