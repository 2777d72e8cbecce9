import type { Fields } from "../../event.ts";
import type { DetectionRule, Memory } from "../../rule-ir.ts";
import type { DetectionMemory } from "../detections.ts";
import { tupleSource } from "../group-key.ts";
import type { NumberSource } from "../group-key.ts";
import type { Keeper } from "../keeper.ts";
import type { Runtime } from "../runtime.ts";
import { timerKinds } from "../runtime.ts";
import { Groups, groupWords } from "../state/groups.ts";
import { largestNumber } from "../aggregates/sums.ts";
import { numberOf } from "../windows/numbers.ts";

/** The 64-bit number behind a group's words: one more than the largest number judged. */
const nextNumber = groupWords >> 1;

/** Numbers ahead that one bearer may have while they are judged: beyond them the oldest is judged early. */
const mostAhead = 4096;

/** An event ahead of what was expected: judged once the watermark has passed it. */
export interface Ahead {
  readonly number: number;
  readonly time: number;
  readonly row: number;
  /** Kept here: the ring of evidence may have moved on by then. */
  readonly fields: Fields;
}

/** Numbers that are missing in a count (telltale.gap). What comes in its order costs one comparison. */
export class Gap implements DetectionMemory, Keeper {
  readonly rule: string;
  readonly groups = new Groups();
  readonly keepers: readonly Keeper[] = [this];
  readonly #runtime: Runtime;
  readonly #index: number;
  readonly #column: number;
  readonly #by: NumberSource;
  readonly #ahead = new Map<number, Ahead[]>();
  #waiting = 0;

  constructor(rule: DetectionRule, memory: Extract<Memory, { kind: "gap" }>, index: number, runtime: Runtime) {
    this.rule = rule.key;
    this.#runtime = runtime;
    this.#index = index;
    this.#column = runtime.event.column(memory.field);
    const sources = memory.by.map((field) => {
      const column = runtime.event.column(field);
      return () => runtime.event.number(column);
    });
    this.#by = sources.length === 0 ? () => runtime.interner.number("") : tupleSource(runtime, sources, true);
    this.groups.shape(groupWords + 2);
  }

  get bytes(): number {
    return this.groups.bytes + this.#waiting * 700;
  }

  /** Never by time: a writer may be silent for a week and come back with a hole. */
  needed(): number {
    return Infinity;
  }

  forget(group: number): void {
    for (const { row } of this.#ahead.get(group) ?? []) this.#runtime.rows.release(row);
    this.#waiting -= this.#ahead.get(group)?.length ?? 0;
    this.#ahead.delete(group);
    this.#runtime.pairs.release(this.groups.key(group, 0));
    this.groups.remove(group);
  }

  /** Learns from the event shown. A gap is found later, by `due`. */
  matches(): boolean {
    const by = this.#by();
    const number = numberOf(this.#runtime.event.value(this.#column));
    if (by === 0 || !isCount(number)) return false;
    let group = this.groups.find(by, 0);
    if (group === 0) {
      group = this.groups.add(by, 0, this.#runtime.now);
      this.#runtime.pairs.hold(by);
      // The first event of all begins the count.
      this.#setNext(group, number + 1);
      return false;
    }
    this.groups.touch(group, this.#runtime.now);
    const next = this.#next(group);
    if (number === next) this.#setNext(group, number + 1);
    else if (number >= next) this.#wait(group, number);
    return false;
  }

  /** The watermark has passed events that were ahead: what is still missing before them is a gap. */
  due(group: number): void {
    const ahead = this.#ahead.get(group);
    if (ahead === undefined) return;
    let judged = 0;
    while (judged < ahead.length && ahead[judged]!.time < this.#runtime.watermark) this.#judge(group, ahead, judged++);
    this.#drop(group, ahead, judged);
  }

  /** The input has ended: nothing is on its way. */
  finish(): void {
    for (const [group, ahead] of [...this.#ahead]) {
      for (let index = 0; index < ahead.length; index++) this.#judge(group, ahead, index);
      this.#drop(group, ahead, ahead.length);
    }
  }

  save(): readonly (readonly [number, readonly Ahead[]])[] {
    return [...this.#ahead];
  }

  load(saved: readonly (readonly [number, readonly Ahead[]])[]): void {
    for (const [group, ahead] of saved) {
      this.#ahead.set(group, [...ahead]);
      this.#waiting += ahead.length;
      for (const { row, time } of ahead) {
        this.#runtime.rows.hold(row);
        this.#setTimer(time, group);
      }
    }
  }

  #wait(group: number, number: number): void {
    const { event, rows } = this.#runtime;
    const ahead = this.#ahead.get(group) ?? [];
    this.#ahead.set(group, ahead);
    const row = event.row();
    rows.hold(row);
    let at = ahead.length;
    while (at > 0 && ahead[at - 1]!.time > event.time) at -= 1;
    ahead.splice(at, 0, { number, time: event.time, row, fields: event.fields });
    this.#waiting += 1;
    this.#setTimer(event.time, group);
    if (ahead.length > mostAhead) {
      this.#judge(group, ahead, 0);
      this.#drop(group, ahead, 1);
    }
  }

  #judge(group: number, ahead: readonly Ahead[], index: number): void {
    const { number, row, fields } = ahead[index]!;
    const next = this.#next(group);
    if (number < next) return;
    this.#setNext(group, number + 1);
    const come = new Set<number>();
    for (let other = index + 1; other < ahead.length; other++) {
      const later = ahead[other]!.number;
      if (later >= next && later < number) come.add(later);
    }
    if (come.size < number - next) this.#runtime.later.push({ rule: this.#index, row, group: 0, fields });
  }

  #drop(group: number, ahead: Ahead[], count: number): void {
    for (const { row } of ahead.splice(0, count)) this.#runtime.rows.release(row);
    this.#waiting -= count;
    if (ahead.length === 0) this.#ahead.delete(group);
  }

  #setTimer(time: number, group: number): void {
    // Times are whole milliseconds: passed is one more.
    this.#runtime.timers.add(time + 1, this.#index * 4 + timerKinds.gap, group);
  }

  #next(group: number): number {
    return this.groups.table.numbers[((group * this.groups.table.stride) >> 1) + nextNumber]!;
  }

  #setNext(group: number, number: number): void {
    this.groups.table.numbers[((group * this.groups.table.stride) >> 1) + nextNumber] = number;
  }
}

/** A whole number from 0 on; what is too large to be counted on from is none. */
export function isCount(number: number): boolean {
  return Number.isInteger(number) && number >= 0 && number < largestNumber;
}
