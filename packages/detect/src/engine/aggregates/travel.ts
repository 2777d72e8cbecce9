import type { Groups } from "../state/groups.ts";
import type { Entries } from "../windows/entries.ts";
import type { GroupLayout } from "../windows/layout.ts";
import type { Aggregate } from "./aggregate.ts";

const earthRadius = 6371.0088;

/** Where an address lies, degrees. */
export interface Spot {
  readonly latitude: number;
  readonly longitude: number;
}

/**
 * Two successive events at known places, so far apart that the way between them took more than a speed. Keeps the last
 * place, and when the latest such pair began.
 */
export class Travel implements Aggregate {
  readonly inOrder = true;
  readonly #groups: Groups;
  readonly #entries: Entries;
  readonly #facts: { readonly distance: number; readonly speed: number; readonly timespan: number };
  readonly #value: number;
  readonly #spot: (value: number) => Spot | undefined;
  /** Indices of 64-bit numbers: time and place of the last event with a place, time of the last event, the latest pair. */
  readonly #first: number;

  /** `value`: which of an entry's values is the address; `spot` finds its place by the number of its text. */
  constructor(
    groups: Groups,
    entries: Entries,
    layout: GroupLayout,
    value: number,
    facts: { readonly distance: number; readonly speed: number; readonly timespan: number },
    spot: (value: number) => Spot | undefined,
  ) {
    this.#groups = groups;
    this.#entries = entries;
    this.#value = value;
    this.#facts = facts;
    this.#spot = spot;
    this.#first = layout.numbers(7);
  }

  /** Whether such a pair stands in the window. */
  tooFast(): (group: number) => boolean {
    return (group) => {
      const at = this.#at(group);
      const { numbers } = this.#groups.table;
      return numbers[at + pairTime]! > numbers[at + nowTime]! - this.#facts.timespan;
    };
  }

  /** Kilometres of the latest such pair; 0 without one. */
  distance(): (group: number) => number {
    return this.#ofPair(pairDistance);
  }

  /** Its speed in km/h; of two places at the same time as if they were a millisecond apart. */
  speed(): (group: number) => number {
    return this.#ofPair(pairSpeed);
  }

  enter(group: number, entry: number): void {
    const { numbers } = this.#groups.table;
    const at = this.#at(group);
    const time = this.#entries.time(entry);
    numbers[at + nowTime] = time;
    const value = this.#entries.value(entry, this.#value);
    const spot = value === 0 ? undefined : this.#spot(value);
    if (spot === undefined) return;
    const last = numbers[at + placeTime]!;
    if (last > time - this.#facts.timespan) {
      const distance = kilometres({ latitude: numbers[at + latitude]!, longitude: numbers[at + longitude]! }, spot);
      const speed = distance / (Math.max(1, time - last) / 3_600_000);
      if (isTooFast(distance, time - last, this.#facts)) {
        numbers[at + pairTime] = last;
        numbers[at + pairDistance] = Math.round(distance);
        numbers[at + pairSpeed] = Math.round(speed);
      }
    }
    numbers[at + placeTime] = time;
    numbers[at + latitude] = spot.latitude;
    numbers[at + longitude] = spot.longitude;
  }

  leave(): void {}

  clear(group: number): void {
    const { numbers } = this.#groups.table;
    const at = this.#at(group);
    numbers.fill(0, at, at + 7);
    numbers[at + placeTime] = -Infinity;
    numbers[at + pairTime] = -Infinity;
  }

  #ofPair(word: number): (group: number) => number {
    const inWindow = this.tooFast();
    return (group) => (inWindow(group) ? this.#groups.table.numbers[this.#at(group) + word]! : 0);
  }

  #at(group: number): number {
    return ((group * this.#groups.table.stride) >> 1) + this.#first;
  }
}

const placeTime = 0;
const latitude = 1;
const longitude = 2;
const nowTime = 3;
const pairTime = 4;
const pairDistance = 5;
const pairSpeed = 6;

/** Whether a way of so many kilometres in so many milliseconds is far enough and took at least the speed. */
export function isTooFast(distance: number, elapsed: number, facts: { readonly distance: number; readonly speed: number }): boolean {
  return distance >= facts.distance && distance * 3_600_000 >= facts.speed * elapsed;
}

/** Along the surface of a sphere (haversine). */
export function kilometres(from: Spot, to: Spot): number {
  const radians = Math.PI / 180;
  const north = Math.sin(((to.latitude - from.latitude) * radians) / 2);
  const east = Math.sin(((to.longitude - from.longitude) * radians) / 2);
  const part = north * north + Math.cos(from.latitude * radians) * Math.cos(to.latitude * radians) * east * east;
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(part)));
}
