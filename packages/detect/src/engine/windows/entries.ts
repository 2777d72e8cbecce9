import type { Pairs } from "../state/pairs.ts";
import type { Rows } from "../state/rows.ts";
import { Table } from "../state/table.ts";

/** Words of an entry; its time is the first 64-bit number. */
export const nextWord = 2;
export const previousWord = 3;
const rowWord = 4;
const maskWord = 5;
const firstValue = 6;

/** The mask of an entry at which its group was emptied (cancel-on). */
const cancelMask = -2_147_483_648;

/**
 * The entries of all groups of one correlation: an event that matched, with a bit for each referred rule that it matched
 * and the numbers of the values that are counted. Entries of a group are a list in the order of events, linked both ways.
 * Two kinds of marks stand among them: where a group was emptied, and the beginning of one that is expected to speak.
 */
export class Entries {
  readonly table: Table;
  readonly #pairs: Pairs;
  readonly #rows: Rows;
  /** How many interned values an entry has, and where its number stands, as an index of 64-bit numbers. */
  readonly values: number;
  readonly #number: number;

  constructor(pairs: Pairs, rows: Rows, values: number, withNumber: boolean) {
    this.#pairs = pairs;
    this.#rows = rows;
    this.values = values;
    const words = firstValue + values + (values & 1);
    this.#number = words >> 1;
    this.table = new Table(withNumber ? words + 2 : words);
  }

  /** An entry of an event. Its values are to be set, then it is to be linked. */
  add(time: number, row: number, mask: number): number {
    const entry = this.table.take();
    const at = entry * this.table.stride;
    this.table.numbers[at >> 1] = time;
    this.table.words[at + rowWord] = row;
    this.table.words[at + maskWord] = mask;
    if (row !== 0) this.#rows.hold(row);
    return entry;
  }

  addCancel(time: number, row: number): number {
    return this.add(time, row, cancelMask);
  }

  /** The moment from which on a group is expected to speak. */
  addBeginning(time: number): number {
    return this.add(time, 0, 0);
  }

  drop(entry: number): void {
    const { words, stride } = this.table;
    const at = entry * stride;
    if (words[at + rowWord] !== 0) this.#rows.release(words[at + rowWord]!);
    for (let index = 0; index < this.values; index++) {
      const value = words[at + firstValue + index]!;
      if (value !== 0) this.#pairs.release(value);
    }
    this.table.give(entry);
  }

  setValue(entry: number, index: number, value: number): void {
    this.table.words[entry * this.table.stride + firstValue + index] = value;
    if (value !== 0) this.#pairs.hold(value);
  }

  setNumber(entry: number, number: number): void {
    this.table.numbers[((entry * this.table.stride) >> 1) + this.#number] = number;
  }

  value(entry: number, index: number): number {
    return this.table.words[entry * this.table.stride + firstValue + index]!;
  }

  number(entry: number): number {
    return this.table.numbers[((entry * this.table.stride) >> 1) + this.#number]!;
  }

  time(entry: number): number {
    return this.table.numbers[(entry * this.table.stride) >> 1]!;
  }

  row(entry: number): number {
    return this.table.words[entry * this.table.stride + rowWord]!;
  }

  mask(entry: number): number {
    return this.table.words[entry * this.table.stride + maskWord]!;
  }

  setMask(entry: number, mask: number): void {
    this.table.words[entry * this.table.stride + maskWord] = mask;
  }

  next(entry: number): number {
    return this.table.words[entry * this.table.stride + nextWord]!;
  }

  previous(entry: number): number {
    return this.table.words[entry * this.table.stride + previousWord]!;
  }

  /** Whether an entry stands for an event, not for a mark. */
  isEvent(entry: number): boolean {
    return this.mask(entry) > 0;
  }

  isCancel(entry: number): boolean {
    return this.mask(entry) < 0;
  }

  /** The nearest entry of an event at or before this one; 0 where there is none. */
  lastEvent(entry: number): number {
    while (entry !== 0 && !this.isEvent(entry)) entry = this.previous(entry);
    return entry;
  }

  /** Whether an entry stands after an event of this time and number. */
  isAfter(entry: number, time: number, seq: number): boolean {
    const own = this.time(entry);
    return own === time ? this.#rows.seq(this.row(entry)) > seq : own > time;
  }

  /** Holds again what a restored entry holds. */
  hold(entry: number): void {
    if (this.row(entry) !== 0) this.#rows.hold(this.row(entry));
    for (let index = 0; index < this.values; index++) if (this.value(entry, index) !== 0) this.#pairs.hold(this.value(entry, index));
  }
}
