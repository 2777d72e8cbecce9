import type { LineBatch, Receiver, SourceNote } from "../contract.ts";
import { LineSplitter } from "./lines.ts";
import type { Lines, Oddity } from "./lines.ts";

/** Longest line unless set, bytes. */
export const defaultMaxLine = 1024 * 1024;

export interface FeedOptions {
  readonly to: Receiver;
  /** See LineBatch. */
  readonly source: string;
  readonly stream: string;
  readonly format?: string;
  /** What notes call it: the file's path, which may be a rotated one. */
  readonly place: string;
  /** Where the first chunk starts in the stream, bytes. */
  readonly from: number;
  readonly maxLine: number;
}

/** Bytes of one stream, in order, to batches of lines for a receiver. Oddities become notes, few enough to be read. */
export class LineFeed {
  private readonly options: FeedOptions;
  private readonly splitter: LineSplitter;
  private readonly counts: Record<Oddity, number> = { "line-too-long": 0, binary: 0, encoding: 0 };

  constructor(options: FeedOptions) {
    this.options = options;
    const { from, maxLine } = options;
    this.splitter = new LineSplitter({ from, maxLine, onOddity: (kind, offset) => this.odd(kind, offset) });
  }

  /** Where the line starts that has no end yet: what a checkpoint may keep. */
  get position(): number {
    return this.splitter.position;
  }

  get place(): string {
    return this.options.place;
  }

  get hasRest(): boolean {
    return this.splitter.hasRest;
  }

  /** Resolves, or returns, when the receiver has taken the lines that end in this chunk. */
  push(chunk: Buffer, received: number): void | Promise<void> {
    return this.give(this.splitter.push(chunk), received);
  }

  /** Gives a last line that has no line end, and says so: it may be half a line. */
  finish(received: number): void | Promise<void> {
    const { place } = this.options;
    if (this.splitter.hasRest)
      this.note("incomplete-last-line", `${place}: the last line, at byte ${this.position}, has no line end; it was read as it stands`);
    return this.give(this.splitter.finish(), received);
  }

  /** Tells the receiver where the stream stands before anything was read, so that a restart goes on there. */
  announce(received: number): void | Promise<void> {
    return this.give({ lines: [], offsets: [], end: this.position }, received);
  }

  note(kind: SourceNote["kind"], message: string): void {
    this.options.to.note({ kind, source: this.options.source, message });
  }

  private give(lines: Lines | undefined, received: number): void | Promise<void> {
    if (!lines) return undefined;
    const { to, source, stream, format } = this.options;
    const batch: LineBatch = { source, stream, lines: lines.lines, offsets: lines.offsets, end: lines.end, received };
    return to.take(format === undefined ? batch : { ...batch, format });
  }

  private odd(kind: Oddity, offset: number): void {
    const count = (this.counts[kind] += 1);
    if (kind === "line-too-long" ? isWorthSaying(count) : count === 1) this.note(kind, this.explain(kind, offset, count));
  }

  private explain(kind: Oddity, offset: number, count: number): string {
    const { place, maxLine } = this.options;
    if (kind === "encoding")
      return `${place}: not valid UTF-8 near byte ${offset}; such bytes are read as U+FFFD (said once for this file)`;
    if (kind === "binary")
      return `${place}: NUL bytes near byte ${offset}: a binary file, or a log that was emptied while its writer went on (said once for this file)`;
    const sofar = count > 1 ? ` (${count} such lines so far)` : "";
    return `${place}: the line at byte ${offset} is longer than ${sizeText(maxLine)}; it was skipped${sofar}`;
  }
}

/** The first five, then 10, 100, 1000, …: hostile input must not write the operator's log. */
export function isWorthSaying(count: number): boolean {
  return count <= 5 || /^10+$/.test(String(count));
}

/** `1 MB` for 1 MiB, as people say it; bytes where it is no round number. */
export function sizeText(bytes: number): string {
  if (bytes >= 1048576 && bytes % 1048576 === 0) return `${bytes / 1048576} MB`;
  if (bytes >= 1024 && bytes % 1024 === 0) return `${bytes / 1024} kB`;
  return `${bytes} bytes`;
}
