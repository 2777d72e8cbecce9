import type { Fields } from "../event.ts";
import { fieldReader } from "../fields.ts";
import type { Match } from "../rule-ir.ts";
import { referenceTest } from "./field-reference.ts";
import { anyString } from "./keyword.ts";
import { anyOfTests, type SingleTest } from "./value.ts";

/** Whether an event is what a rule asks for. Never throws, whatever the fields hold. */
export type EventTest = (fields: Fields) => boolean;

/**
 * Compiles a match to one function. Strings are compared without case unless a test is cased; numbers equal strings that
 * spell them; a list matches if one of its elements does; a missing field equals null and nothing else. Regular expressions
 * are searched for, take linear time, and see the first 8,192 characters of a value. Keywords look at the first 10,000
 * values of an event, 32 levels deep.
 */
export function compileMatch(match: Match): EventTest {
  switch (match.op) {
    case "all":
      return every(match.of.map(compileMatch));
    case "any":
      return some(gathered(match.of));
    case "not": {
      const test = compileMatch(match.of);
      return (fields) => !test(fields);
    }
    case "field":
      return fieldTest(match.field, match.test);
    case "keyword":
      return keywordTest([match.test]);
  }
}

function fieldTest(field: string, test: Extract<Match, { op: "field" }>["test"]): EventTest {
  const read = fieldReader(field);
  if (test.kind !== "field") return testsOf(field, [test]);
  const other = fieldReader(test.field);
  const holds = referenceTest(test);
  return (fields) => holds(read(fields), other(fields));
}

/** One of several tests of the same field: it is read once. */
function testsOf(field: string, tests: readonly SingleTest[]): EventTest {
  const read = fieldReader(field);
  const holds = anyOfTests(tests);
  return (fields) => holds(read(fields));
}

function keywordTest(tests: readonly Extract<Match, { op: "keyword" }>["test"][]): EventTest {
  const holds = anyOfTests(tests.filter(isSingle));
  return (fields) => anyString(fields, holds);
}

function isSingle(test: Extract<Match, { op: "keyword" }>["test"]): test is SingleTest {
  return test.kind !== "field";
}

/** The alternatives of an `any`, those of one field and all keywords gathered into one test each. */
function gathered(of: readonly Match[]): EventTest[] {
  const byField = new Map<string, SingleTest[]>();
  const keywords: SingleTest[] = [];
  const rest: EventTest[] = [];
  for (const match of of) {
    if (match.op === "keyword" && isSingle(match.test)) keywords.push(match.test);
    else if (match.op === "field" && isSingle(match.test)) {
      const tests = byField.get(match.field);
      if (tests === undefined) byField.set(match.field, [match.test]);
      else tests.push(match.test);
    } else rest.push(compileMatch(match));
  }
  const fields = [...byField].map(([field, tests]) => testsOf(field, tests));
  return [...fields, ...rest, ...(keywords.length === 0 ? [] : [keywordTest(keywords)])];
}

function every(tests: readonly EventTest[]): EventTest {
  const [first, second, third] = tests;
  if (first !== undefined && tests.length === 1) return first;
  // Two and three are the usual numbers; without the loop calls can be inlined.
  if (first !== undefined && second !== undefined && tests.length === 2) return (fields) => first(fields) && second(fields);
  if (first !== undefined && second !== undefined && third !== undefined && tests.length === 3) {
    return (fields) => first(fields) && second(fields) && third(fields);
  }
  return (fields) => {
    for (const test of tests) if (!test(fields)) return false;
    return true;
  };
}

function some(tests: readonly EventTest[]): EventTest {
  const [first, second] = tests;
  if (first !== undefined && tests.length === 1) return first;
  if (first !== undefined && second !== undefined && tests.length === 2) return (fields) => first(fields) || second(fields);
  return (fields) => {
    for (const test of tests) if (test(fields)) return true;
    return false;
  };
}
