import { createReadStream, openSync, readSync, closeSync } from "node:fs";
import { pipeline } from "node:stream";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";

/** One line of a file, without its end. */
export interface RawLine {
  /** Counts from 1. */
  readonly number: number;
  /** Undefined where the line is longer than what is read of one. Only valid during the call. */
  readonly bytes: Buffer | undefined;
  /** False for a last line without a newline. */
  readonly ended: boolean;
}

/** A line longer than this is passed over: bytes. */
const longest = 100 * 1024 * 1024;
const newline = 0x0a;

/** Calls with each line of a file, gzip or not (told by its first bytes). Rejects where the file cannot be read. */
export async function forEachLine(file: string, take: (line: RawLine) => void): Promise<void> {
  const cutter = new Cutter(take);
  for await (const chunk of openFile(file)) cutter.add(chunk as Buffer);
  cutter.end();
}

/** Bytes of a file, unpacked. */
export function openFile(file: string): Readable {
  const isPacked = isGzip(file);
  const raw = createReadStream(file, { highWaterMark: 1 << 20 });
  if (!isPacked) return raw;
  // An error of the file reaches the reader through the pipeline, which destroys what it pipes into.
  return pipeline(raw, createGunzip({ chunkSize: 1 << 18 }), () => undefined);
}

export function isGzip(file: string): boolean {
  const handle = openSync(file, "r");
  try {
    const magic = Buffer.alloc(2);
    return readSync(handle, magic, 0, 2, 0) === 2 && magic[0] === 0x1f && magic[1] === 0x8b;
  } finally {
    closeSync(handle);
  }
}

/** Cuts chunks into lines, in constant memory. */
export class Cutter {
  private readonly take: (line: RawLine) => void;
  private number = 0;
  /** Start of a line whose end is in a later chunk. */
  private parts: Buffer[] = [];
  private held = 0;

  constructor(take: (line: RawLine) => void) {
    this.take = take;
  }

  add(chunk: Buffer): void {
    let from = 0;
    for (let to = chunk.indexOf(newline); to !== -1; to = chunk.indexOf(newline, from)) {
      this.finish(chunk.subarray(from, to), true);
      from = to + 1;
    }
    if (from < chunk.length) this.hold(chunk.subarray(from));
  }

  end(): void {
    if (this.held > 0) this.finish(Buffer.alloc(0), false);
  }

  private hold(part: Buffer): void {
    this.held += part.length;
    if (this.held <= longest) this.parts.push(part);
    else this.parts = [];
  }

  private finish(rest: Buffer, ended: boolean): void {
    const { parts, held } = this;
    this.parts = [];
    this.held = 0;
    const fits = held + rest.length <= longest;
    const bytes = fits ? (parts.length === 0 ? rest : Buffer.concat([...parts, rest])) : undefined;
    this.take({ number: ++this.number, bytes, ended });
  }
}
