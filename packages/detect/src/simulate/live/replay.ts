import { setTimeout as sleep } from "node:timers/promises";
import { lineOf } from "../event.ts";
import type { SimulatedEvent } from "../event.ts";

export interface ReplayOptions {
  /** How many times faster than it happened; default 1, `Infinity` for no waiting at all. Above 0. */
  readonly speed?: number;
  /** Takes a line without its end. The next one waits for its promise. */
  readonly send: (line: string, event: SimulatedEvent) => void | Promise<void>;
  /** Ends the replay early. */
  readonly signal?: AbortSignal;
}

/** Waits shorter than this are put off until they have added up. Milliseconds. */
const SHORTEST_WAIT = 4;

/** Sends each line when it arrives, counted from the first. Resolves to the number of lines sent. */
export async function replay(events: Iterable<SimulatedEvent>, options: ReplayOptions): Promise<number> {
  const { speed = 1, send, signal } = options;
  const began = performance.now();
  let first: number | undefined;
  let sent = 0;
  for (const event of events) {
    first ??= event.arrival;
    const wait = (event.arrival - first) / speed - (performance.now() - began);
    if (wait >= SHORTEST_WAIT && !(await slept(wait, signal))) break;
    if (signal?.aborted) break;
    await send(lineOf(event), event);
    sent++;
  }
  return sent;
}

/** False where the signal came first. */
export async function slept(milliseconds: number, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await sleep(milliseconds, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}
