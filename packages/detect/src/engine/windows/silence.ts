import type { Runtime } from "../runtime.ts";
import { timerKinds } from "../runtime.ts";
import type { Groups } from "../state/groups.ts";
import type { Entries } from "./entries.ts";
import type { EntryList } from "./entry-list.ts";
import { beginning } from "./entry-list.ts";
import type { GroupLayout } from "./layout.ts";
import { silenceWord } from "./layout.ts";

/** Times are whole milliseconds: what must lie behind a moment lies at the next one. */
const afterwards = 1;

export interface SilenceParts {
  readonly runtime: Runtime;
  readonly groups: Groups;
  readonly entries: Entries;
  readonly list: EntryList;
  /** Number of the rule, for timers. */
  readonly rule: number;
  /** Milliseconds. */
  readonly timespan: number;
}

/**
 * Notices groups that ought to speak and do not (telltale.expect): no event in the timespan after an event, or after the
 * beginning of the input. Each such silence is told once.
 */
export class Silence {
  readonly #parts: SilenceParts;
  readonly #armed: number;
  readonly #silent: (group: number, entry: number, since: number) => void;

  /** `silent` is told the last event (0 for none), and since when nothing came. */
  constructor(parts: SilenceParts, layout: GroupLayout, silent: (group: number, entry: number, since: number) => void) {
    this.#parts = parts;
    this.#armed = layout.numbers(1);
    this.#silent = silent;
  }

  /** A group that has to speak from `start` on. */
  expect(group: number, start: number): void {
    this.#set(group, beginning);
    this.#arm(group, start);
  }

  inserted(group: number, entry: number, time: number, seq: number): void {
    const waiting = this.#waiting(group);
    if (waiting === beginning) return;
    const { entries, timespan } = this.#parts;
    if (waiting !== 0 && !entries.isAfter(waiting, time, seq)) {
      // The usual case: the group has spoken again in time. Its timer finds that when it comes.
      if (entries.next(waiting) === entry && time - entries.time(waiting) <= timespan) this.#set(group, entry);
      return;
    }
    // Out of order, and no silence behind it; where only the last event matters, it is not kept either (latest-only.ts).
    if (waiting !== 0 && entries.time(waiting) - time <= timespan) return;
    this.#set(group, entry);
    this.#arm(group, time);
  }

  due(group: number, due: number): void {
    if (this.#armedFor(group) !== due) return;
    const { entries, list, runtime, timespan } = this.#parts;
    let waiting = this.#waiting(group);
    if (waiting === beginning) {
      waiting = this.#eventFrom(list.head(group));
      this.#judge(group, 0, due - timespan - afterwards, waiting);
    }
    while (waiting !== 0 && entries.time(waiting) + timespan < runtime.watermark) {
      const next = this.#eventFrom(entries.next(waiting));
      this.#judge(group, waiting, entries.time(waiting), next);
      waiting = next;
    }
    this.#set(group, waiting);
    if (waiting !== 0) this.#arm(group, entries.time(waiting));
  }

  restored(group: number): void {
    const due = this.#armedFor(group);
    if (this.#waiting(group) !== 0) this.#parts.runtime.timers.add(due, this.#parts.rule * 4 + timerKinds.silence, group);
  }

  #judge(group: number, entry: number, since: number, next: number): void {
    if (next === 0 || this.#parts.entries.time(next) > since + this.#parts.timespan) this.#silent(group, entry, since);
  }

  #eventFrom(entry: number): number {
    while (entry !== 0 && !this.#parts.entries.isEvent(entry)) entry = this.#parts.entries.next(entry);
    return entry;
  }

  #arm(group: number, since: number): void {
    const due = since + this.#parts.timespan + afterwards;
    this.#parts.groups.table.numbers[((group * this.#parts.groups.table.stride) >> 1) + this.#armed] = due;
    this.#parts.runtime.timers.add(due, this.#parts.rule * 4 + timerKinds.silence, group);
  }

  #armedFor(group: number): number {
    return this.#parts.groups.table.numbers[((group * this.#parts.groups.table.stride) >> 1) + this.#armed]!;
  }

  #waiting(group: number): number {
    return this.#parts.groups.table.words[group * this.#parts.groups.table.stride + silenceWord]!;
  }

  #set(group: number, entry: number): void {
    this.#parts.groups.table.words[group * this.#parts.groups.table.stride + silenceWord] = entry;
  }
}
