import type { Conditions } from "../aggregates/conditions.ts";
import { holdsOverNothing } from "../aggregates/empty-window.ts";
import type { Contributors } from "../episodes/episodes.ts";
import { Episodes } from "../episodes/episodes.ts";
import type { FieldValue } from "../../event.ts";
import type { CorrelationRule } from "../../rule-ir.ts";
import type { GroupKey, NumberSource } from "../group-key.ts";
import type { Keeper } from "../keeper.ts";
import type { Runtime } from "../runtime.ts";
import type { Groups } from "../state/groups.ts";
import type { Contents } from "./contents.ts";
import type { Entries } from "./entries.ts";
import type { EntryList } from "./entry-list.ts";
import type { Silence } from "./silence.ts";
import { numberOf } from "./numbers.ts";
import type { Window } from "./window.ts";

/** What a correlation is made of; compile.ts joins it. */
export interface CorrelationParts {
  readonly runtime: Runtime;
  readonly rule: CorrelationRule;
  /** Number of the rule in its set, of those it refers to, and of those that empty a group. */
  readonly index: number;
  readonly refs: readonly number[];
  readonly cancels: readonly number[];
  readonly key: GroupKey;
  /** Keys by the fields of the rules that empty a group. */
  readonly cancelKey: GroupKey;
  readonly groups: Groups;
  readonly entries: Entries;
  readonly list: EntryList;
  readonly conditions: Conditions;
  readonly contents: Contents;
  /** For each counted value: where it comes from, by referred rule. */
  readonly values: readonly (readonly NumberSource[])[];
  readonly number: (() => FieldValue) | undefined;
  readonly countsRules: boolean;
  /** Whether an event may belong to several groups, one for each rule that it matched. */
  readonly manyGroups: boolean;
  /** Whether other rules refer to this one. */
  readonly feeds: boolean;
  readonly delay: number;
  readonly waits: boolean;
}

/** One correlation rule at work: takes the events that match its rules, keeps their groups, finds when its condition holds. */
export class Correlation implements Keeper, Contributors {
  readonly rule: string;
  readonly index: number;
  readonly groups: Groups;
  readonly key: GroupKey;
  readonly episodes: Episodes | undefined;
  readonly entries: Entries;
  readonly #parts: CorrelationParts;
  readonly #runtime: Runtime;
  readonly #refs: Int32Array;
  #window!: Window;
  #silence: Silence | undefined;
  readonly #silentHolds: boolean;
  /** Numbers of the values that `expect` lists, held for good. */
  readonly #listed = new Set<number>();
  /** The window at whose end the condition was last seen to hold. */
  #from = 0;
  #at = 0;

  constructor(parts: CorrelationParts) {
    this.#parts = parts;
    this.#runtime = parts.runtime;
    this.rule = parts.rule.key;
    this.index = parts.index;
    this.groups = parts.groups;
    this.key = parts.key;
    this.entries = parts.entries;
    this.#refs = Int32Array.from(parts.refs);
    this.#silentHolds = parts.rule.expect !== undefined && holdsOverNothing(parts.rule);
    const { timespan } = parts.rule;
    if (parts.rule.alerts) {
      this.episodes = new Episodes(parts.runtime, parts.rule, parts.index, parts.groups, {
        quiet: timespan,
        delay: parts.delay + (parts.waits ? timespan : 0),
        measures: parts.conditions.measures,
        values: (group) => this.key.values(this.groups, group),
      });
    }
  }

  /** The window and the silence watch work on the correlation itself: they are put in once it stands. */
  complete(window: Window, silence: Silence | undefined): void {
    this.#window = window;
    this.#silence = silence;
  }

  get window(): Window {
    return this.#window;
  }

  get silence(): Silence | undefined {
    return this.#silence;
  }

  get bytes(): number {
    return this.groups.bytes + this.entries.table.bytes + this.#parts.contents.bytes + (this.episodes?.bytes ?? 0);
  }

