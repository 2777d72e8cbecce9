import { isAscii, isUtf8 } from "node:buffer";

const newline = 0x0a;
const carriageReturn = 0x0d;
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** Lines without their ends, and where each starts in the stream, bytes. */
export interface Lines {
  readonly lines: readonly string[];
  readonly offsets: readonly number[];
  /** Where the stream goes on after the last of them. */
  readonly end: number;
}

/** What was odd about a line that starts at byte `offset`. */
export type Oddity = "line-too-long" | "binary" | "encoding";

export interface SplitterOptions {
  /** Where the first chunk starts in its stream, bytes. */
  readonly from: number;
  /** Longest line, bytes. A longer one is skipped. */
  readonly maxLine: number;
  /** `line-too-long` for each such line, the others for each chunk in which they stand. */
  readonly onOddity: (kind: Oddity, offset: number) => void;
}

/**
 * Cuts chunks of bytes into lines, whatever the cuts between the chunks. A line ends with `\n`; one `\r` before it belongs to the
 * end. NUL bytes at the start of a line are dropped: they are the hole that a writer leaves that goes on at its old place after its
 * file was emptied. Memory is bounded by one chunk and one line of `maxLine`. Chunks may be reused by the caller after `push`.
 */
export class LineSplitter {
  /** Start of the line that has no end yet. */
  position: number;
  private readonly maxLine: number;
  private readonly onOddity: SplitterOptions["onOddity"];
  /** Copies of the parts of the line that has no end yet. */
  private parts: Buffer[] = [];
  private held = 0;
  /** Bytes of the unfinished line that are passed over: NULs, or all of it where it is too long. */
  private dropped = 0;
  private isTooLong = false;
  private lines: string[] = [];
  private offsets: number[] = [];

  constructor(options: SplitterOptions) {
    this.position = options.from;
    this.maxLine = options.maxLine;
    this.onOddity = options.onOddity;
  }

  /** Whether a line has begun and not ended. */
  get hasRest(): boolean {
    return this.held > 0 || this.dropped > 0;
  }

  /** The lines that end in this chunk; undefined where none does. */
  push(chunk: Buffer): Lines | undefined {
    let at = 0;
    // The first line of a stream may have a byte-order mark, and one that was begun before has its start elsewhere.
    if (this.position === 0 || this.hasRest) {
      const end = chunk.indexOf(newline);
      this.hold(end === -1 ? chunk : chunk.subarray(0, end));
      if (end === -1) return undefined;
      this.endHeld(1);
      at = end + 1;
    }
    const last = chunk.lastIndexOf(newline);
    if (last >= at) {
      this.cut(chunk.subarray(at, last + 1));
      at = last + 1;
    }
    if (at < chunk.length) this.hold(chunk.subarray(at));
    return this.taken();
  }

  /** The last line, where it has no line end. */
  finish(): Lines | undefined {
    if (this.hasRest) this.endHeld(0);
    return this.taken();
  }

  private taken(): Lines | undefined {
    const { lines, offsets, position } = this;
    if (lines.length === 0) return undefined;
    this.lines = [];
    this.offsets = [];
    return { lines, offsets, end: position };
  }

  /** Whole lines only. The hot path: plain ASCII, where each line is copied once and nothing else is allocated. */
  private cut(block: Buffer): void {
    const { lines, offsets, maxLine, position } = this;
    const encoding = isAscii(block) ? "latin1" : "utf8";
    if (encoding === "utf8" && !isUtf8(block)) this.onOddity("encoding", position);
    const hasNul = block.includes(0);
    if (hasNul) this.onOddity("binary", position);
    for (let at = 0; at < block.length;) {
      const end = block.indexOf(newline, at);
      const start = hasNul ? afterNuls(block, at, end) : at;
      const stop = end > start && block[end - 1] === carriageReturn ? end - 1 : end;
      if (stop - start > maxLine) {
        this.onOddity("line-too-long", position + at);
      } else {
        // A string of its own for each line: a part of the block's string would keep the whole block in memory as long as it lives.
        lines.push(block.toString(encoding, start, stop));
        offsets.push(position + start);
      }
      at = end + 1;
    }
    this.position = position + block.length;
  }

  /** Keeps a part of the unfinished line. */
  private hold(part: Buffer): void {
    if (this.isTooLong) {
      this.dropped += part.length;
      return;
    }
    const start = this.held === 0 ? afterNuls(part, 0, part.length) : 0;
    this.dropped += start;
    if (start === part.length) return;
    this.parts.push(Buffer.from(part.subarray(start)));
    this.held += part.length - start;
    // One more byte may be the `\r` of its end, three the byte-order mark.
    if (this.held > this.maxLine + 1 + byteOrderMark.length) {
      this.isTooLong = true;
      this.dropped += this.held;
      this.parts = [];
      this.held = 0;
    }
  }

  /** The line that was held has ended, with `endLength` bytes of line end after it. */
  private endHeld(endLength: 0 | 1): void {
    const { position, dropped, held, isTooLong } = this;
    const bytes = this.parts.length === 1 ? this.parts[0]! : Buffer.concat(this.parts);
    this.parts = [];
    this.held = 0;
    this.dropped = 0;
    this.isTooLong = false;
    this.position = position + dropped + held + endLength;
    if (dropped > 0 && !isTooLong) this.onOddity("binary", position);
    const start = position === 0 && bytes.subarray(0, 3).equals(byteOrderMark) ? byteOrderMark.length : 0;
    const stop = endLength === 1 && bytes.length > start && bytes.at(-1) === carriageReturn ? bytes.length - 1 : bytes.length;
    const line = bytes.subarray(start, stop);
    if (isTooLong || line.length > this.maxLine) return this.onOddity("line-too-long", position);
    if (!isUtf8(line)) this.onOddity("encoding", position);
    if (line.includes(0)) this.onOddity("binary", position);
    this.lines.push(line.toString("utf8"));
    this.offsets.push(position + dropped + start);
  }
}

function afterNuls(bytes: Buffer, from: number, to: number): number {
  let at = from;
  while (at < to && bytes[at] === 0) at += 1;
  return at;
}
