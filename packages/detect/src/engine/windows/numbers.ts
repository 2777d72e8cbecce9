import { largestNumber } from "../aggregates/sums.ts";
import type { FieldValue } from "../../event.ts";

const spelled = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?\s*$/i;

/** A number, or a string of up to 40 characters that spells one; NaN otherwise. Beyond 2^53 it counts as that. */
export function numberOf(value: FieldValue): number {
  const number = typeof value === "string" && value.length <= 40 && spelled.test(value) ? Number(value) : value;
  if (typeof number !== "number" || Number.isNaN(number)) return Number.NaN;
  return Math.max(-largestNumber, Math.min(largestNumber, number));
}
