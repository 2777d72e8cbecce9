import type { FieldValue } from "../event.ts";
import type { ValueTest } from "../rule-ir.ts";
import { globTest } from "./glob.ts";
import { networkTest } from "./network.ts";
import { comparisonTest, numberOf } from "./numbers.ts";
import { regexTest } from "./regex.ts";
import { equalToOne, holdsOne, type TextTest } from "./text.ts";
import { timeOf, timeParts } from "./time-part.ts";

/** Tests that look at one value by itself; `field` looks at two. */
export type SingleTest = Exclude<ValueTest, { kind: "field" }>;

/** A test of the whole value of a field; a list counts as each of its elements. */
export type Predicate = (value: FieldValue) => boolean;

/** Lists in lists that are looked into. */
const deepestList = 8;

/** The value as text, where it has one: rules compare `8080` with "8080", and `true` with "true". */
export function textOf(value: FieldValue): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** A predicate that holds where one of the tests does. */
export function anyOfTests(tests: readonly SingleTest[]): Predicate {
  const predicates = [...textPredicates(tests), ...tests.flatMap(otherPredicate)];
  const [first, second] = predicates;
  if (first !== undefined && second === undefined) return first;
  return (value) => {
    for (const predicate of predicates) if (predicate(value)) return true;
    return false;
  };
}

/** Tests of text, gathered: equal values become one set, and texts are brought to lower case once. */
function textPredicates(tests: readonly SingleTest[]): Predicate[] {
  const textTests = [false, true].flatMap((cased): TextTest[] => {
    const equals = tests.flatMap((test) =>
      test.kind === "equals" && test.value !== null && test.cased === cased ? [String(test.value)] : [],
    );
    const parts = (["contains", "startswith", "endswith"] as const).flatMap((kind) => {
      const values = tests.flatMap((test) => (test.kind === kind && test.cased === cased ? [test.value] : []));
      return values.length === 0 ? [] : [holdsOne(kind, values, cased)];
    });
    return equals.length === 0 ? parts : [equalToOne(equals, cased), ...parts];
  });
  return [...textTests, ...tests.flatMap(singleTextTest)].map(onText);
}

function singleTextTest(test: SingleTest): TextTest[] {
  if (test.kind === "glob") return [globTest(test.parts, test.cased)];
  if (test.kind === "regex") return [regexTest(test.source, test.flags)];
  return test.kind === "cidr" ? [networkTest(test.value)] : [];
}

function otherPredicate(test: SingleTest): Predicate[] {
  switch (test.kind) {
    case "equals":
      return test.value === null ? [(value) => value === undefined || anyElement(value, isNull)] : [];
    case "exists":
      return test.value ? [(value) => value !== undefined] : [(value) => value === undefined];
    case "compare": {
      const fulfils = comparisonTest(test.is);
      return [(value) => anyElement(value, (each) => fulfils(numberOf(each)))];
    }
    case "time": {
      const fulfils = comparisonTest(test.is);
      const part = timeParts[test.unit];
      const holds: Predicate = (value) => {
        const time = timeOf(value);
        return time !== undefined && fulfils(part(new Date(time)));
      };
      return [(value) => anyElement(value, holds)];
    }
    default:
      return [];
  }
}

function isNull(value: FieldValue): boolean {
  return value === null;
}

function onText(test: TextTest): Predicate {
  const holds: Predicate = (value) => {
    const text = textOf(value);
    return text !== undefined && test(text);
  };
  // Nearly every value is a string: it goes the short way.
  return (value) => (typeof value === "string" ? test(value) : value !== undefined && value !== null && anyElement(value, holds));
}

/** Whether a value, or where it is a list one of its elements, fulfils a predicate. */
export function anyElement(value: FieldValue, holds: Predicate, depth = 0): boolean {
  if (!Array.isArray(value)) return holds(value);
  if (depth >= deepestList) return false;
  for (const element of value as readonly FieldValue[]) if (anyElement(element, holds, depth + 1)) return true;
  return false;
}
