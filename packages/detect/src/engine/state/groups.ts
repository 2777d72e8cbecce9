import { place } from "./pair-counts.ts";
import { Table } from "./table.ts";
import type { TableFacts } from "./table.ts";

/** Words of a group's record; what a group is kept for lays its own words behind them. */
const key0 = 0;
const key1 = 1;
const stamp = 2;
/** The number of the first open episode; groups that have one are given up last. */
export const episodeWord = 3;
const before = 4;
const after = 5;
export const groupWords = 6;

/** Up to so many groups, their order is exact. */
const fewGroups = 1024;

/** Groups at the front that are put right in one look. */
const mostPutRight = 1000;

interface Ends {
  first: number;
  last: number;
}

/**
 * Groups by a key of two numbers, in the order in which they were last touched. Those with an open episode stand in a
 * list of their own.
 */
export class Groups {
  /** Replaced once, by `shape`, before the first group. */
  table = new Table(groupWords);
  #index = new Int32Array(64);
  #mask = 63;
  #idle: Ends = { first: 0, last: 0 };
  #pinned: Ends = { first: 0, last: 0 };

  /** Says how many words a group has, once all who keep something of groups have laid out theirs. */
  shape(words: number): void {
    this.table = new Table(words);
  }

  get live(): number {
    return this.table.live;
  }

  /** The index costs a word and a half a group beside the record. */
  get bytes(): number {
    return this.table.bytes + this.table.live * 8;
  }

  find(a: number, b: number): number {
    const { words, stride } = this.table;
    const index = this.#index;
    for (let cell = place(a, b) & this.#mask; ; cell = (cell + 1) & this.#mask) {
      const group = index[cell]!;
      if (group === 0) return 0;
      const at = group * stride;
      if (words[at] === a && words[at + key1] === b) return group;
    }
  }

  add(a: number, b: number, now: number): number {
    const group = this.table.take();
    const at = group * this.table.stride;
    this.table.words[at + key0] = a;
    this.table.words[at + key1] = b;
    this.table.words[at + stamp] = now;
    this.#link(this.#idle, group);
    if (this.table.live * 4 > this.#mask * 3) this.#rebuild();
    else this.#enter(group);
    return group;
  }

  remove(group: number): void {
    this.#unlink(group);
    this.#forget(group);
    this.table.give(group);
  }

  /**
   * Notes that a group was touched. Where there are few, it moves to the end of the order at once; where there are many,
   * moving it would touch three strangers in memory, and it is put right when it comes to the front.
   */
  touch(group: number, now: number): void {
    const { words, stride, live } = this.table;
    const at = group * stride;
    words[at + stamp] = now;
    if (live > fewGroups || words[at + episodeWord] !== 0 || this.#idle.last === group) return;
    this.#unlink(group);
    this.#link(this.#idle, group);
  }

  pin(group: number, episode: number): void {
    this.#unlink(group);
    this.table.words[group * this.table.stride + episodeWord] = episode;
    this.#link(this.#pinned, group);
  }

  unpin(group: number): void {
    this.#unlink(group);
    this.table.words[group * this.table.stride + episodeWord] = 0;
    this.#link(this.#idle, group);
  }

  /** The group that was touched longest ago (among many: nearly so), 0 where there is none. */
  oldest(pinned = false): number {
    const ends = pinned ? this.#pinned : this.#idle;
    const { words, stride } = this.table;
    for (let left = mostPutRight; left > 0; left--) {
      const { first } = ends;
      const next = first === 0 ? 0 : words[first * stride + after]!;
      // A group that was touched after the one behind it does not belong to the front.
      if (next === 0 || ((words[first * stride + stamp]! - words[next * stride + stamp]!) | 0) <= 0) break;
      this.#unlink(first);
      this.#link(ends, first);
    }
    return ends.first;
  }

  stampOf(group: number): number {
    return this.table.words[group * this.table.stride + stamp]!;
  }

  key(group: number, part: 0 | 1): number {
    return this.table.words[group * this.table.stride + part]!;
  }

  *all(): Iterable<number> {
    for (const { first } of [this.#idle, this.#pinned]) {
      for (let group = first; group !== 0; group = this.table.words[group * this.table.stride + after]!) yield group;
    }
  }

  save(): { readonly facts: GroupsFacts; readonly bytes: Uint8Array } {
    const { facts, bytes } = this.table.save();
    return { facts: { ...facts, idle: { ...this.#idle }, pinned: { ...this.#pinned } }, bytes };
  }

  load(facts: GroupsFacts, bytes: Uint8Array): void {
    this.table.load(facts, bytes);
    this.#idle = { ...facts.idle };
    this.#pinned = { ...facts.pinned };
    this.#rebuild();
  }

  #enter(group: number): void {
    const at = group * this.table.stride;
    let cell = place(this.table.words[at]!, this.table.words[at + key1]!) & this.#mask;
    while (this.#index[cell] !== 0) cell = (cell + 1) & this.#mask;
    this.#index[cell] = group;
  }

  #rebuild(): void {
    let size = this.#mask + 1;
    while (this.table.live * 2 > size) size *= 2;
    this.#index = new Int32Array(size);
    this.#mask = size - 1;
    const { words, stride } = this.table;
    for (const { first } of [this.#idle, this.#pinned]) {
      for (let group = first; group !== 0; group = words[group * stride + after]!) this.#enter(group);
    }
  }

  /** Takes a group out of the index and closes the hole. */
  #forget(group: number): void {
    const { words, stride } = this.table;
    const index = this.#index;
    const mask = this.#mask;
    let hole = this.#home(words, group * stride);
    while (index[hole] !== group) hole = (hole + 1) & mask;
    for (let cell = (hole + 1) & mask; ; cell = (cell + 1) & mask) {
      const other = index[cell]!;
      if (other === 0) break;
      const home = this.#home(words, other * stride);
      if (((cell - home) & mask) < ((cell - hole) & mask)) continue;
      index[hole] = other;
      hole = cell;
    }
    index[hole] = 0;
  }

  #home(words: Int32Array, at: number): number {
    return place(words[at]!, words[at + key1]!) & this.#mask;
  }

  #link(ends: Ends, group: number): void {
    const { words, stride } = this.table;
    words[group * stride + before] = ends.last;
    words[group * stride + after] = 0;
    if (ends.last === 0) ends.first = group;
    else words[ends.last * stride + after] = group;
    ends.last = group;
  }

  #unlink(group: number): void {
    const { words, stride } = this.table;
    const at = group * stride;
    const ends = words[at + episodeWord] === 0 ? this.#idle : this.#pinned;
    const previous = words[at + before]!;
    const next = words[at + after]!;
    if (previous === 0) ends.first = next;
    else words[previous * stride + after] = next;
    if (next === 0) ends.last = previous;
    else words[next * stride + before] = previous;
  }
}

export interface GroupsFacts extends TableFacts {
  readonly idle: Ends;
  readonly pinned: Ends;
}
