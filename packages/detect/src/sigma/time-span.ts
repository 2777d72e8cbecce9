import { quoted } from "./nearest.ts";
import { badValue, unsupported } from "./report.ts";

const units: ReadonlyMap<string, number> = new Map([
  ["s", 1_000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
  ["w", 604_800_000],
]);

/** Ten years: sums of times stay exact, and nobody keeps a window so long. */
const longest = 3_660 * 86_400_000;

/** Milliseconds of `90s`, `10m`, `1h`, `7d`, `2w`; more than nothing. */
export function timeSpan(text: string, at: number, key: string): number {
  const [, amount, unit] = /^(\d{1,9})([a-zA-Z])$/.exec(text.trim()) ?? [];
  if (unit === "M" || unit === "y")
    throw unsupported(at, `${key} in ${unit === "M" ? "months" : "years"}`, "they have no fixed length; use days");
  const length = units.get(unit ?? "");
  if (amount === undefined || length === undefined)
    throw badValue(at, key, `must be a whole number with s, m, h, d or w, such as 10m, not ${quoted(text)}`);
  const span = Number(amount) * length;
  if (span === 0) throw badValue(at, key, "must be more than nothing");
  if (span > longest) throw badValue(at, key, "must be ten years at most");
  return span;
}

/** Milliseconds from a start: `0s`, `90s`, and joined as in `1h5m30s`. */
export function timeOffset(text: string, at: number, key: string): number {
  if (!/^(?:\d{1,9}[smhdw]){1,5}$/.test(text.trim()))
    throw badValue(at, key, `must be a time such as 0s, 90s or 5m30s, not ${quoted(text)}`);
  let sum = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)([smhdw])/g)) sum += Number(amount) * units.get(unit!)!;
  if (sum > longest) throw badValue(at, key, "must be ten years at most");
  return sum;
}
