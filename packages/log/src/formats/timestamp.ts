/** The last millisecond with a year of four digits, as RFC 3339 and RFC 5424 want it. */
const LAST = 253_402_300_799_999;
const EPOCH = "1970-01-01T00:00:00.000Z";

let second = -1;
let prefix = "";

/**
 * `2026-11-21T10:00:00.000Z` from milliseconds since 1970. A time that no clock shows (not a number, before 1970, after 9999)
 * becomes the epoch: an event with a wrong time is worth more than none. Remembers the second, for records come many a second.
 */
export function isoTime(milliseconds: number): string {
  if (!(milliseconds >= 0 && milliseconds <= LAST)) return EPOCH;
  const whole = Math.floor(milliseconds / 1000);
  if (whole !== second) {
    prefix = new Date(whole * 1000).toISOString().slice(0, 20);
    second = whole;
  }
  const rest = Math.floor(milliseconds) - whole * 1000;
  return `${prefix}${rest > 99 ? rest : rest > 9 ? `0${rest}` : `00${rest}`}Z`;
}

/** Whole milliseconds, within the same bounds. */
export function wholeMilliseconds(milliseconds: number): number {
  return milliseconds >= 0 && milliseconds <= LAST ? Math.floor(milliseconds) : 0;
}
