import { groupWords } from "../state/groups.ts";

/** Words of a group with a window: the ends of its list of entries, the oldest and the newest in the window, how many are in it. */
export const headWord = groupWords;
export const tailWord = groupWords + 1;
export const lowWord = groupWords + 2;
export const highWord = groupWords + 3;
export const countWord = groupWords + 4;
/** The oldest entry that must not be dropped yet because silence after it has not been judged. */
export const silenceWord = groupWords + 5;
const firstFree = groupWords + 6;

/** Gives each part its own words in the record of a group. */
export class GroupLayout {
  #words = firstFree;

  /** The first of some words of a group. */
  words(count: number): number {
    const first = this.#words;
    this.#words += count;
    return first;
  }

  /** The first of some 64-bit numbers, as an index of 64-bit numbers. */
  numbers(count: number): number {
    this.#words += this.#words & 1;
    return this.words(count * 2) >> 1;
  }

  get size(): number {
    return this.#words;
  }
}
