import type { DetectionRule, Memory } from "../../rule-ir.ts";
import type { DetectionMemory } from "../detections.ts";
import { tupleSource } from "../group-key.ts";
import type { NumberSource } from "../group-key.ts";
import type { Keeper } from "../keeper.ts";
import type { Runtime } from "../runtime.ts";
import { Groups, groupWords } from "../state/groups.ts";

/** 64-bit numbers behind a group's words: when the present run of sightings began, the last of it, the last of the run before. */
const first = groupWords >> 1;
const last = first + 1;
const lastBefore = first + 2;
const sightingWords = groupWords + 6;

/** When something was seen: sightings less than `forget` apart are one run. */
class Sightings implements Keeper {
  readonly rule: string;
  readonly groups = new Groups();
  /** Whether what `see` was last asked for had not been seen before. */
  wasNew = false;
  readonly #runtime: Runtime;
  readonly #forget: number;

  constructor(rule: string, runtime: Runtime, forget: number) {
    this.rule = rule;
    this.#runtime = runtime;
    this.#forget = forget;
    this.groups.shape(sightingWords);
  }

  get bytes(): number {
    return this.groups.bytes;
  }

  needed(group: number): number {
    return this.groups.table.numbers[this.#at(group) + last]! + this.#forget;
  }

  forget(group: number): void {
    this.#runtime.pairs.release(this.groups.key(group, 0));
    this.#runtime.pairs.release(this.groups.key(group, 1));
    this.groups.remove(group);
  }

  /** Notes a sighting; since when (before or now) it has been seen without being forgotten. */
  see(a: number, b: number, time: number): number {
    const { pairs, now } = this.#runtime;
    const group = this.groups.find(a, b);
    this.wasNew = true;
    if (group === 0) {
      const added = this.groups.add(a, b, now);
      pairs.hold(a);
      pairs.hold(b);
      this.#set(added, time, time, -Infinity);
      return time;
    }
    this.groups.touch(group, now);
    const { numbers } = this.groups.table;
    const at = this.#at(group);
    const from = numbers[at + first]!;
    const to = numbers[at + last]!;
    if (time >= to + this.#forget) {
      this.#set(group, time, time, to);
      return time;
    }
    if (time > to) numbers[at + last] = time;
    if (time >= from) {
      this.wasNew = false;
      return from;
    }
    // Out of order, before the run: it begins earlier, and may reach back to the run before.
    numbers[at + first] = time;
    const before = numbers[at + lastBefore]!;
    this.wasNew = time - before >= this.#forget;
    return this.wasNew ? time : before;
  }

  #set(group: number, from: number, to: number, before: number): void {
    const { numbers } = this.groups.table;
    const at = this.#at(group);
    numbers[at + first] = from;
    numbers[at + last] = to;
    numbers[at + lastBefore] = before;
  }

  #at(group: number): number {
    return (group * this.groups.table.stride) >> 1;
  }
}

/** What a detection has seen of the values of some fields (telltale.first-seen). */
export class FirstSeen implements DetectionMemory {
  readonly keepers: readonly Keeper[];
  readonly #runtime: Runtime;
  readonly #tuple: NumberSource;
  readonly #by: NumberSource;
  readonly #learn: number;
  readonly #known: Sightings;
  readonly #bearers: Sightings;

  constructor(rule: DetectionRule, memory: Extract<Memory, { kind: "first-seen" }>, runtime: Runtime) {
    const sources = (fields: readonly string[]) => {
      return fields.map((field) => {
        const column = runtime.event.column(field);
        return () => runtime.event.number(column);
      });
    };
    this.#runtime = runtime;
    this.#tuple = tupleSource(runtime, sources(memory.fields), true);
    this.#by = memory.by.length === 0 ? () => runtime.interner.number("") : tupleSource(runtime, sources(memory.by), true);
    this.#learn = memory.learn;
    this.#known = new Sightings(rule.key, runtime, memory.forget);
    this.#bearers = new Sightings(rule.key, runtime, memory.forget);
    this.keepers = [this.#bearers, this.#known];
  }

  matches(): boolean {
    const by = this.#by();
    const tuple = this.#tuple();
    if (by === 0 || tuple === 0) return false;
    const { time } = this.#runtime.event;
    const since = this.#bearers.see(by, 0, time);
    this.#known.see(by, tuple, time);
    return this.#known.wasNew && since <= time - this.#learn;
  }
}
