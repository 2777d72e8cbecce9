import type { FieldValue } from "../event.ts";
import type { ValueTest } from "../rule-ir.ts";

type TimeUnit = Extract<ValueTest, { kind: "time" }>["unit"];

/** Numbers below are seconds since 1970 (to the year 5138), numbers from it on milliseconds (from March 1973). */
const leastMilliseconds = 1e11;

/** Milliseconds since 1970 of a field that holds a time: ISO 8601, or a number of seconds or milliseconds. */
export function timeOf(value: FieldValue): number | undefined {
  const number = typeof value === "string" && /^\d{1,16}(?:\.\d{1,9})?$/.test(value) ? Number(value) : value;
  if (typeof number === "number") {
    const time = number < leastMilliseconds ? number * 1000 : number;
    return Number.isFinite(time) && Math.abs(time) <= 8.64e15 ? time : undefined;
  }
  if (typeof number !== "string" || !/^\d{4}-\d{2}-\d{2}/.test(number) || number.length > 40) return undefined;
  // Without a zone it is UTC: the same event must not match on one machine and miss on another.
  const zoned = /(?:z|[+-]\d{2}:?\d{2})$/i.test(number) || number.length === 10 ? number : `${number}Z`;
  const time = Date.parse(zoned.replace(" ", "T"));
  return Number.isNaN(time) ? undefined : time;
}

/** A part of a time in UTC; the week is that of ISO 8601. */
export const timeParts: { readonly [unit in TimeUnit]: (time: Date) => number } = {
  minute: (time) => time.getUTCMinutes(),
  hour: (time) => time.getUTCHours(),
  day: (time) => time.getUTCDate(),
  week: isoWeek,
  month: (time) => time.getUTCMonth() + 1,
  year: (time) => time.getUTCFullYear(),
};

const day = 86_400_000;

/** Week 1 is the one with the year's first Thursday. */
function isoWeek(time: Date): number {
  const thursday = new Date(time.getTime() + (4 - (time.getUTCDay() || 7)) * day);
  const newYear = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return Math.floor((thursday.getTime() - newYear) / day / 7) + 1;
}
