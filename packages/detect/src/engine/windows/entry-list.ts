import type { Groups } from "../state/groups.ts";
import type { Entries } from "./entries.ts";
import { nextWord, previousWord } from "./entries.ts";
import { headWord, silenceWord, tailWord } from "./layout.ts";

/** Stands for the beginning of the input where the oldest entry after which silence is not judged would stand. */
export const beginning = -1;

/** The list of entries of each group, in the order of events. */
export class EntryList {
  readonly groups: Groups;
  readonly entries: Entries;

  constructor(groups: Groups, entries: Entries) {
    this.groups = groups;
    this.entries = entries;
  }

  head(group: number): number {
    return this.groups.table.words[group * this.groups.table.stride + headWord]!;
  }

  tail(group: number): number {
    return this.groups.table.words[group * this.groups.table.stride + tailWord]!;
  }

  /** The last entry that does not stand after an event of this time and number; 0 for none. */
  placeOf(group: number, time: number, seq: number): number {
    let entry = this.tail(group);
    while (entry !== 0 && this.entries.isAfter(entry, time, seq)) entry = this.entries.previous(entry);
    return entry;
  }

  /** Links an entry behind another one of the list; behind 0 is the front. */
  link(group: number, entry: number, behind: number): void {
    const own = this.groups.table.words;
    const at = group * this.groups.table.stride;
    const { words, stride } = this.entries.table;
    const next = behind === 0 ? own[at + headWord]! : words[behind * stride + nextWord]!;
    words[entry * stride + previousWord] = behind;
    words[entry * stride + nextWord] = next;
    if (behind === 0) own[at + headWord] = entry;
    else words[behind * stride + nextWord] = entry;
    if (next === 0) own[at + tailWord] = entry;
    else words[next * stride + previousWord] = entry;
  }

  dropHead(group: number): void {
    const own = this.groups.table.words;
    const at = group * this.groups.table.stride;
    const entry = own[at + headWord]!;
    const next = this.entries.next(entry);
    own[at + headWord] = next;
    if (next === 0) own[at + tailWord] = 0;
    else this.entries.table.words[next * this.entries.table.stride + previousWord] = 0;
    this.entries.drop(entry);
  }

  /** Drops the oldest entries up to `keep` (an entry, 0 for none) that are no younger than `until`. */
  prune(group: number, keep: number, until: number): void {
    const waiting = this.groups.table.words[group * this.groups.table.stride + silenceWord]!;
    if (waiting === beginning) return;
    for (let head = this.head(group); head !== 0 && head !== keep && head !== waiting; head = this.head(group)) {
      if (this.entries.time(head) > until) return;
      this.dropHead(group);
    }
  }
}
