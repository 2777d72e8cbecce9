import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exactIso, milliseconds, timeOf } from "./time.ts";

const received = Date.UTC(2026, 10, 22, 11);
const ten = Date.UTC(2026, 10, 22, 10);

test.each([
  ["2026-11-22T10:00:00.000Z", ten],
  ["2026-11-22T10:00:00Z", ten],
  ["2026-11-22 10:00:00", ten],
  ["2026-11-22 10:00:00,250", ten + 250],
  ["2026-11-22T10:00:00.123456789Z", ten + 123],
  ["2026-11-22T11:00:00+01:00", ten],
  ["2026-11-22T04:30:00-0530", ten],
  ["2026-11-22T10:00Z", ten],
  ["2026-11-22", ten - 36_000_000],
  ["2026/11/22 10:00:00", ten],
  ["22/Nov/2026:11:00:00 +0100", ten],
  ["Sun, 22 Nov 2026 10:00:00 GMT", ten],
  ["Nov 22 10:00:00", ten],
  ["Nov 22 2026 10:00:00", ten],
  ["Sun Nov 22 10:00:00 2026", ten],
  ["Nov 24 10:00:00", Date.UTC(2025, 10, 24, 10)],
  ["Feb 29 10:00:00", Date.UTC(2024, 1, 29, 10)],
  ["10:00:00.123", ten + 123],
  ["11:30:00", ten + 5_400_000],
  ["23:00:00", Date.UTC(2026, 10, 21, 23)],
  [ten, ten],
  [ten / 1000, ten],
  [ten / 1000 + 0.25, ten + 250],
  [ten * 1000, ten],
  [String(ten), ten],
  [`${ten}000000`, ten],
])("%s", (text, time) => expect(timeOf(text, { received })).toBe(time));

test.each([
  "yesterday",
  "2026-13-01T00:00:00Z",
  "2026-02-30T00:00:00.000Z",
  "2026-11-22T25:00:00.000Z",
  "2026-11-22T10:60:00.000Z",
  "2026-11-22T1x:00:00.000Z",
  "99:00:00",
  "Foo 12 10:00:00",
  -1,
  Number.NaN,
  Infinity,
  true,
  "9".repeat(100),
  {},
])("%s is no time", (text) => expect(timeOf(text, { received })).toBeNaN());

test.each([undefined, null, ""])("%s is nothing", (text) => expect(timeOf(text, { received })).toBeUndefined());

describe("zones", () => {
  test("a time without one is read in the given one", () => {
    expect(timeOf("Nov 22 11:00:00", { received, zone: 60 })).toBe(ten);
    expect(timeOf("2026-11-22T10:00:00Z", { received, zone: 60 })).toBe(ten);
  });
});

test("a clock without a day never shows the future, beyond an hour", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 86_399_999 }), fc.integer({ min: 1e12, max: 2e12 }), (clock, now) => {
      const time = timeOf(new Date(clock).toISOString().slice(11, 23), { received: now }) as number;
      expect(time % 86_400_000).toBe(clock);
      expect(time).toBeLessThanOrEqual(now + 3_600_000);
      expect(time).toBeGreaterThan(now - 86_400_000);
    }),
  );
});

test("the fast path agrees with Date", () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date("9999-12-31T23:59:59.999Z"), noInvalidDate: true }), (date) => {
      expect(exactIso(date.toISOString())).toBe(date.getTime());
    }),
  );
  fc.assert(
    fc.property(fc.stringMatching(/^2026-[01]\d-[0-3]\dT[0-2]\d:[0-6]\d:[0-6]\d\.\d{3}Z$/), (text) => {
      const parsed = new Date(text);
      const real = !Number.isNaN(parsed.getTime()) && parsed.toISOString() === text;
      expect(exactIso(text)).toEqual(real ? parsed.getTime() : Number.NaN);
    }),
  );
});

test("milliseconds are not guessed at", () => {
  expect([milliseconds(1), milliseconds("1795341600123"), milliseconds("x"), milliseconds(-1)]).toEqual([
    1,
    1_795_341_600_123,
    undefined,
    undefined,
  ]);
});
