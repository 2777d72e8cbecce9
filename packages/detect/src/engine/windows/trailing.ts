import { Contents } from "./contents.ts";
import { countWord, highWord, lowWord } from "./layout.ts";
import type { Window, WindowParts } from "./window.ts";

/**
 * The window `(t − timespan, t]`, judged at each event as it arrives. An event in its order moves the window on by
 * itself; one out of order moves it back first, in steps, and on again, so that every window that it changes is judged.
 */
export class TrailingWindow implements Window {
  readonly #parts: WindowParts;
  readonly #contents: Contents;

  constructor(parts: WindowParts, contents: Contents) {
    this.#parts = parts;
    this.#contents = contents;
  }

  insert(group: number, entry: number, behind: number): void {
    const { list } = this.#parts;
    const inOrder = behind === list.tail(group);
    // What is in the window is found by its place in the list: emptied before another entry stands among it.
    if (!inOrder && this.#startsAnew()) this.#empty(group);
    list.link(group, entry, behind);
    if (!inOrder) {
      this.#moveBack(group, entry);
      this.#judge(group, entry);
      this.#moveOn(group, entry);
      return;
    }
    this.#advance(group, entry);
    this.#prune(group);
    this.#judge(group, entry);
  }

  merge(group: number, entry: number, mask: number): void {
    if (this.#startsAnew()) {
      this.#empty(group);
      this.#parts.entries.setMask(entry, mask);
      this.#buildAnew(group, entry);
    } else {
      this.#takeBackTo(group, entry);
      if (this.#contents.count(group) > 0) this.#leaveHigh(group);
      this.#parts.entries.setMask(entry, mask);
      this.#extendBack(group, entry);
    }
    this.#judge(group, entry);
    this.#moveOn(group, entry);
  }

  cancel(group: number, mark: number, behind: number): void {
    const inOrder = behind === this.#parts.list.tail(group);
    this.#empty(group);
    this.#parts.list.link(group, mark, behind);
    if (!inOrder) this.#moveOn(group, mark);
  }

  due(): void {}

  needed(group: number): number {
    const { list, entries, timespan, delay } = this.#parts;
    const tail = list.tail(group);
    if (tail === 0) return -Infinity;
    return entries.time(tail) + delay + (entries.isCancel(tail) ? 0 : timespan);
  }

  forget(group: number): void {
    this.#empty(group);
  }

  restored(group: number): void {
    const { words, stride } = this.#parts.groups.table;
    const at = group * stride;
    const count = words[at + countWord]!;
    words[at + countWord] = 0;
    this.#contents.clear(group);
    let entry = words[at + lowWord]!;
    for (let left = count; left > 0; left--) {
      this.#contents.enter(group, entry);
      entry = this.#parts.entries.next(entry);
    }
  }

  /** The window of the entry, given that of the one before it: the usual step. */
  #advance(group: number, entry: number): void {
    const { entries, groups, timespan, limit } = this.#parts;
    const from = entries.time(entry) - timespan;
    const at = group * groups.table.stride;
    const words = groups.table.words;
    let low = words[at + lowWord]!;
    while (words[at + countWord]! > 0 && entries.time(low) <= from) {
      this.#contents.leave(group, low);
      low = entries.next(low);
    }
    if (words[at + countWord] === 0) low = entry;
    this.#contents.enter(group, entry);
    if (words[at + countWord]! > limit) {
      this.#contents.leave(group, low);
      low = entries.next(low);
      this.#parts.shortened();
    }
    words[at + lowWord] = low;
    words[at + highWord] = entry;
  }

  #judge(group: number, entry: number): void {
    const { groups, judged, conditions } = this.#parts;
    judged.entry = entry;
    if (conditions.holds(group)) this.#parts.held(group, entry, groups.table.words[group * groups.table.stride + lowWord]!);
  }

  /** Entries that no window of an event to come can reach. */
  #prune(group: number): void {
    const { groups, list, runtime, timespan, delay, limit } = this.#parts;
    const { words, stride } = groups.table;
    const low = words[group * stride + lowWord]!;
    list.prune(group, low, words[group * stride + countWord]! >= limit ? Infinity : runtime.watermark - timespan - delay);
  }

  /** Whether an event out of order makes its window from nothing. */
  #startsAnew(): boolean {
    return this.#contents.inOrder || this.#parts.cancels;
  }

  /** From the window of the newest entry to that of an older one, which stands in the list but not in the window. */
  #moveBack(group: number, entry: number): void {
    if (this.#startsAnew()) return this.#buildAnew(group, entry);
    this.#takeBackTo(group, entry);
    this.#extendBack(group, entry);
  }

  /** Takes the entries behind one out of the window, the newest first. */
  #takeBackTo(group: number, entry: number): void {
    const { entries, list } = this.#parts;
    for (let newer = list.tail(group); newer !== entry && this.#contents.count(group) > 0; newer = entries.previous(newer)) {
      this.#contents.leave(group, newer);
      this.#set(group, highWord, entries.previous(newer));
    }
  }

  #leaveHigh(group: number): void {
    this.#contents.leave(group, this.#get(group, highWord));
  }

  /** Puts an entry into the window that ends before it, and the older ones that its own window reaches. */
  #extendBack(group: number, entry: number): void {
    const { entries, timespan } = this.#parts;
    const from = entries.time(entry) - timespan;
    let low = this.#contents.count(group) > 0 ? this.#get(group, lowWord) : entry;
    this.#contents.enter(group, entry);
    for (let older = entries.previous(low); older !== 0 && entries.time(older) > from; older = entries.previous(older)) {
      this.#contents.enter(group, older);
      low = older;
    }
    this.#set(group, lowWord, low);
    this.#set(group, highWord, entry);
  }

  /** The window of an entry from nothing: where the order of events matters, or a mark may end it. */
  #buildAnew(group: number, entry: number): void {
    const { entries, timespan } = this.#parts;
    this.#empty(group);
    const from = entries.time(entry) - timespan;
    let low = entry;
    for (let older = entries.previous(low); older !== 0 && entries.time(older) > from; older = entries.previous(older)) {
      if (entries.isCancel(older)) break;
      low = older;
    }
    this.#set(group, lowWord, low);
    for (let next = low; ; next = entries.next(next)) {
      this.#contents.enter(group, next);
      if (next === entry) break;
    }
    this.#set(group, highWord, entry);
  }

  /** From the window of an entry to that of the newest, judging each that the entry can have changed. */
  #moveOn(group: number, entry: number): void {
    const { entries, timespan } = this.#parts;
    const until = entries.time(entry) + timespan;
    for (let next = entries.next(entry); next !== 0; next = entries.next(next)) {
      if (entries.isCancel(next)) {
        this.#empty(group);
        continue;
      }
      this.#advance(group, next);
      if (entries.time(next) < until) this.#judge(group, next);
    }
  }

  #empty(group: number): void {
    let entry = this.#get(group, lowWord);
    for (let left = this.#contents.count(group); left > 0; left--) {
      this.#contents.leave(group, entry);
      entry = this.#parts.entries.next(entry);
    }
    this.#contents.clear(group);
    this.#set(group, lowWord, 0);
    this.#set(group, highWord, 0);
  }

  #get(group: number, word: number): number {
    const { words, stride } = this.#parts.groups.table;
    return words[group * stride + word]!;
  }

  #set(group: number, word: number, value: number): void {
    const { words, stride } = this.#parts.groups.table;
    words[group * stride + word] = value;
  }
}
