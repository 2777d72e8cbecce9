import { Groups, groupWords } from "./groups.ts";
import type { GroupsFacts } from "./groups.ts";
import { NumberStack } from "./number-stack.ts";
import type { Interner } from "./interner.ts";

const holders = groupWords;

/**
 * Gives each pair of numbers a number of its own, below zero, while somebody holds it: tuples of values without making a
 * text of them. A pair of a pair and a number is a tuple of three, and so on.
 */
export class Pairs {
  readonly #groups = new Groups();
  readonly #interner: Interner;
  readonly #idle = new NumberStack();

  constructor(interner: Interner) {
    this.#interner = interner;
    this.#groups.shape(groupWords + 1);
  }

  get bytes(): number {
    return this.#groups.bytes;
  }

  /** The number of a pair, good until the next sweep unless it is held. */
  number(a: number, b: number): number {
    const known = this.#groups.find(a, b);
    if (known !== 0) return -known;
    const added = this.#groups.add(a, b, 0);
    this.#idle.push(added);
    this.hold(a);
    this.hold(b);
    return -added;
  }

  /** Holds a number of either kind: of a text or of a pair. */
  hold(number: number): void {
    if (number >= 0) this.#interner.hold(number);
    else this.#groups.table.words[-number * this.#groups.table.stride + holders]!++;
  }

  release(number: number): void {
    if (number >= 0) this.#interner.release(number);
    else if (--this.#groups.table.words[-number * this.#groups.table.stride + holders]! === 0) this.#idle.push(-number);
  }

  /** The texts of a number, in order. */
  texts(number: number): readonly (string | null)[] {
    if (number >= 0) return [this.#interner.text(number)];
    return [...this.texts(this.#groups.key(-number, 0)), ...this.texts(this.#groups.key(-number, 1))];
  }

  /** Forgets what nobody holds; before the interner does. */
  sweep(): void {
    const { table } = this.#groups;
    // Grows while it is walked: a pair may have been the last to hold another.
    for (let index = 0; index < this.#idle.size; index++) {
      const pair = this.#idle.items[index]!;
      if (table.words[pair * table.stride + holders] !== 0) continue;
      // Marks it as gone, should it stand in the list twice.
      table.words[pair * table.stride + holders] = -1;
      const a = this.#groups.key(pair, 0);
      const b = this.#groups.key(pair, 1);
      this.#groups.remove(pair);
      this.release(a);
      this.release(b);
    }
    this.#idle.size = 0;
  }

  save(): { readonly facts: GroupsFacts; readonly bytes: Uint8Array } {
    return this.#groups.save();
  }

  /** After the interner. Nothing is held but by pairs: whoever restores holds again what it uses. */
  load(facts: GroupsFacts, bytes: Uint8Array): void {
    this.#groups.load(facts, bytes);
    const { words, stride } = this.#groups.table;
    const all = [...this.#groups.all()];
    for (const pair of all) words[pair * stride + holders] = 0;
    for (const pair of all) {
      this.hold(this.#groups.key(pair, 0));
      this.hold(this.#groups.key(pair, 1));
    }
    this.#idle.size = 0;
    for (const pair of all) this.#idle.push(pair);
  }
}
