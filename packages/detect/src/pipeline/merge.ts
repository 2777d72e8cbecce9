import type { PendingEvent, ReadBatch } from "./reading.ts";

/** Takes one event, and where its stream goes on after it. */
export type Take = (event: PendingEvent, stream: string, next: number) => void;

/** One source's side of the merge. */
export interface Lane {
  /** Hands in a batch; resolves when all of it was taken, so that the source reads on only then. */
  put(batch: ReadBatch): Promise<void>;
  /** The source has ended: nobody waits for it any more. */
  end(): void;
}

interface Slot {
  batch: ReadBatch | undefined;
  index: number;
  resolve: () => void;
  ended: boolean;
  /** When it last had nothing to give (ms of the monotonic clock). */
  emptySince: number;
}

/** Events taken in one go before others (timers, sockets) get their turn. */
const stride = 20_000;

/**
 * Merges sources by event time, so that a file that lies behind the others is not late (docs/semantics.md, 6). A source
 * that has nothing to give holds the others up for `patience` ms at most: for ever on finished input, where each source
 * gives something until it ends; a quarter of a second when following.
 */
export function createMerge(take: Take, taken: (stream: string, end: number) => void, patience: number) {
  const slots: Slot[] = [];
  let scheduled = false;
  let timer: NodeJS.Timeout | undefined;

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      work();
    });
  }

  function work(): void {
    clearTimeout(timer);
    let left = stride;
    while (left > 0) {
      const wait = longestWait();
      if (wait > 0) {
        if (wait !== Infinity) timer = setTimeout(schedule, wait);
        return;
      }
      const [first, bound] = earliest();
      if (first === undefined) return;
      left -= drain(first, bound, left);
    }
    schedule();
  }

  /** How long the sources that are not ended and have nothing to give may still be waited for; 0 = for none. */
  function longestWait(): number {
    let wait = 0;
    if (!slots.some((slot) => slot.batch !== undefined)) return 0;
    const now = performance.now();
    for (const slot of slots) {
      if (slot.ended || slot.batch !== undefined) continue;
      wait = Math.max(wait, slot.emptySince + patience - now);
    }
    return wait;
  }

  /** The slot whose next event is the earliest, and the time of the runner-up's. */
  function earliest(): readonly [Slot | undefined, number] {
    let first: Slot | undefined;
    let time = Infinity;
    let bound = Infinity;
    for (const slot of slots) {
      if (slot.batch === undefined) continue;
      const head = slot.batch.events[slot.index]?.time ?? -Infinity;
      if (first === undefined || head < time) {
        bound = time;
        first = slot;
        time = head;
      } else if (head < bound) bound = head;
    }
    return [first, bound];
  }

  /** Takes events of one slot up to the time of the next source's. */
  function drain(slot: Slot, bound: number, most: number): number {
    const batch = slot.batch!;
    const { events, next } = batch;
    const start = slot.index;
    let { index } = slot;
    const last = Math.min(events.length, start + most);
    // The first is taken whatever its time: it is the earliest there is.
    while (index < last && (index === start || events[index]!.time <= bound)) {
      take(events[index]!, batch.stream, next[index]!);
      index += 1;
    }
    slot.index = index;
    if (index === events.length) release(slot);
    return Math.max(1, index - start);
  }

  function release(slot: Slot): void {
    const { batch, resolve } = slot;
    slot.batch = undefined;
    slot.emptySince = performance.now();
    taken(batch!.stream, batch!.end);
    resolve();
  }

  return {
    lane(): Lane {
      const slot: Slot = { batch: undefined, index: 0, resolve: () => undefined, ended: false, emptySince: performance.now() };
      slots.push(slot);
      return {
        put: (batch) =>
          new Promise((resolve) => {
            slot.batch = batch;
            slot.index = 0;
            slot.resolve = resolve;
            schedule();
          }),
        end() {
          slot.ended = true;
          schedule();
        },
      };
    },
    stop(): void {
      clearTimeout(timer);
    },
  };
}
