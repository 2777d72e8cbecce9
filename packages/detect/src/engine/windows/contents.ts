import type { Aggregate } from "../aggregates/aggregate.ts";
import { countWord } from "./layout.ts";
import type { WindowParts } from "./window.ts";

/** What a window holds: its count and the aggregates over it. */
export class Contents {
  readonly #parts: WindowParts;
  readonly #aggregates: readonly Aggregate[];
  readonly #only: Aggregate | undefined;
  /** True where some aggregate takes events in their order only. */
  readonly inOrder: boolean;

  constructor(parts: WindowParts) {
    this.#parts = parts;
    this.#aggregates = parts.conditions.aggregates;
    this.#only = this.#aggregates.length === 1 ? this.#aggregates[0] : undefined;
    this.inOrder = this.#aggregates.some((aggregate) => aggregate.inOrder === true);
  }

  count(group: number): number {
    const { words, stride } = this.#parts.groups.table;
    return words[group * stride + countWord]!;
  }

  enter(group: number, entry: number): void {
    const { words, stride } = this.#parts.groups.table;
    words[group * stride + countWord]! += 1;
    if (this.#only !== undefined) this.#only.enter(group, entry);
    else for (const aggregate of this.#aggregates) aggregate.enter(group, entry);
  }

  leave(group: number, entry: number): void {
    const { words, stride } = this.#parts.groups.table;
    words[group * stride + countWord]! -= 1;
    if (this.#only !== undefined) this.#only.leave(group, entry);
    else for (const aggregate of this.#aggregates) aggregate.leave(group, entry);
  }

  clear(group: number): void {
    for (const aggregate of this.#aggregates) aggregate.clear(group);
  }

  get bytes(): number {
    let bytes = 0;
    for (const aggregate of this.#aggregates) bytes += aggregate.bytes ?? 0;
    return bytes;
  }
}
