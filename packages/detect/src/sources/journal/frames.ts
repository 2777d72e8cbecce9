import { crc32 } from "node:zlib";
import type { LineBatch } from "../../contract.ts";

/** Lines as they came in, and the number of the first of them. */
export interface Entry {
  readonly first: number;
  readonly batch: Pick<LineBatch, "source" | "stream" | "lines" | "format" | "received">;
}

const headerSize = 8;
/** Longer than any batch: what claims to be longer is no frame. */
const largestFrame = 256 * 1024 * 1024;

/** Length and CRC-32 of the JSON that follows, both 32 bits, little-endian. */
export function frameOf({ first, batch: { source, stream, lines, format, received } }: Entry): Buffer {
  const text = JSON.stringify([first, source, stream, format ?? null, received, lines]);
  const length = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(headerSize + length);
  frame.writeUInt32LE(length, 0);
  frame.write(text, headerSize, "utf8");
  frame.writeUInt32LE(crc32(frame.subarray(headerSize)), 4);
  return frame;
}

export interface Frames {
  readonly entries: readonly Entry[];
  /** Bytes that hold whole entries; what follows was not written to its end. */
  readonly size: number;
}

/** All whole entries from the start. */
export function readFrames(bytes: Buffer): Frames {
  const entries: Entry[] = [];
  let at = 0;
  while (at + headerSize <= bytes.length) {
    const end = at + headerSize + bytes.readUInt32LE(at);
    if (end > bytes.length || end - at > largestFrame) break;
    const payload = bytes.subarray(at + headerSize, end);
    if (crc32(payload) !== bytes.readUInt32LE(at + 4)) break;
    const entry = entryOf(payload);
    if (!entry) break;
    entries.push(entry);
    at = end;
  }
  return { entries, size: at };
}

function entryOf(payload: Buffer): Entry | undefined {
  try {
    const [first, source, stream, format, received, lines] = JSON.parse(payload.toString()) as [
      number,
      string,
      string,
      string | null,
      number,
      string[],
    ];
    return Array.isArray(lines) ? { first, batch: { source, stream, lines, received, ...(format !== null && { format }) } } : undefined;
  } catch {
    return undefined;
  }
}
