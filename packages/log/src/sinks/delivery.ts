import type { SinkStats } from "../contract.ts";
import type { Sealer } from "../evidence/sealer.ts";
import { Backlog } from "./backlog.ts";
import type { WhenFull } from "./backlog.ts";

/** Lines that were given up. */
export interface Loss {
  readonly dropped: number;
  /** Milliseconds since 1970, UTC. */
  readonly since: number;
  /** What had gone wrong, as a sentence. */
  readonly problem: string;
}

/** How a sink behaves when its destination does not take lines. */
export interface BufferOptions {
  /** Bytes of lines kept while the destination takes none. Default: 8 MiB. */
  readonly bufferSize?: number;
  /**
   * Which lines go when that is not enough. Default: `drop-newest`: the first events of an incident stay, no flood can push them out,
   * and what is lost is one gap.
   */
  readonly whenFull?: WhenFull;
}

/** What every sink is told by the log. */
export interface SinkParts {
  /** Path of the output's option in messages: `outputs[0].file`. */
  readonly field: string;
  /** Seals each line at the moment it is written. */
  readonly sealer?: Sealer;
  /** Lines were lost, and the destination works again: the log can say so. May write. */
  readonly onRecovered?: (loss: Loss) => void;
  readonly now?: () => number;
}

/** The destination proper. */
export interface Destination {
  /** Makes ready for a line that is yet to be sealed, or throws. */
  readonly prepare?: () => void;
  /** Takes a line whole or throws. */
  readonly put: (text: string, level: number) => void;
  /** False while it asks to wait. Default: always. */
  readonly ready?: () => boolean;
  /** Finishes what was begun, or throws; called when nothing waits any more. */
  readonly settle?: () => void;
}

/** Milliseconds to the next try, which double with every failure. */
const pauses = { first: 100, longest: 5000 };
/** A pipe that is full is nothing wrong: its reader is on its way. */
const pipePauses = { first: 2, longest: 50 };
/** Lines handed on in one go while catching up, so that no request waits for a whole backlog. */
const slice = 256;

/** Brings lines to a destination in their order, and keeps them while it fails. Nothing in here throws. */
export class Delivery {
  private written = 0;
  private dropped = 0;
  /** Of those, the ones that nobody was told of. */
  private untold = 0;
  private trouble: string | undefined;
  private aside: string | undefined;
  private since = 0;
  /** Failures in a row. */
  private failures = 0;
  private nextTry = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly backlog: Backlog;
  private readonly destination: Destination;
  private readonly parts: SinkParts;
  private readonly now: () => number;

  constructor(destination: Destination, options: BufferOptions, parts: SinkParts) {
    this.destination = destination;
    this.parts = parts;
    this.now = parts.now ?? Date.now;
    this.backlog = new Backlog(options.bufferSize ?? 8 * 1024 * 1024, options.whenFull ?? "drop-newest");
  }

  write(line: string, level: number): void {
    // The usual case: nothing waits, and the destination takes it.
    if (this.backlog.length === 0 && this.trouble === undefined && this.isReady() && this.attempt(line, level)) return;
    this.keep(line, level);
    if (this.trouble === undefined || this.now() >= this.nextTry) this.drain(slice);
  }

  /** Hands on what waits; `most` lines of it. */
  drain(most: number): void {
    for (let done = 0; done < most && this.isReady(); done += 1) {
      const first = this.backlog.first();
      if (!first) break;
      if (!this.attempt(first.line, first.level)) return;
      this.backlog.shift();
    }
    if (this.backlog.length === 0) this.settle();
    else if (this.isReady()) this.later(0);
  }

  /** Hands on all of it, whatever was agreed about pauses. */
  drainAll(): void {
    this.drain(Infinity);
  }

  /** Something went wrong outside of a write. */
  fail(error: unknown): void {
    const now = this.now();
    if (this.trouble === undefined) this.since = now;
    const { first, longest } = isFullPipe(error) ? pipePauses : pauses;
    const pause = Math.min(longest, first * 2 ** this.failures);
    this.failures += 1;
    this.trouble = troubleText(error);
    this.nextTry = now + pause;
    this.later(pause);
  }

  /** Something beside the writing went wrong; lines are taken as before. */
  note(error: unknown): void {
    this.aside = troubleText(error);
  }

  /** Lines that were handed on got lost behind that. */
  lost(lines: number): void {
    this.written -= lines;
    this.drop(lines);
  }

  /** Gives up what waits. */
  giveUp(): void {
    this.stop();
    this.dropped += this.backlog.clear();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** What waits, for another to deliver. */
  handOver(to: (line: string, level: number) => void): void {
    this.stop();
    for (let first = this.backlog.first(); first; first = this.backlog.first()) {
      this.backlog.shift();
      to(first.line, first.level);
    }
  }

  stats(): SinkStats {
    const { written, dropped, trouble } = this;
    const slow = this.backlog.length > 0 ? "the destination takes lines slower than they come" : undefined;
    return { written, buffered: this.backlog.length, dropped, trouble: trouble ?? slow ?? this.aside };
  }

  private isReady(): boolean {
    return this.destination.ready === undefined || this.destination.ready();
  }

  /** A line that failed leaves no trace in the chain: the next one that is written takes its place. */
  private attempt(line: string, level: number): boolean {
    const { sealer } = this.parts;
    let isSealed = false;
    try {
      this.destination.prepare?.();
      const text = sealer ? sealer.seal(line) : line;
      isSealed = sealer !== undefined;
      this.destination.put(text, level);
      this.written += 1;
      this.failures = 0;
      return true;
    } catch (error) {
      if (isSealed) sealer?.undo();
      this.fail(error);
      return false;
    }
  }

  private keep(line: string, level: number): void {
    const dropped = this.backlog.push(line, level);
    if (dropped > 0) this.drop(dropped);
  }

  /** Counts lines that are given up. */
  drop(lines: number): void {
    if (this.untold === 0 && this.trouble === undefined) this.since = this.now();
    this.dropped += lines;
    this.untold += lines;
  }

  private settle(): void {
    try {
      this.destination.settle?.();
    } catch (error) {
      return this.fail(error);
    }
    this.recovered();
  }

  private recovered(): void {
    const loss = { dropped: this.untold, since: this.since, problem: this.trouble ?? "the destination was slow" };
    this.stop();
    this.trouble = undefined;
    this.untold = 0;
    if (loss.dropped === 0) return;
    try {
      this.parts.onRecovered?.(loss);
    } catch {
      // Whoever is told looks after himself; the lines are what matters here.
    }
  }

  private later(pause: number): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.drain(slice);
    }, pause).unref();
  }
}

export function isFullPipe(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EAGAIN";
}

/** `ENOSPC: no space left on device` */
function troubleText(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return /^([A-Z0-9]+: [^,]+), /.exec(text)?.[1] ?? text;
}
