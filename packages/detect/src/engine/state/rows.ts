import type { Fields, SecurityEvent } from "../../event.ts";
import type { Interner } from "./interner.ts";
import { textOf } from "./interner.ts";
import { NumberStack } from "./number-stack.ts";
import { Table } from "./table.ts";
import type { TableFacts } from "./table.ts";

/** Events whose fields are kept for evidence: the last ones that contributed to anything. */
export const ringSize = 65_536;

/** Estimate of the fields of one event in the ring, bytes. */
const fieldsWeight = 512;

/** 64-bit numbers of a row, then 32-bit words. */
const time = 0;
const seq = 1;
const position = 2;
const writerSeq = 3;
const stream = 8;
const source = 9;
const writer = 10;
const holders = 11;
const ringPlace = 12;
const rowWords = 14;

/**
 * What is known of events that windows and alerts still hold: time, number, identity and place of each, once, however
 * many rules it matched. Fields only of the last {@link ringSize} of them.
 */
export class Rows {
  readonly table = new Table(rowWords);
  readonly #interner: Interner;
  readonly #idle = new NumberStack();
  #ringRows = new Int32Array(ringSize);
  #ringFields: (Fields | undefined)[] = [];
  #next = 0;
  #held = 0;
  /** Events of one source come with the same origin object: its numbers are looked up once. */
  #origin: SecurityEvent["origin"] | undefined;
  #stream = 0;
  #source = 0;

  constructor(interner: Interner) {
    this.#interner = interner;
  }

  get bytes(): number {
    return this.table.bytes + this.#held * fieldsWeight;
  }

  add(event: SecurityEvent): number {
    const row = this.table.take();
    const { words, numbers, stride } = this.table;
    const at = row * stride;
    const half = at >> 1;
    numbers[half + time] = event.time;
    numbers[half + seq] = event.seq;
    numbers[half + position] = event.position;
    if (event.origin !== this.#origin) this.#setOrigin(event.origin);
    words[at + stream] = this.#stream;
    words[at + source] = this.#source;
    this.#interner.hold(this.#stream);
    this.#interner.hold(this.#source);
    const { writer: name, seq: own } = event.fields;
    if (typeof name === "string" && typeof own === "number") {
      const number = this.#interner.number(textOf(name) ?? "");
      this.#interner.hold(number);
      words[at + writer] = number;
      numbers[half + writerSeq] = own;
    }
    this.#keepFields(row, at, event.fields);
    this.#idle.push(row);
    return row;
  }

  hold(row: number): void {
    this.table.words[row * this.table.stride + holders]!++;
  }

  release(row: number): void {
    if (--this.table.words[row * this.table.stride + holders]! === 0) this.#idle.push(row);
  }

  /** Gives back rows that nobody holds. */
  sweep(): void {
    const { items, size } = this.#idle;
    for (let index = 0; index < size; index++) this.#giveBack(items[index]!);
    this.#idle.size = 0;
  }

  time(row: number): number {
    return this.table.numbers[((row * this.table.stride) >> 1) + time]!;
  }

  seq(row: number): number {
    return this.table.numbers[((row * this.table.stride) >> 1) + seq]!;
  }

  fields(row: number): Fields | undefined {
    const place = this.table.words[row * this.table.stride + ringPlace]!;
    return this.#ringRows[place] === row ? this.#ringFields[place] : undefined;
  }

  /** What names the event for ever: see eventId. */
  id(row: number): string {
    const { words, numbers, stride } = this.table;
    const at = row * stride;
    const number = words[at + writer]!;
    if (number !== 0) return `${this.#interner.text(number)}:${numbers[(at >> 1) + writerSeq]}`;
    return `${this.#interner.text(words[at + stream]!)}@${numbers[(at >> 1) + position]}`;
  }

  place(row: number): { readonly source: string; readonly position: number } {
    const at = row * this.table.stride;
    return { source: this.#interner.text(this.table.words[at + source]!) ?? "", position: this.table.numbers[(at >> 1) + position]! };
  }

  /** With the ring: place, row and fields of each. */
  save(): { readonly facts: RowsFacts; readonly bytes: Uint8Array; readonly ring: readonly RingItem[] } {
    const { facts, bytes } = this.table.save();
    const ring: RingItem[] = [];
    for (let place = 0; place < this.#ringFields.length; place++) {
      const fields = this.#ringFields[place];
      if (fields !== undefined) ring.push([place, this.#ringRows[place]!, fields]);
    }
    return { facts: { ...facts, next: this.#next }, bytes, ring };
  }

  /** After the interner. Nothing is held: whoever restores holds again what it uses. */
  load(facts: RowsFacts, bytes: Uint8Array, ring: readonly RingItem[]): void {
    this.table.load(facts, bytes);
    this.#ringRows.fill(0);
    this.#ringFields = [];
    this.#held = 0;
    this.#idle.size = 0;
    this.#origin = undefined;
    this.#stream = 0;
    this.#source = 0;
    for (let place = 0; place < Math.min(facts.next, ringSize); place++) this.#ringFields.push(undefined);
    this.#next = facts.next;
    for (const [place, row, fields] of ring) {
      this.#ringRows[place] = row;
      this.#ringFields[place] = fields;
      this.#held += 1;
    }
    this.#holdTexts(facts);
  }

  /** Rows in use hold their texts; each stands in the idle list until somebody holds it. */
  #holdTexts(facts: TableFacts): void {
    const { words, stride } = this.table;
    const unused = new Set<number>();
    for (let row = facts.free; row !== 0; row = words[row * stride]!) unused.add(row);
    for (let row = 1; row < facts.high; row++) {
      if (unused.has(row)) continue;
      const at = row * stride;
      words[at + holders] = 0;
      for (const word of [stream, source, writer]) this.#interner.hold(words[at + word]!);
      this.#idle.push(row);
    }
  }

  #setOrigin(origin: SecurityEvent["origin"]): void {
    if (this.#origin !== undefined) {
      this.#interner.release(this.#stream);
      this.#interner.release(this.#source);
    }
    this.#origin = origin;
    this.#stream = this.#interner.number(textOf(origin.stream) ?? "");
    this.#source = this.#interner.number(textOf(origin.source) ?? "");
    this.#interner.hold(this.#stream);
    this.#interner.hold(this.#source);
  }

  #keepFields(row: number, at: number, fields: Fields): void {
    const place = this.#next++ % ringSize;
    if (this.#ringFields[place] === undefined) this.#held += 1;
    this.#ringRows[place] = row;
    this.#ringFields[place] = fields;
    this.table.words[at + ringPlace] = place;
  }

  #giveBack(row: number): void {
    const { words, stride } = this.table;
    const at = row * stride;
    // A row stands in the list twice when it was let go, taken and let go again: the first round frees it, marked by -1.
    if (words[at + holders] !== 0) return;
    words[at + holders] = -1;
    for (const word of [stream, source, writer]) if (words[at + word] !== 0) this.#interner.release(words[at + word]!);
    const place = words[at + ringPlace]!;
    if (this.#ringRows[place] === row) {
      this.#ringRows[place] = 0;
      this.#ringFields[place] = undefined;
      this.#held -= 1;
    }
    this.table.give(row);
  }
}

export interface RowsFacts extends TableFacts {
  readonly next: number;
}

/** Place in the ring, row, fields. */
export type RingItem = readonly [number, number, Fields];
