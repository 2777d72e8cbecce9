import type { Groups } from "../state/groups.ts";
import type { Entries } from "../windows/entries.ts";
import type { GroupLayout } from "../windows/layout.ts";
import type { Aggregate } from "./aggregate.ts";

/** Numbers beyond this count as this: no sum overflows, and one forged number does not blot out all others. */
export const largestNumber = Number.MAX_SAFE_INTEGER;

/**
 * Sum and number of the numbers in the window. The sum is kept in two parts, the second of which holds what the first
 * rounds away: however many numbers come and go, no error piles up.
 */
export class Sums implements Aggregate {
  readonly #groups: Groups;
  readonly #entries: Entries;
  /** Indices of 64-bit numbers. */
  readonly #high: number;
  readonly #low: number;
  readonly #count: number;

  constructor(groups: Groups, entries: Entries, layout: GroupLayout) {
    this.#groups = groups;
    this.#entries = entries;
    this.#high = layout.numbers(2);
    this.#low = this.#high + 1;
    this.#count = layout.words(1);
  }

  /** 0 where there is no number. */
  sum(): (group: number) => number {
    return (group) => {
      const at = this.#at(group);
      return this.#groups.table.numbers[at + this.#high]! + this.#groups.table.numbers[at + this.#low]!;
    };
  }

  /** NaN where there is no number. */
  average(): (group: number) => number {
    const sum = this.sum();
    return (group) => sum(group) / this.#groups.table.words[group * this.#groups.table.stride + this.#count]!;
  }

  enter(group: number, entry: number): void {
    const number = this.#entries.number(entry);
    if (!Number.isNaN(number)) this.#add(group, number, 1);
  }

  leave(group: number, entry: number): void {
    const number = this.#entries.number(entry);
    if (!Number.isNaN(number)) this.#add(group, -number, -1);
  }

  clear(group: number): void {
    const { words, numbers, stride } = this.#groups.table;
    words[group * stride + this.#count] = 0;
    numbers[this.#at(group) + this.#high] = 0;
    numbers[this.#at(group) + this.#low] = 0;
  }

  #add(group: number, number: number, step: number): void {
    const { words, numbers, stride } = this.#groups.table;
    const count = (words[group * stride + this.#count]! += step);
    const at = this.#at(group);
    if (count === 0) {
      numbers[at + this.#high] = 0;
      numbers[at + this.#low] = 0;
      return;
    }
    const high = numbers[at + this.#high]!;
    const sum = high + number;
    const part = sum - high;
    // What the addition rounded away, exactly (Knuth's two-sum).
    const lost = high - (sum - part) + (number - part);
    numbers[at + this.#high] = sum;
    numbers[at + this.#low]! += lost;
  }

  #at(group: number): number {
    return (group * this.#groups.table.stride) >> 1;
  }
}
