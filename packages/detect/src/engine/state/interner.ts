import { createHash } from "node:crypto";
import type { FieldValue } from "../../event.ts";
import { NumberStack } from "./number-stack.ts";

/** Longest text that is kept as it is; of a longer one the beginning and a hash. */
const longest = 256;

/**
 * Gives each text a small whole number while somebody holds it: one comparison of texts an event and field, numbers
 * from there on. 0 is null. A text that nobody holds is forgotten at the next `sweep`.
 */
export class Interner {
  #numbers = new Map<string, number>();
  #texts: (string | undefined)[] = [undefined];
  #holders = new Int32Array(1024);
  #free: number[] = [];
  /** Numbers without a holder: new ones, and those that were let go. */
  readonly #idle = new NumberStack();
  #characters = 0;

  /** The number of a text, good until the next sweep unless it is held. */
  number(text: string): number {
    const known = this.#numbers.get(text);
    return known === undefined ? this.#add(text) : known;
  }

  /** The text of a number; null for 0. */
  text(number: number): string | null {
    return this.#texts[number] ?? null;
  }

  hold(number: number): void {
    this.#holders[number]!++;
  }

  release(number: number): void {
    if (--this.#holders[number]! === 0) this.#idle.push(number);
  }

  /** Forgets what nobody holds. Not while numbers of this event are still in use. */
  sweep(): void {
    const { items, size } = this.#idle;
    for (let index = 0; index < size; index++) {
      const number = items[index]!;
      const text = this.#texts[number];
      if (number === 0 || text === undefined || this.#holders[number] !== 0) continue;
      this.#numbers.delete(text);
      this.#texts[number] = undefined;
      this.#characters -= text.length;
      this.#free.push(number);
    }
    this.#idle.size = 0;
  }

  /** Estimate: the map's entry, the string's head and the two arrays, beside its characters. */
  get bytes(): number {
    return this.#numbers.size * 96 + this.#characters;
  }

  save(): readonly (string | undefined)[] {
    return this.#texts;
  }

  /** Texts of a snapshot; none is held: whoever restores holds again what it uses. */
  load(texts: readonly (string | null)[]): void {
    this.#numbers.clear();
    this.#texts = texts.map((text) => text ?? undefined);
    this.#holders = new Int32Array(Math.max(1024, texts.length * 2));
    this.#free = [];
    this.#idle.size = 0;
    this.#characters = 0;
    for (let number = 1; number < texts.length; number++) {
      const text = this.#texts[number];
      if (text === undefined) {
        this.#free.push(number);
        continue;
      }
      this.#numbers.set(text, number);
      this.#characters += text.length;
      this.#idle.push(number);
    }
  }

  #add(text: string): number {
    const number = this.#free.pop() ?? this.#texts.length;
    if (number >= this.#holders.length) {
      const holders = new Int32Array(this.#holders.length * 2);
      holders.set(this.#holders);
      this.#holders = holders;
    }
    this.#texts[number] = text;
    this.#numbers.set(text, number);
    this.#characters += text.length;
    this.#idle.push(number);
    return number;
  }
}

/** A value as text, for groups and distinct counts; null where there is none. Objects and lists by their JSON. */
export function textOf(value: FieldValue): string | null {
  if (typeof value === "string") return value.length <= longest ? value : shortened(value);
  if (value === undefined || value === null) return null;
  if (typeof value !== "object") return String(value);
  return shortened(jsonOf(value));
}

function jsonOf(value: FieldValue): string {
  try {
    return JSON.stringify(value);
  } catch {
    // Nested deeper than the stack: nobody groups by that in earnest.
    return "[too deep]";
  }
}

function shortened(text: string): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, 200)}…${createHash("sha256").update(text).digest("hex").slice(0, 32)}`;
}
