import type { CorrelationRule } from "../../rule-ir.ts";
import type { Window, WindowParts } from "./window.ts";

/** Whether a rule holds over no window with an event in it: `event_count` below one, which only silence fulfils. */
export function neverHoldsOverEvents({ measure, and }: CorrelationRule): boolean {
  if (measure.type !== "event_count" || and.length > 0) return false;
  return measure.is.some(({ op, value }) => (op === "lt" && value <= 1) || (op === "lte" && value < 1));
}

/** Where only silence counts, the last event of a group is all that matters, and what may yet come before it. */
export class LatestOnly implements Window {
  readonly #parts: WindowParts;

  constructor(parts: WindowParts) {
    this.#parts = parts;
  }

  insert(group: number, entry: number, behind: number): void {
    const { list, runtime, timespan, delay } = this.#parts;
    list.link(group, entry, behind);
    // An event that is still on its way is less than a timespan older than the last one: no silence lies between them.
    const shortLateness = runtime.lateness + delay <= timespan;
    list.prune(group, list.tail(group), shortLateness ? Infinity : runtime.watermark - delay - timespan);
  }

  merge(): void {}

  cancel(_group: number, mark: number): void {
    this.#parts.entries.drop(mark);
  }

  due(): void {}

  needed(group: number): number {
    const { list, entries, delay } = this.#parts;
    const tail = list.tail(group);
    return tail === 0 ? -Infinity : entries.time(tail) + delay;
  }

  forget(): void {}

  restored(): void {}
}
