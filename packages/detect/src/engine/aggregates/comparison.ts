import type { Comparison } from "../../rule-ir.ts";

export type NumberTest = (value: number) => boolean;

/** All comparisons as one test. NaN fulfils nothing. */
export function comparisonTest(is: readonly Comparison[]): NumberTest {
  const [first, second] = is.map(single);
  if (first !== undefined && is.length === 1) return first;
  if (first !== undefined && second !== undefined && is.length === 2) return (value) => first(value) && second(value);
  const tests = is.map(single);
  return (value) => tests.every((test) => test(value));
}

function single({ op, value: bound }: Comparison): NumberTest {
  switch (op) {
    case "gt":
      return (value) => value > bound;
    case "gte":
      return (value) => value >= bound;
    case "lt":
      return (value) => value < bound;
    case "lte":
      return (value) => value <= bound;
    case "eq":
      return (value) => value === bound;
    case "neq":
      return (value) => value !== bound && !Number.isNaN(value);
  }
}
