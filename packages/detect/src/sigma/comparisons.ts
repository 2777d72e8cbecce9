import type { CompareOp, Comparison } from "../rule-ir.ts";
import { badValue, missing } from "./report.ts";
import { described, type Section } from "./section.ts";
import { timeSpan } from "./time-span.ts";
import { scalarText, type Entry } from "./yaml-tree.ts";

export const compareOps: readonly CompareOp[] = ["gt", "gte", "lt", "lte", "eq", "neq"];

/** How the number of a comparison is written, and what it may be. */
type NumberReader = (entry: Entry, key: string) => number;

export const anyNumber: NumberReader = ({ value }, key) => {
  const number = value.kind === "scalar" ? value.value : undefined;
  if (typeof number !== "number") throw badValue(value.at, key, `must be a number, not ${described(value)}`);
  return number;
};

export const share: NumberReader = (entry, key) => {
  const number = anyNumber(entry, key);
  if (number < 0 || number > 1) throw badValue(entry.value.at, key, "must be a share from 0 to 1");
  return number;
};

export const time: NumberReader = ({ value }, key) => {
  if (value.kind !== "scalar") throw badValue(value.at, key, `must be a time such as 5m, not ${described(value)}`);
  return timeSpan(scalarText(value), value.at, key);
};

/** The comparisons among the keys of a section; all must hold. At least one, and such that some number fulfils them. */
export function readComparisons(section: Section, number: NumberReader): Comparison[] {
  const comparisons = section.entries.flatMap((entry) => {
    const op = compareOps.find((each) => each === entry.key);
    return op === undefined ? [] : [{ op, value: number(entry, section.path(op)) }];
  });
  if (comparisons.length === 0) throw missing(section.at, section.path("gte"), `a comparison is needed: one of ${compareOps.join(", ")}`);
  if (contradict(comparisons))
    throw badValue(section.at, section.path(comparisons[0]!.op), "contradicts the comparison beside it: no number fulfils both");
  return comparisons;
}

function contradict(comparisons: readonly Comparison[]): boolean {
  const exact = comparisons.find(({ op }) => op === "eq");
  if (exact !== undefined) return !comparisons.every((each) => fulfils(exact.value, each));
  const low = Math.max(...comparisons.filter(({ op }) => op === "gt" || op === "gte").map(({ value }) => value));
  const high = Math.min(...comparisons.filter(({ op }) => op === "lt" || op === "lte").map(({ value }) => value));
  return low > high || (low === high && !comparisons.every((each) => fulfils(low, each)));
}

function fulfils(number: number, { op, value }: Comparison): boolean {
  if (op === "gt") return number > value;
  if (op === "gte") return number >= value;
  if (op === "lt") return number < value;
  if (op === "lte") return number <= value;
  return op === "eq" ? number === value : number !== value;
}
