import { DAY, HOUR } from "../options.ts";

/** How busy each hour of a working day is (UTC), the busiest 1: everybody logs in at nine, and nobody at four. */
const workday = [
  0.05, 0.03, 0.02, 0.02, 0.02, 0.04, 0.12, 0.4, 0.9, 1, 0.8, 0.7, 0.55, 0.65, 0.7, 0.65, 0.55, 0.45, 0.35, 0.3, 0.3, 0.25, 0.18, 0.1,
] as const;

/** Of a working day's hour. */
const WEEKEND = 0.35;

/** The busiest that a moment can be. */
export const BUSIEST = 1;

/** How busy a moment is, from 0 to {@link BUSIEST}; between two hours it goes over evenly. */
export function busy(time: number): number {
  const hours = (time % DAY) / HOUR;
  const hour = Math.floor(hours);
  const here = workday[hour] as number;
  const next = workday[(hour + 1) % 24] as number;
  const value = here + (next - here) * (hours - hour);
  return isWeekend(time) ? value * WEEKEND : value;
}

/** 1970 began on a Thursday. */
export function isWeekend(time: number): boolean {
  const day = (Math.floor(time / DAY) + 4) % 7;
  return day === 0 || day === 6;
}

/** Whether people sit in their offices. */
export function isOfficeTime(time: number): boolean {
  const hour = (time % DAY) / HOUR;
  return !isWeekend(time) && hour >= 7.5 && hour < 17;
}

/** Mean of {@link busy} over a week. */
export const meanBusy = (() => {
  const day = workday.reduce<number>((sum, value) => sum + value, 0) / workday.length;
  return (day * (5 + 2 * WEEKEND)) / 7;
})();