  /** Judges the event that is shown, by the rules that it has matched so far. */
  judge(): void {
    const { hitEpoch, event } = this.#runtime;
    const refs = this.#refs;
    const epoch = event.epoch;
    let mask = 0;
    let first = -1;
    for (let ref = 0; ref < refs.length; ref++) {
      if (hitEpoch[refs[ref]!] !== epoch) continue;
      mask |= bit(ref);
      if (first < 0) first = ref;
    }
    if (this.#parts.cancels.length > 0) this.#cancel(epoch);
    if (first < 0) return;
    if (this.#parts.manyGroups && (mask & (mask - 1)) !== 0) return this.#takeEach(mask);
    this.key.read(first);
    this.#take(first, mask);
  }

  /** Groups that a rule lists exist from the first event on. */
  begin(time: number): void {
    this.list();
    for (const value of this.#listed) {
      this.key.a = value;
      this.key.b = 0;
      if (this.groups.find(value, 0) === 0) this.#silence?.expect(this.#add(), time);
    }
  }

  /** Looks up the values that `expect` lists. */
  list(): void {
    const { expect } = this.#parts.rule;
    if (expect === undefined || expect === "seen") return;
    for (const value of expect) {
      const number = this.#runtime.interner.number(value);
      if (!this.#listed.has(number)) this.#runtime.interner.hold(number);
      this.#listed.add(number);
    }
  }

  needed(group: number): number {
    return this.#isExpected(group) ? Infinity : this.#window.needed(group);
  }

  forget(group: number): void {
    this.episodes?.closeGroup(group);
    this.#window.forget(group);
    while (this.#parts.list.head(group) !== 0) this.#parts.list.dropHead(group);
    this.key.release(this.groups, group);
    this.groups.remove(group);
  }

  /** Groups and entries have been read from a snapshot: holds again what they hold, and builds up the rest. */
  restored(): void {
    this.list();
    for (const group of this.groups.all()) {
      this.key.hold(this.groups, group);
      for (let entry = this.#parts.list.head(group); entry !== 0; entry = this.entries.next(entry)) this.entries.hold(entry);
      this.#window.restored(group);
      this.#silence?.restored(group);
    }
  }

  /** The condition holds at an entry whose window begins at `from`. */
  held(group: number, entry: number, from: number): void {
    const row = this.entries.row(entry);
    if (this.#parts.feeds) {
      if (this.#runtime.event.isRow(row)) this.#runtime.hit(this.index, group);
      else this.#runtime.later.push({ rule: this.index, row, group });
    }
    if (this.episodes === undefined) return;
    this.#from = from;
    this.#at = entry;
    this.episodes.hold(group, { time: this.entries.time(entry), seq: this.#runtime.rows.seq(row), row }, this);
  }

  /** Nothing came for a timespan after an entry (0: since the beginning). It is no event, so that no chain goes on from it. */
  silent(group: number, entry: number, since: number): void {
    if (!this.#silentHolds || this.episodes === undefined) return;
    const row = entry === 0 ? 0 : this.entries.row(entry);
    const hold = { time: since + this.#parts.rule.timespan, seq: 0, row, silentSince: since };
    this.episodes.hold(group, hold, { opening: () => [], since: () => [] });
  }

  opening(): readonly number[] {
    const rows: number[] = [];
    for (let entry = this.#from; entry !== 0; entry = this.entries.next(entry)) {
      if (this.entries.isEvent(entry)) rows.push(this.entries.row(entry));
      if (entry === this.#at) break;
    }
    return rows;
  }

  since(time: number, seq: number): readonly number[] {
    const rows: number[] = [];
    for (let entry = this.#at; entry !== 0 && this.entries.isAfter(entry, time, seq); entry = this.entries.previous(entry)) {
      if (this.entries.isEvent(entry)) rows.push(this.entries.row(entry));
    }
    return rows.length > 1 ? rows.reverse() : rows;
  }

  /** Where aliases differ, an event that matched several rules goes to the group of each. */
  #takeEach(mask: number): void {
    let left = mask;
    for (let ref = 0; ref < this.#refs.length; ref++) {
      if ((left & bit(ref)) === 0) continue;
      this.key.read(ref);
      const { a, b } = this.key;
      let own = 0;
      for (let other = ref; other < this.#refs.length; other++) {
        if ((left & bit(other)) === 0) continue;
        this.key.read(other);
        if (this.key.a === a && this.key.b === b) own |= bit(other);
      }
      left &= ~own;
      this.key.a = a;
      this.key.b = b;
      this.#take(ref, own);
    }
  }

  /** Takes the event into the group whose key was read. */
  #take(ref: number, mask: number): void {
    const { list, entries } = this.#parts;
    const { event } = this.#runtime;
    let group = this.groups.find(this.key.a, this.key.b);
    if (group === 0) group = this.#add();
    else this.groups.touch(group, this.#runtime.now);
    const row = event.row();
    const tail = list.tail(group);
    const behind = tail === 0 || entries.time(tail) < event.time ? tail : list.placeOf(group, event.time, event.seq);
    if (behind !== 0 && entries.row(behind) === row && entries.isEvent(behind)) {
      const all = entries.mask(behind) | mask;
      if (this.#parts.countsRules && all !== entries.mask(behind)) this.#window.merge(group, behind, all);
      return;
    }
    const entry = entries.add(event.time, row, mask);
    const { values, number } = this.#parts;
    for (let index = 0; index < values.length; index++) entries.setValue(entry, index, values[index]![ref]!());
    if (number !== undefined) entries.setNumber(entry, numberOf(number()));
    if (behind !== tail) this.episodes?.joined(group, event.time, event.seq, row);
    this.#window.insert(group, entry, behind);
    if (this.#silence !== undefined && this.#isExpected(group)) this.#silence.inserted(group, entry, event.time, event.seq);
  }

  #isExpected(group: number): boolean {
    const { expect } = this.#parts.rule;
    return expect !== undefined && (expect === "seen" || this.#listed.has(this.groups.key(group, 0)));
  }

  #cancel(epoch: number): void {
    const { cancels, cancelKey, list, entries, delay } = this.#parts;
    const { hitEpoch, event, lateness, now } = this.#runtime;
    for (let index = 0; index < cancels.length; index++) {
      if (hitEpoch[cancels[index]!] !== epoch) continue;
      cancelKey.read(index);
      this.key.a = cancelKey.a;
      this.key.b = cancelKey.b;
      let group = this.groups.find(this.key.a, this.key.b);
      // Where nothing can come out of order, what is empty need not be emptied.
      if (group === 0 && lateness + delay === 0) continue;
      if (group === 0) group = this.#add();
      else this.groups.touch(group, now);
      // Before the event itself: it takes out what is earlier, and may count from there on.
      const behind = list.placeOf(group, event.time, event.seq - 0.5);
      const next = behind === 0 ? list.head(group) : entries.next(behind);
      const row = event.row();
      if (next !== 0 && entries.isCancel(next) && entries.row(next) === row) continue;
      this.#window.cancel(group, entries.addCancel(event.time, row), behind);
    }
  }

  #add(): number {
    const group = this.groups.add(this.key.a, this.key.b, this.#runtime.now);
    this.key.hold(this.groups, group);
    if (this.#parts.contents.inOrder) this.#parts.contents.clear(group);
    if (this.key.hasNull()) {
      const names = this.#parts.rule.groupBy.map(({ name }) => name).join(", ");
      this.#runtime.notes.add("null-group", this.rule, () => `rule ${this.rule}: events without ${names} form a group of their own`);
    }
    return group;
  }
}

function bit(ref: number): number {
  // Beyond 31 rules bits are only asked whether there is one; compile.ts refuses rules that need to know which.
  return 1 << Math.min(ref, 30);
}
