import type { FieldValue } from "../event.ts";

/** The last millisecond with a year of four digits. */
const LAST = 253_402_300_799_999;
const MINUTE = 60_000;
const DAY = 86_400_000;

/** The minute that was read last, as text (`2026-11-21T10:00:`) and in milliseconds: lines come many a minute. */
let minuteText = "";
let minuteStart = 0;

/**
 * Milliseconds of a time as `@telltale/log` writes it: `2026-11-21T10:00:00.000Z`, 24 characters. NaN for any other text.
 * The hot path: no regular expression, no Date.
 */
export function exactIso(text: string): number {
  if (text.length !== 24 || text.charCodeAt(19) !== 46 || text.charCodeAt(23) !== 90) return Number.NaN;
  if (minuteText === "" || !text.startsWith(minuteText)) {
    const start = minuteOf(text);
    if (Number.isNaN(start)) return start;
    minuteStart = start;
    minuteText = text.slice(0, 17);
  }
  const second = digits(text, 17, 19);
  return second < 60 ? minuteStart + second * 1000 + digits(text, 20, 23) : Number.NaN;
}

/** Where the minute begins that stands in the first 17 characters. */
function minuteOf(text: string): number {
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45 || text.charCodeAt(10) !== 84) return Number.NaN;
  if (text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return Number.NaN;
  return utc(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10), digits(text, 11, 13), digits(text, 14, 16), 0);
}

/** The number that stands between two places; NaN where one character is no digit. */
function digits(text: string, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

/** Milliseconds since 1970; NaN for a day or an hour that no calendar shows. Second 60 is a leap second: the next one. */
function utc(year: number, month: number, date: number, hour: number, minute: number, second: number): number {
  if (!(month >= 1 && month <= 12 && date >= 1 && date <= 31 && year >= 1970 && hour < 24 && minute < 60 && second <= 60))
    return Number.NaN;
  const start = Date.UTC(year, month - 1, date);
  if (new Date(start).getUTCDate() !== date) return Number.NaN;
  return start + ((hour * 60 + minute) * 60 + second) * 1000;
}

/** What a zone-less or year-less time is read by. */
export interface TimeFacts {
  /** See LineBatch.received. */
  readonly received: number;
  /** Minutes east of UTC for times without a zone. Default: 0. */
  readonly zone?: number;
}

/**
 * A time as logs write it: ISO 8601 (a blank for the `T`, a comma for the dot), seconds, milliseconds, microseconds or nanoseconds
 * since 1970 (told apart by their magnitude, as number or text), `22/Nov/2026:10:00:00 +0100`, `Sun, 22 Nov 2026 10:00:00 GMT`,
 * `2026/11/22 10:00:00`, `Nov 22 10:00:00`, `10:00:00.123`. A missing year or day is the latest that is not after `received` (a day
 * of tolerance for clocks). Undefined where there is no value; NaN where it is no time.
 */
export function timeOf(value: FieldValue, facts: TimeFacts): number | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value === "number") return epoch(value);
  if (typeof value !== "string") return Number.NaN;
  const exact = exactIso(value);
  return Number.isNaN(exact) ? textTime(value, facts) : exact;
}

/** 1e11 as seconds is the year 5138 and as milliseconds 1973: no log is near either. */
function epoch(value: number): number {
  const ms = value < 1e11 ? value * 1000 : value < 1e14 ? value : value < 1e17 ? value / 1000 : value / 1e6;
  return ms >= 0 && ms <= LAST ? Math.floor(ms) : Number.NaN;
}

/** Milliseconds, where the format says that they are: no guessing by magnitude. Undefined for what is no whole number. */
export function milliseconds(value: FieldValue): number | undefined {
  const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && number >= 0 && number <= LAST ? Math.floor(number) : undefined;
}

/** No time is longer; bounds what the expressions below look at. */
const LONGEST = 64;

const months: readonly string[] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const iso = /^(\d{4})[-/](\d\d)[-/](\d\d)(?:[T _](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)? ?(Z|UTC|GMT|[+-]\d\d:?\d\d)?$/i;
const dayFirst =
  /^(?:[A-Z][a-z]{2},? )?(\d{1,2})[ /-]([A-Z][a-z]{2})[ /-](\d{4})[ :](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))? ?(Z|UTC|GMT|[+-]\d\d:?\d\d)?$/i;
const monthFirst = /^(?:[A-Z][a-z]{2} )?([A-Z][a-z]{2}) {1,2}(\d{1,2}) (?:(\d{4}) )?(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?: (\d{4}))?$/i;
const clock = /^(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?$/;

function textTime(text: string, facts: TimeFacts): number {
  if (text.length > LONGEST) return Number.NaN;
  if (/^\d{1,19}(?:\.\d{1,9})?$/.test(text)) return epoch(Number(text));
  const one = iso.exec(text);
  if (one) {
    const [, year, month, date, hour = "0", minute = "0", second = "0", fraction, zone] = one;
    return bounded(utc(Number(year), Number(month), Number(date), Number(hour), Number(minute), Number(second)), fraction, zone, facts);
  }
  const two = dayFirst.exec(text);
  if (two) {
    const [, date, month, year, hour, minute, second, fraction, zone] = two;
    return bounded(utc(Number(year), monthOf(month), Number(date), Number(hour), Number(minute), Number(second)), fraction, zone, facts);
  }
  return monthFirstTime(text, facts);
}

function monthFirstTime(text: string, facts: TimeFacts): number {
  const found = monthFirst.exec(text);
  if (!found) return clockTime(text, facts);
  const [, name, date, before, hour, minute, second, fraction, after] = found;
  const given = before ?? after;
  const at = (year: number) =>
    bounded(utc(year, monthOf(name), Number(date), Number(hour), Number(minute), Number(second)), fraction, undefined, facts);
  if (given !== undefined) return at(Number(given));
  const latest = new Date(facts.received + DAY).getUTCFullYear();
  // Eight years hold a 29 February, whatever the year of the reading.
  for (let year = latest; year > latest - 9; year--) {
    const time = at(year);
    if (time <= facts.received + DAY) return time;
  }
  return Number.NaN;
}

/** A clock without a day, as Elixir's console writes it: the last time that it showed this. */
function clockTime(text: string, facts: TimeFacts): number {
  const found = clock.exec(text);
  if (!found) return Number.NaN;
  const [, hour, minute, second, fraction] = found;
  const today = Math.floor(facts.received / DAY) * DAY;
  const sinceMidnight = bounded(utc(1970, 1, 2, Number(hour), Number(minute), Number(second)), fraction, undefined, facts) - DAY;
  const time = today + sinceMidnight;
  // A clock that runs an hour ahead is wrong; one that runs further ahead showed yesterday.
  return time > facts.received + 60 * MINUTE ? time - DAY : time + DAY <= facts.received ? time + DAY : time;
}

function monthOf(name: string | undefined): number {
  return months.indexOf((name ?? "").toLowerCase()) + 1;
}

function bounded(seconds: number, fraction: string | undefined, zone: string | undefined, facts: TimeFacts): number {
  const time = seconds - zoneMinutes(zone, facts) * MINUTE + (fraction === undefined ? 0 : Number(`${fraction}00`.slice(0, 3)));
  return time >= 0 && time <= LAST ? time : Number.NaN;
}

function zoneMinutes(zone: string | undefined, facts: TimeFacts): number {
  if (zone === undefined) return facts.zone ?? 0;
  if (!/^[+-]/.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith("-") ? -minutes : minutes;
}
