import type { Match } from "../rule-ir.ts";
import { type Condition, readCondition, type Searches } from "./condition.ts";
import { allOf, anyOf, not, sizeOf } from "./match-tree.ts";
import { type Modifiers, readModifiers } from "./modifiers.ts";
import { nearest, quoted } from "./nearest.ts";
import type { Placeholders } from "./placeholders.ts";
import { badValue, missing, type Report } from "./report.ts";
import { described, type Section } from "./section.ts";
import { valueTests } from "./value-tests.ts";
import type { Entry, ListTree, ScalarTree, Tree } from "./yaml-tree.ts";

/** Values that one key of a detection may have, modifiers applied. */
const mostValues = 20_000;

/**
 * Reads `detection:` (or what stands beside `rules` in `filter:`): searches by name, and the condition over them.
 * Undefined where a part of it has a problem; each part's is in the report.
 */
export function readDetection(
  section: Section,
  reserved: readonly string[],
  placeholders: Placeholders,
  report: Report,
): Condition | undefined {
  const searches = new Map<string, { match: Match; size: number }>();
  const named = section.entries.filter(({ key }) => !reserved.includes(key));
  const before = report.problems.length;
  for (const { key, value } of named) {
    const match = report.attempt(() => readSearch(value, section.path(key), placeholders, report));
    if (match !== undefined) searches.set(key, { match, size: sizeOf(match) });
  }
  const condition = section.entry("condition");
  if (condition === undefined) return report.attempt(() => refuseWithoutCondition(section, named));
  if (searches.size === 0 && before === report.problems.length)
    report.add(missing(section.at, "a search", `${section.path("condition")} needs one to name`));
  if (before < report.problems.length) return undefined;
  return report.attempt(() => conditionOf(condition, searches, section, report));
}

function refuseWithoutCondition(section: Section, named: readonly Entry[]): never {
  const near = named.find(({ key }) => nearest(key, ["condition"]) !== undefined);
  const hint = near === undefined ? "" : `; is ${quoted(near.key)} meant to be it?`;
  throw missing(near?.at ?? section.at, section.path("condition"), `say which searches must match, as in "selection"${hint}`);
}

function conditionOf(entry: Entry, searches: Searches, section: Section, report: Report): Condition {
  const condition = readCondition(entry, searches, section.path("condition"));
  for (const name of searches.keys()) {
    if (!condition.used.has(name)) report.note(section.placeOf(name), `${section.path(name)} is not used by the condition`);
  }
  return condition;
}

/** A search: a map of fields (all must match), a list of maps or of words (one must), or one word. */
function readSearch(tree: Tree, key: string, placeholders: Placeholders, report: Report): Match | undefined {
  if (tree.kind === "scalar")
    return itemMatch(undefined, { kind: "list", at: tree.at, items: [tree] }, readModifiers([], tree.at, key), key, placeholders);
  if (tree.kind === "map") {
    if (tree.entries.length === 0) throw badValue(tree.at, key, "is empty");
    const matches = tree.entries.map((entry) => report.attempt(() => fieldMatch(entry, key, placeholders)));
    return matches.includes(undefined) ? undefined : allOf(matches as Match[]);
  }
  if (tree.items.length === 0) throw badValue(tree.at, key, "is empty");
  const matches = tree.items.map((item) => report.attempt(() => readSearch(item, key, placeholders, report)));
  return matches.includes(undefined) ? undefined : anyOf(matches as Match[]);
}

/** `field|modifier|modifier: value`; without a field the values are looked for in the whole event. */
function fieldMatch(entry: Entry, search: string, placeholders: Placeholders): Match {
  const [field = "", ...names] = entry.key.split("|");
  const key = `${search}.${quoted(entry.key)}`;
  const modifiers = readModifiers(names, entry.at, key);
  if (entry.value.kind === "map") throw badValue(entry.value.at, key, "must be a value or a list of values, not a map");
  const values: ListTree = entry.value.kind === "list" ? entry.value : { kind: "list", at: entry.value.at, items: [entry.value] };
  if (values.items.length === 0) throw badValue(values.at, key, "has an empty list of values");
  return itemMatch(field === "" ? undefined : field, values, modifiers, key, placeholders);
}

function itemMatch(field: string | undefined, values: ListTree, modifiers: Modifiers, key: string, placeholders: Placeholders): Match {
  if (field === undefined && modifiers.kind !== "value" && modifiers.kind !== "regex")
    throw badValue(values.at, key, "needs a field before the modifiers");
  let count = 0;
  const matches = values.items.map((item) => {
    const tests = valueTests(plainValue(item, key), modifiers, key, field === undefined, placeholders);
    count += tests.length;
    if (count > mostValues) throw badValue(item.at, key, `has more than ${mostValues} values`);
    return anyOf(tests.map((test) => (field === undefined ? { op: "keyword", test } : { op: "field", field, test })));
  });
  const match = modifiers.all ? allOf(matches) : anyOf(matches);
  return modifiers.negated ? not(match) : match;
}

function plainValue(tree: Tree, key: string): ScalarTree {
  if (tree.kind !== "scalar") throw badValue(tree.at, key, `must be a value or a list of values; one of them is ${described(tree)}`);
  return tree;
}
