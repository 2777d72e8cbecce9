import { RE2JS } from "re2js";
import type { ValueTest } from "../rule-ir.ts";
import { encodings, patternOf, type Encoded } from "./encodings.ts";
import type { Modifiers } from "./modifiers.ts";
import { quoted } from "./nearest.ts";
import { networkProblem } from "./network.ts";
import { joined, type Pattern, patternTest, plain, plainText, readPattern } from "./pattern.ts";
import { expandPlaceholders, type Placeholders } from "./placeholders.ts";
import { badValue, unsupported } from "./report.ts";
import { described } from "./section.ts";
import { type ScalarTree, scalarText } from "./yaml-tree.ts";

/** The value tests that one value of a detection stands for: one of them must hold. `keyword`: looked for inside a text. */
export function valueTests(tree: ScalarTree, modifiers: Modifiers, key: string, keyword: boolean, placeholders: Placeholders): ValueTest[] {
  switch (modifiers.kind) {
    case "regex":
      return [{ kind: "regex", source: regexSource(tree, modifiers.flags, key), flags: modifiers.flags }];
    case "cidr":
      return networks(tree, modifiers, key, placeholders);
    case "exists":
      return [{ kind: "exists", value: truth(tree, key) }];
    case "fieldref":
      return [{ kind: "field", field: fieldName(tree, key), part: modifiers.affix ?? "equals", cased: modifiers.cased }];
    case "number":
      return [numberTest(tree, modifiers, key)];
    case "value":
      return plainTests(tree, modifiers, key, keyword, placeholders);
  }
}

function plainTests(tree: ScalarTree, modifiers: Modifiers, key: string, keyword: boolean, placeholders: Placeholders): ValueTest[] {
  const { value } = tree;
  const bare = modifiers.affix === undefined && modifiers.encode.length === 0 && !modifiers.expand && !keyword;
  if (typeof value !== "string" && bare) return [{ kind: "equals", value, cased: modifiers.cased }];
  if (value === null) throw badValue(tree.at, key, "cannot look for nothing (null) in a text");
  const read = typeof value === "string" ? readPattern(value) : plain(scalarText(tree));
  const patterns = modifiers.expand ? expandPlaceholders(read, placeholders, tree.at, key) : [read];
  const encoded = modifiers.encode.reduce<Encoded[]>(
    (values, name) => values.flatMap((each) => encodings[name](each, tree.at, key)),
    patterns.map((pattern) => ({ pattern })),
  );
  const affix = modifiers.affix ?? (keyword ? "contains" : undefined);
  return encoded.map((each) => patternTest(affixed(patternOf(each, tree.at, key), affix), modifiers.cased));
}

function affixed(pattern: Pattern, affix: Modifiers["affix"]): Pattern {
  if (affix === undefined) return pattern;
  return joined([...(affix === "startswith" ? [] : ["any" as const]), ...pattern, ...(affix === "endswith" ? [] : ["any" as const])]);
}

/** Longest regular expression of a rule, characters. */
const longestRegex = 8_192;
/** Steps of its automaton, repetitions written out; time is at worst this times the text. The largest of SigmaHQ has 1,003. */
const mostSteps = 1_200;
const flagBits: Readonly<Record<string, number>> = { i: RE2JS.CASE_INSENSITIVE, m: RE2JS.MULTILINE, s: RE2JS.DOTALL };

function regexSource(tree: ScalarTree, flags: string, key: string): string {
  if (tree.value === null) throw badValue(tree.at, key, "must be a regular expression, not nothing");
  const source = scalarText(tree);
  if (source.length > longestRegex) throw badValue(tree.at, key, `is longer than ${longestRegex} characters`);
  const steps = programSize(source, flags, tree.at, key);
  if (steps > mostSteps)
    throw badValue(tree.at, key, `is too large: its repetitions written out make ${steps} steps, and ${mostSteps} is the most`);
  return source;
}

function programSize(source: string, flags: string, at: number, key: string): number {
  try {
    const bits = [...flags].reduce((sum, flag) => sum | flagBits[flag]!, 0);
    return RE2JS.compile(source, bits).programSize();
  } catch (error) {
    throw regexRefusal(source, error instanceof Error ? error.message : String(error), at, key);
  }
}

function regexRefusal(source: string, message: string, at: number, key: string): Error {
  if (/\(\?<?[=!]/.test(source)) return unsupported(at, `${key} with look-around`, "RE2 has none, so that matching takes linear time");
  if (/invalid escape sequence: `?\\[1-9]/.test(message))
    return unsupported(at, `${key} with a back reference`, "RE2 has none, so that matching takes linear time");
  return badValue(
    at,
    key,
    `is not a regular expression of RE2: ${message
      .replace(/^error parsing regexp: /, "")
      .replace(/\s+/g, " ")
      .slice(0, 120)}`,
  );
}

function networks(tree: ScalarTree, modifiers: Modifiers, key: string, placeholders: Placeholders): ValueTest[] {
  const text = tree.value === null ? "" : scalarText(tree);
  const values = modifiers.expand
    ? expandPlaceholders(plain(text), placeholders, tree.at, key).map((pattern) => plainText(pattern) ?? "*")
    : [text];
  return values.map((value) => {
    const problem = networkProblem(value);
    if (problem !== undefined) throw badValue(tree.at, key, problem);
    return { kind: "cidr", value };
  });
}

function truth(tree: ScalarTree, key: string): boolean {
  const text = scalarText(tree).toLowerCase();
  // YAML 1.1, which other tools read, has yes and no for them.
  if (text === "true" || text === "yes") return true;
  if (text === "false" || text === "no") return false;
  throw badValue(tree.at, key, `must be true or false, not ${described(tree)}`);
}

function fieldName(tree: ScalarTree, key: string): string {
  const name = typeof tree.value === "string" ? plainText(readPattern(tree.value)) : undefined;
  if (name === undefined || name === "") throw badValue(tree.at, key, `must name a field, without wildcards, not ${described(tree)}`);
  return name;
}

function numberTest(tree: ScalarTree, modifiers: Modifiers, key: string): ValueTest {
  const value =
    typeof tree.value === "number" ? tree.value : /^-?\d+(\.\d+)?$/.test(scalarText(tree)) ? Number(scalarText(tree)) : Number.NaN;
  if (!Number.isFinite(value)) throw badValue(tree.at, key, `must be a number, not ${described(tree)}`);
  const is = { op: modifiers.compare ?? "eq", value } as const;
  if (modifiers.time === undefined) return { kind: "compare", is };
  if (!Number.isInteger(value) || value < 0) throw badValue(tree.at, key, `must be a whole number, not ${quoted(String(value))}`);
  return { kind: "time", unit: modifiers.time, is };
}
