import type { Groups } from "../state/groups.ts";
import type { Entries } from "../windows/entries.ts";
import type { GroupLayout } from "../windows/layout.ts";
import type { Aggregate } from "./aggregate.ts";

/**
 * One event for each rule, in the order of the rules. For each rule it keeps the latest time at which a row of events up
 * to that rule can have begun; nothing has to be taken out when events leave, since an old beginning is seen to be old.
 */
export class Ordered implements Aggregate {
  readonly inOrder = true;
  readonly #groups: Groups;
  readonly #entries: Entries;
  readonly #rules: number;
  readonly #first: number;
  readonly #timespan: number;
  /** Index of the time of the last event. */
  readonly #now: number;
  /** The bits of the last event. */
  readonly #mask: number;

  constructor(groups: Groups, entries: Entries, layout: GroupLayout, rules: number, timespan: number) {
    this.#groups = groups;
    this.#entries = entries;
    this.#rules = rules;
    this.#timespan = timespan;
    this.#first = layout.numbers(rules);
    this.#now = layout.numbers(1);
    this.#mask = layout.words(1);
  }

  /** Whether the last event matches the last rule and completes the row within the window. */
  complete(): (group: number) => boolean {
    const last = this.#rules - 1;
    return (group) => {
      const { words, numbers, stride } = this.#groups.table;
      const at = group * stride;
      if ((words[at + this.#mask]! & (1 << last)) === 0) return false;
      return numbers[(at >> 1) + this.#first + last]! > numbers[(at >> 1) + this.#now]! - this.#timespan;
    };
  }

  enter(group: number, entry: number): void {
    const { words, numbers, stride } = this.#groups.table;
    const at = group * stride;
    const half = at >> 1;
    const first = half + this.#first;
    const mask = this.#entries.mask(entry);
    const time = this.#entries.time(entry);
    words[at + this.#mask] = mask;
    numbers[half + this.#now] = time;
    // From the last rule to the first: an event fills one place only.
    for (let rule = this.#rules - 1; rule > 0; rule--) {
      if ((mask & (1 << rule)) !== 0) numbers[first + rule] = Math.max(numbers[first + rule]!, numbers[first + rule - 1]!);
    }
    if ((mask & 1) !== 0) numbers[first] = time;
  }

  leave(): void {}

  clear(group: number): void {
    const { words, numbers, stride } = this.#groups.table;
    const first = ((group * stride) >> 1) + this.#first;
    numbers.fill(-Infinity, first, first + this.#rules);
    words[group * stride + this.#mask] = 0;
  }
}
