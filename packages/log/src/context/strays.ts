/** What was called outside of a request although the application has an adapter in use. */
export type StrayCall = "event" | "identify";

export interface Stray {
  readonly call: StrayCall;
  /** Where: `checkout (/app/src/cart.ts:12:3)`. */
  readonly site: string;
}

/** Sites that are told apart; a program has no more places that record, unless it makes them up (`eval`). */
const MOST_SITES = 200;
/** Stacks that are taken in all: one costs microseconds, and after so many the places that occur are known. */
const MOST_STACKS = 2_000;

/**
 * Counts calls that have lost their request (a pool or an emitter made outside of it, promises of another kind), and reports
 * each call site once, so that it can be found and mended. One a log.
 */
export class Strays {
  readonly #report: (stray: Stray) => void;
  readonly #sites = new Set<string>();
  readonly #counts: { [call in StrayCall]: number } = { event: 0, identify: 0 };
  #stacks = 0;

  constructor(report: (stray: Stray) => void) {
    this.#report = report;
  }

  /** How many there were. */
  get counts(): { readonly [call in StrayCall]: number } {
    return { ...this.#counts };
  }

  /** Counts one. `below` is the public function that the application called: the site is the frame that called it. Never throws. */
  note(call: StrayCall, below: (...args: never) => unknown): void {
    this.#counts[call]++;
    if (this.#stacks >= MOST_STACKS || this.#sites.size >= MOST_SITES) return;
    this.#stacks++;
    const site = callerOf(below);
    const key = `${call} ${site}`;
    if (this.#sites.has(key)) return;
    this.#sites.add(key);
    try {
      this.#report({ call, site });
    } catch {
      // A report that fails must not reach the request; the count stands.
    }
  }
}

/** The first frame below a function. An application may have an `Error.prepareStackTrace` of its own that answers with anything. */
function callerOf(below: (...args: never) => unknown): string {
  const limit = Error.stackTraceLimit;
  try {
    Error.stackTraceLimit = 1;
    const holder: { stack?: unknown } = {};
    Error.captureStackTrace(holder, below);
    return /^\s*at (.*)$/m.exec(String(holder.stack))?.[1] ?? "unknown";
  } catch {
    return "unknown";
  } finally {
    Error.stackTraceLimit = limit;
  }
}
