import type { FieldValue } from "../event.ts";
import type { Comparison } from "../rule-ir.ts";

/** The number of a field: itself, or a string that spells one in decimal. NaN for all else. */
export function numberOf(value: FieldValue): number {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^[+-]?\d{1,400}(?:\.\d{1,400})?(?:[eE][+-]?\d{1,3})?$/.test(value) ? Number(value) : Number.NaN;
}

/** Whether a number fulfils a comparison; NaN fulfils none. */
export function comparisonTest({ op, value }: Comparison): (number: number) => boolean {
  switch (op) {
    case "gt":
      return (number) => number > value;
    case "gte":
      return (number) => number >= value;
    case "lt":
      return (number) => number < value;
    case "lte":
      return (number) => number <= value;
    case "eq":
      return (number) => number === value;
    case "neq":
      return (number) => number !== value && !Number.isNaN(number);
  }
}
