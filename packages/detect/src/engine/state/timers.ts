/** What waits for the watermark. The order of equal times is that of the rules, so that a replay does the same. */
export class Timers {
  #due = new Float64Array(64);
  #tag = new Int32Array(64);
  #key = new Int32Array(64);
  #size = 0;

  get next(): number {
    return this.#size === 0 ? Infinity : this.#due[0]!;
  }

  get size(): number {
    return this.#size;
  }

  add(due: number, tag: number, key: number): void {
    if (this.#size === this.#due.length) this.#grow();
    let at = this.#size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#before(due, tag, key, parent)) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#put(at, due, tag, key);
  }

  /** The first one, taken out; only when `next` is not Infinity. */
  take(): { readonly due: number; readonly tag: number; readonly key: number } {
    const first = { due: this.#due[0]!, tag: this.#tag[0]!, key: this.#key[0]! };
    const last = --this.#size;
    const due = this.#due[last]!;
    const tag = this.#tag[last]!;
    const key = this.#key[last]!;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= last) break;
      const right = child + 1;
      if (right < last && this.#before(this.#due[right]!, this.#tag[right]!, this.#key[right]!, child)) child = right;
      if (!this.#after(due, tag, key, child)) break;
      this.#move(child, at);
      at = child;
    }
    this.#put(at, due, tag, key);
    return first;
  }

  clear(): void {
    this.#size = 0;
  }

  #before(due: number, tag: number, key: number, other: number): boolean {
    const otherDue = this.#due[other]!;
    if (due !== otherDue) return due < otherDue;
    const otherTag = this.#tag[other]!;
    return tag === otherTag ? key < this.#key[other]! : tag < otherTag;
  }

  #after(due: number, tag: number, key: number, other: number): boolean {
    const otherDue = this.#due[other]!;
    if (due !== otherDue) return due > otherDue;
    const otherTag = this.#tag[other]!;
    return tag === otherTag ? key > this.#key[other]! : tag > otherTag;
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#due[from]!, this.#tag[from]!, this.#key[from]!);
  }

  #put(at: number, due: number, tag: number, key: number): void {
    this.#due[at] = due;
    this.#tag[at] = tag;
    this.#key[at] = key;
  }

  #grow(): void {
    const due = new Float64Array(this.#size * 2);
    const tag = new Int32Array(this.#size * 2);
    const key = new Int32Array(this.#size * 2);
    due.set(this.#due);
    tag.set(this.#tag);
    key.set(this.#key);
    this.#due = due;
    this.#tag = tag;
    this.#key = key;
  }
}
