import { readSync } from "node:fs";

const chunkSize = 256 * 1024;

/** A line as it lies in a file. */
export interface FileLine {
  /** Without its line end. */
  readonly bytes: Buffer;
  /** Where it starts, bytes. */
  readonly offset: number;
  /** Whether a line end follows. Only the last line of a file has none. */
  readonly isEnded: boolean;
}

/** The lines of an open file from a byte on. The whole of one line is held in memory, never the file. */
export function* linesFrom(descriptor: number, from: number): Generator<FileLine, void> {
  const chunk = Buffer.alloc(chunkSize);
  let parts: Buffer[] = [];
  let start = from;
  let position = from;
  for (;;) {
    const length = readSync(descriptor, chunk, 0, chunkSize, position);
    if (length === 0) break;
    let at = 0;
    for (let end = chunk.indexOf(10); end !== -1 && end < length; end = chunk.indexOf(10, at)) {
      parts.push(Buffer.from(chunk.subarray(at, end)));
      yield { bytes: Buffer.concat(parts), offset: start, isEnded: true };
      parts = [];
      at = end + 1;
      start = position + at;
    }
    if (at < length) parts.push(Buffer.from(chunk.subarray(at, length)));
    position += length;
  }
  if (parts.length > 0) yield { bytes: Buffer.concat(parts), offset: start, isEnded: false };
}

/** So many bytes of an open file; fewer where it ends before. */
export function bytesAt(descriptor: number, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const read = readSync(descriptor, bytes, done, length - done, offset + done);
    if (read === 0) break;
    done += read;
  }
  return bytes.subarray(0, done);
}
