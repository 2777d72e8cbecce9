import type { Groups } from "../state/groups.ts";
import { PairCounts } from "../state/pair-counts.ts";
import type { Entries } from "../windows/entries.ts";
import type { GroupLayout } from "../windows/layout.ts";
import type { Aggregate } from "./aggregate.ts";
import type { NumberTest } from "./comparison.ts";

/**
 * How often each value of one field (or tuple) stands in the window: the number of distinct ones, the largest count, and
 * how many have a count that passes a test, all without looking at more than the value that comes or goes.
 */
export class ValueCounts implements Aggregate {
  readonly #groups: Groups;
  readonly #entries: Entries;
  readonly #layout: GroupLayout;
  readonly #value: number;
  readonly #distinct: number;
  readonly #counts = new PairCounts();
  /** How many values have a count, by count: makes the largest one known when a value goes. */
  #byCount: PairCounts | undefined;
  #most = 0;
  readonly #shares: { readonly word: number; readonly test: NumberTest }[] = [];

  /** `value`: which of an entry's values is counted. */
  constructor(groups: Groups, entries: Entries, layout: GroupLayout, value: number) {
    this.#groups = groups;
    this.#entries = entries;
    this.#layout = layout;
    this.#value = value;
    this.#distinct = layout.words(1);
  }

  get bytes(): number {
    return this.#counts.bytes + (this.#byCount?.bytes ?? 0);
  }

  /** How many distinct values the window has. */
  distinct(): (group: number) => number {
    return (group) => this.#word(group, this.#distinct);
  }

  /** The largest number of events that one value has. */
  most(): (group: number) => number {
    if (this.#byCount === undefined) {
      this.#byCount = new PairCounts();
      this.#most = this.#layout.words(1);
    }
    return (group) => this.#word(group, this.#most);
  }

  /** The share of values whose number of events passes the test; NaN without values. */
  share(test: NumberTest): (group: number) => number {
    const word = this.#layout.words(1);
    this.#shares.push({ word, test });
    return (group) => this.#word(group, word) / this.#word(group, this.#distinct);
  }

  enter(group: number, entry: number): void {
    const value = this.#entries.value(entry, this.#value);
    if (value === 0) return;
    this.#changed(group, this.#counts.add(group, value), 1);
  }

  leave(group: number, entry: number): void {
    const value = this.#entries.value(entry, this.#value);
    if (value === 0) return;
    this.#changed(group, this.#counts.subtract(group, value), -1);
  }

  /** The counts of single values have fallen to zero as the events left, or were never there. */
  clear(group: number): void {
    const { words, stride } = this.#groups.table;
    const at = group * stride;
    words[at + this.#distinct] = 0;
    if (this.#byCount !== undefined) words[at + this.#most] = 0;
    for (const { word } of this.#shares) words[at + word] = 0;
  }

  /** `count` is what a value has now, after a step up or down. */
  #changed(group: number, count: number, step: 1 | -1): void {
    const { words, stride } = this.#groups.table;
    const at = group * stride;
    const old = count - step;
    if (step > 0 ? count === 1 : count === 0) words[at + this.#distinct]! += step;
    if (this.#byCount !== undefined) this.#countOfCounts(this.#byCount, group, at, old, count);
    for (const { word, test } of this.#shares) {
      const was = old > 0 && test(old);
      const is = count > 0 && test(count);
      if (was !== is) words[at + word]! += is ? 1 : -1;
    }
  }

  #countOfCounts(byCount: PairCounts, group: number, at: number, old: number, count: number): void {
    const words = this.#groups.table.words;
    const left = old > 0 ? byCount.subtract(group, old) : 0;
    if (count > 0) byCount.add(group, count);
    const most = words[at + this.#most]!;
    // When the last value of the largest count goes one down, the largest count goes one down with it.
    if (count > most || (old === most && left === 0)) words[at + this.#most] = count;
  }

  #word(group: number, word: number): number {
    const { words, stride } = this.#groups.table;
    return words[group * stride + word]!;
  }
}
