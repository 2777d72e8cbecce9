import type { Entries } from "../windows/entries.ts";
import type { Aggregate } from "./aggregate.ts";

/** Numbers in one piece of a sorted list; it is split at twice this. */
const pieceSize = 256;

/** The numbers of the window in order, for percentiles. Few rules ask for them: a group has a list of its own. */
export class Percentiles implements Aggregate {
  readonly #entries: Entries;
  readonly #lists = new Map<number, SortedNumbers>();
  #count = 0;

  constructor(entries: Entries) {
    this.#entries = entries;
  }

  get bytes(): number {
    return this.#lists.size * 200 + this.#count * 8;
  }

  /** By nearest rank; NaN where there is no number. */
  percentile(percent: number): (group: number) => number {
    return (group) => {
      const list = this.#lists.get(group);
      return list === undefined ? Number.NaN : list.at(Math.max(1, Math.ceil((percent / 100) * list.size)) - 1);
    };
  }

  enter(group: number, entry: number): void {
    const number = this.#entries.number(entry);
    if (Number.isNaN(number)) return;
    let list = this.#lists.get(group);
    if (list === undefined) this.#lists.set(group, (list = new SortedNumbers()));
    list.add(number);
    this.#count += 1;
  }

  leave(group: number, entry: number): void {
    const number = this.#entries.number(entry);
    const list = this.#lists.get(group);
    if (list === undefined || Number.isNaN(number)) return;
    list.remove(number);
    this.#count -= 1;
    if (list.size === 0) this.#lists.delete(group);
  }

  clear(): void {}
}

/** A sorted list in pieces: adding and removing move a piece, not the list. */
class SortedNumbers {
  size = 0;
  #pieces: number[][] = [[]];

  add(number: number): void {
    const index = this.#pieceOf(number);
    const piece = this.#pieces[index]!;
    piece.splice(firstNotBelow(piece, number), 0, number);
    this.size += 1;
    if (piece.length === pieceSize * 2) this.#pieces.splice(index + 1, 0, piece.splice(pieceSize));
  }

  remove(number: number): void {
    const index = this.#pieceOf(number);
    const piece = this.#pieces[index]!;
    piece.splice(firstNotBelow(piece, number), 1);
    this.size -= 1;
    if (piece.length === 0 && this.#pieces.length > 1) this.#pieces.splice(index, 1);
  }

  at(rank: number): number {
    for (const piece of this.#pieces) {
      if (rank < piece.length) return piece[rank]!;
      rank -= piece.length;
    }
    return Number.NaN;
  }

  /** The first piece whose last number is not below this one: the one that holds it, if any does. */
  #pieceOf(number: number): number {
    let low = 0;
    let high = this.#pieces.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#pieces[middle]!.at(-1)! < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function firstNotBelow(piece: readonly number[], number: number): number {
  let low = 0;
  let high = piece.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (piece[middle]! < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
