import type { Match } from "../rule-ir.ts";
import { type Expression, readExpression } from "./expression.ts";
import { allOf, anyOf, not } from "./match-tree.ts";
import { didYouMean, quoted } from "./nearest.ts";
import { badValue } from "./report.ts";
import { asTexts } from "./section.ts";
import type { Entry } from "./yaml-tree.ts";

/** Named searches of a detection, and how many tests each has. */
export type Searches = ReadonlyMap<string, { readonly match: Match; readonly size: number }>;

export interface Condition {
  readonly match: Match;
  readonly expressions: readonly Expression[];
  /** Searches that the condition names. */
  readonly used: ReadonlySet<string>;
}

/** Tests of one rule with every search written out where the condition names it. */
const mostTests = 50_000;

/** A condition, or a list of them of which one must hold. */
export function readCondition(entry: Entry, searches: Searches, key: string): Condition {
  const texts = asTexts(entry.value, key);
  if (texts.length === 0) throw badValue(entry.at, key, 'must say which searches must match, as in "selection"');
  const scope = { searches, at: entry.value.at, key, used: new Set<string>(), size: 0 };
  const expressions = texts.map(({ text, at }) => readExpression(text, at, key));
  const match = anyOf(expressions.map((expression) => toMatch(expression, scope)));
  return { match, expressions, used: scope.used };
}

interface Scope {
  readonly searches: Searches;
  readonly at: number;
  readonly key: string;
  readonly used: Set<string>;
  size: number;
}

function toMatch(expression: Expression, scope: Scope): Match {
  switch (expression.op) {
    case "and":
      return allOf(expression.of.map((each) => toMatch(each, scope)));
    case "or":
      return anyOf(expression.of.map((each) => toMatch(each, scope)));
    case "not":
      return not(toMatch(expression.of, scope));
    case "name":
      return search(expression.name, scope);
    case "some": {
      const names = matchingNames(expression.pattern, scope);
      const matches = names.map((name) => search(name, scope));
      return expression.quantifier === "all" ? allOf(matches) : anyOf(matches);
    }
  }
}

function search(name: string, scope: Scope): Match {
  const found = scope.searches.get(name);
  if (found === undefined)
    throw badValue(scope.at, scope.key, `names ${quoted(name)}, which is no search of this rule${didYouMean(name, scope.searches.keys())}`);
  scope.used.add(name);
  scope.size += found.size;
  if (scope.size > mostTests) throw badValue(scope.at, scope.key, `makes more than ${mostTests} tests`);
  return found.match;
}

/** Names with a leading underscore are for patterns that begin with one. */
function matchingNames(pattern: string, scope: Scope): string[] {
  const matches = pattern.toLowerCase() === "them" ? () => true : nameTest(pattern);
  const names = [...scope.searches.keys()].filter((name) => matches(name) && (pattern.startsWith("_") || !name.startsWith("_")));
  if (names.length === 0)
    throw badValue(
      scope.at,
      scope.key,
      `asks for ${quoted(pattern)}, and no search is called so${didYouMean(pattern.replace(/[*]/g, ""), scope.searches.keys())}`,
    );
  return names;
}

/** Whether a name matches a pattern with `*`: pieces in order, so that no pattern takes more than linear time. */
function nameTest(pattern: string): (name: string) => boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return (name) => name === first;
  return (name) => {
    if (!name.startsWith(first) || !name.endsWith(last)) return false;
    let from = first.length;
    for (const piece of rest) {
      const found = name.indexOf(piece, from);
      if (found < 0) return false;
      from = found + piece.length;
    }
    return from <= name.length - last.length;
  };
}
