const width = 3;

/**
 * Counts by two whole numbers, the first of them above zero: how often a group has a value. Open addressing in one
 * array, so that a million of them are one object; what falls to zero is gone at once.
 */
export class PairCounts {
  live = 0;
  #cells = new Int32Array(64 * width);
  #mask = 63;

  get bytes(): number {
    return this.live * 24;
  }

  /** Adds 1; the new count. */
  add(a: number, b: number): number {
    const cells = this.#cells;
    for (let cell = place(a, b) & this.#mask; ; cell = (cell + 1) & this.#mask) {
      const at = cell * width;
      const held = cells[at]!;
      if (held === 0) {
        cells[at] = a;
        cells[at + 1] = b;
        cells[at + 2] = 1;
        this.live += 1;
        if (this.live * 3 > this.#mask * 2) this.#grow();
        return 1;
      }
      if (held === a && cells[at + 1] === b) return ++cells[at + 2]!;
    }
  }

  /** Takes 1 away; the new count. What was never added stays 0. */
  subtract(a: number, b: number): number {
    const cells = this.#cells;
    for (let cell = place(a, b) & this.#mask; ; cell = (cell + 1) & this.#mask) {
      const at = cell * width;
      const held = cells[at]!;
      if (held === 0) return 0;
      if (held !== a || cells[at + 1] !== b) continue;
      const left = --cells[at + 2]!;
      if (left === 0) this.#remove(cell);
      return left;
    }
  }

  get(a: number, b: number): number {
    const cells = this.#cells;
    for (let cell = place(a, b) & this.#mask; ; cell = (cell + 1) & this.#mask) {
      const at = cell * width;
      const held = cells[at]!;
      if (held === 0) return 0;
      if (held === a && cells[at + 1] === b) return cells[at + 2]!;
    }
  }

  /** Closes the hole by moving up what was pushed past it, so that no grave marks pile up. */
  #remove(hole: number): void {
    const cells = this.#cells;
    const mask = this.#mask;
    this.live -= 1;
    for (let cell = (hole + 1) & mask; ; cell = (cell + 1) & mask) {
      const at = cell * width;
      const a = cells[at]!;
      if (a === 0) break;
      const home = place(a, cells[at + 1]!) & mask;
      // It may move to the hole unless its home lies behind the hole.
      if (((cell - home) & mask) < ((cell - hole) & mask)) continue;
      cells.copyWithin(hole * width, at, at + width);
      hole = cell;
    }
    cells[hole * width] = 0;
  }

  #grow(): void {
    const old = this.#cells;
    this.#mask = this.#mask * 2 + 1;
    const cells = new Int32Array((this.#mask + 1) * width);
    for (let from = 0; from < old.length; from += width) {
      const a = old[from]!;
      if (a === 0) continue;
      let cell = place(a, old[from + 1]!) & this.#mask;
      while (cells[cell * width] !== 0) cell = (cell + 1) & this.#mask;
      cells[cell * width] = a;
      cells[cell * width + 1] = old[from + 1]!;
      cells[cell * width + 2] = old[from + 2]!;
    }
    this.#cells = cells;
  }
}

/** Spreads two numbers over 32 bits. They are numbers that we gave out ourselves: nobody can choose them to collide. */
export function place(a: number, b: number): number {
  let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}
