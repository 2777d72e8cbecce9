/**
 * Records of a fixed number of 32-bit words in one buffer. A million small objects would cost the collector seconds and
 * a third of a kilobyte each; here a record is a slice of memory, a copy of all of them is one `slice`, and what they
 * weigh is known to the byte. Record 0 is never given out: 0 means "none" wherever records point to each other.
 */
export class Table {
  /** Words a record; even, so that 64-bit numbers are aligned. */
  readonly stride: number;
  /** Views of the same memory. Replaced when it grows: read them anew after `take`. */
  words: Int32Array;
  numbers: Float64Array;
  /** Records in use. */
  live = 0;
  /** Records ever used, record 0 among them. */
  #high = 1;
  #capacity: number;
  #free = 0;

  constructor(words: number) {
    this.stride = words + (words & 1);
    this.#capacity = 16;
    const memory = new ArrayBuffer(this.#capacity * this.stride * 4);
    this.words = new Int32Array(memory);
    this.numbers = new Float64Array(memory);
  }

  /** A record of zeros. */
  take(): number {
    this.live += 1;
    const free = this.#free;
    if (free !== 0) {
      const at = free * this.stride;
      this.#free = this.words[at]!;
      this.words.fill(0, at, at + this.stride);
      return free;
    }
    if (this.#high === this.#capacity) this.#grow(this.#high + 1);
    return this.#high++;
  }

  give(record: number): void {
    this.live -= 1;
    this.words[record * this.stride] = this.#free;
    this.#free = record;
  }

  get bytes(): number {
    return this.live * this.stride * 4;
  }

  save(): { readonly facts: TableFacts; readonly bytes: Uint8Array } {
    const facts = { high: this.#high, free: this.#free, live: this.live, stride: this.stride };
    return { facts, bytes: new Uint8Array(this.words.buffer.slice(0, this.#high * this.stride * 4)) };
  }

  load(facts: TableFacts, bytes: Uint8Array): void {
    if (facts.stride !== this.stride || bytes.byteLength !== facts.high * this.stride * 4) throw new Error("not a table of this shape");
    if (this.#capacity < facts.high) this.#grow(facts.high);
    new Uint8Array(this.words.buffer).set(bytes);
    this.#high = facts.high;
    this.#free = facts.free;
    this.live = facts.live;
  }

  /**
   * Twice as much, and from four megabytes on half as much again: memory that nobody uses is memory that a group costs, and
   * each buffer that is left behind brings the collector closer.
   */
  #grow(least: number): void {
    const factor = this.words.byteLength > 4_000_000 ? 1.5 : 2;
    this.#capacity = Math.max(least, Math.ceil(this.#capacity * factor));
    const memory = new ArrayBuffer(this.#capacity * this.stride * 4);
    const words = new Int32Array(memory);
    words.set(this.words);
    this.words = words;
    this.numbers = new Float64Array(memory);
  }
}

export interface TableFacts {
  readonly high: number;
  readonly free: number;
  readonly live: number;
  readonly stride: number;
}
