import { timerKinds } from "../runtime.ts";
import type { Contents } from "./contents.ts";
import type { GroupLayout } from "./layout.ts";
import { countWord, highWord, lowWord } from "./layout.ts";
import type { Window, WindowParts } from "./window.ts";

/**
 * The window `[t, t + timespan)` of each event, judged when the watermark passes its end: upper bounds that stand alone.
 * The low end is the oldest event that is not judged yet.
 */
export class ForwardWindow implements Window {
  readonly #parts: WindowParts;
  readonly #contents: Contents;
  /** When the group's timer is set, as an index of 64-bit numbers: other timers of the group are outdated. */
  readonly #armed: number;

  constructor(parts: WindowParts, contents: Contents, layout: GroupLayout) {
    this.#parts = parts;
    this.#contents = contents;
    this.#armed = layout.numbers(1);
  }

  insert(group: number, entry: number, behind: number): void {
    const { list, entries, runtime } = this.#parts;
    list.link(group, entry, behind);
    const low = this.#get(group, lowWord);
    // Whatever stands in a window is older than the watermark was then: an event on its way comes behind it.
    if (low === 0 || entries.isAfter(low, entries.time(entry), runtime.event.seq)) {
      this.#set(group, lowWord, entry);
      this.#arm(group, entry);
    }
  }

  merge(_group: number, entry: number, mask: number): void {
    this.#parts.entries.setMask(entry, mask);
  }

  cancel(group: number, mark: number, behind: number): void {
    if (behind === 0 && this.#get(group, lowWord) === 0) return this.#parts.entries.drop(mark);
    this.#parts.list.link(group, mark, behind);
  }

  due(group: number, due: number): void {
    if (this.#parts.groups.table.numbers[this.#half(group) + this.#armed] !== due) return;
    const { entries, runtime, timespan } = this.#parts;
    let low = this.#get(group, lowWord);
    while (low !== 0 && (entries.isCancel(low) || entries.time(low) + timespan <= runtime.watermark)) {
      const mark = entries.isCancel(low) ? low : this.#fill(group, low);
      if (mark !== 0) {
        low = entries.next(mark);
        continue;
      }
      this.#judge(group, low);
      this.#contents.leave(group, low);
      low = entries.next(low);
      if (this.#contents.count(group) === 0) this.#set(group, highWord, 0);
    }
    this.#set(group, lowWord, low);
    this.#arm(group, low);
    const held = this.#parts.heldTime(group);
    // An open episode still asks for the events since it last held.
    this.#parts.list.prune(group, low, held);
  }

  needed(group: number): number {
    const { list, entries, timespan, delay } = this.#parts;
    const tail = list.tail(group);
    return tail === 0 || this.#get(group, lowWord) === 0 ? -Infinity : entries.time(tail) + timespan + delay;
  }

  forget(group: number): void {
    this.#empty(group, this.#get(group, lowWord));
    this.#set(group, lowWord, 0);
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
    this.#arm(group, words[at + lowWord]!);
  }

  /** Takes in the events up to the end of the window of `low`; the mark, if one empties the group within it. */
  #fill(group: number, low: number): number {
    const { entries, timespan } = this.#parts;
    const end = entries.time(low) + timespan;
    const high = this.#get(group, highWord);
    for (let entry = high === 0 ? low : entries.next(high); entry !== 0 && entries.time(entry) < end; entry = entries.next(entry)) {
      if (entries.isCancel(entry)) {
        this.#empty(group, low);
        return entry;
      }
      this.#contents.enter(group, entry);
      this.#set(group, highWord, entry);
    }
    return 0;
  }

  #judge(group: number, low: number): void {
    const { judged, conditions } = this.#parts;
    judged.entry = this.#get(group, highWord);
    if (conditions.holds(group)) this.#parts.held(group, judged.entry, low);
  }

  #empty(group: number, low: number): void {
    for (let entry = low; this.#contents.count(group) > 0; entry = this.#parts.entries.next(entry)) this.#contents.leave(group, entry);
    this.#set(group, highWord, 0);
  }

  #arm(group: number, low: number): void {
    const { groups, entries, runtime, timespan, rule } = this.#parts;
    const due = low === 0 ? 0 : entries.time(low) + timespan;
    groups.table.numbers[this.#half(group) + this.#armed] = due;
    if (low !== 0) runtime.timers.add(due, rule * 4 + timerKinds.window, group);
  }

  #half(group: number): number {
    return (group * this.#parts.groups.table.stride) >> 1;
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
