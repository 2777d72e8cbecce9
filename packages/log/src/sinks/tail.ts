import { closeSync, fstatSync, openSync, readSync } from "node:fs";

const step = 64 * 1024;
const newline = 0x0a;

/**
 * Lines of a file from its end to its start, without their ends and without empty ones. Reads `limit` bytes back at most; the line
 * that crosses this limit is left out.
 */
export function* linesFromEnd(descriptor: number, limit: number): Generator<Buffer, void> {
  const end = fstatSync(descriptor).size;
  /** The end of a line whose start was not yet read. */
  let parts: Buffer[] = [];
  let position = end;
  while (position > 0 && end - position < limit) {
    const from = Math.max(0, position - step);
    const chunk = Buffer.alloc(position - from);
    readSync(descriptor, chunk, 0, chunk.length, from);
    let to = chunk.length;
    for (let at = lastNewline(chunk, to); at !== -1; at = lastNewline(chunk, to)) {
      const line = Buffer.concat([chunk.subarray(at + 1, to), ...parts]);
      if (line.length > 0) yield line;
      parts = [];
      to = at;
    }
    parts.unshift(chunk.subarray(0, to));
    position = from;
  }
  const first = Buffer.concat(parts);
  if (position === 0 && first.length > 0) yield first;
}

/** `lastIndexOf` takes a negative start as counted from the end. */
function lastNewline(text: Buffer, before: number): number {
  return before === 0 ? -1 : text.lastIndexOf(newline, before - 1);
}

/** The last line where it has no end; undefined where it has, or the file is empty. */
export function unfinishedLine(descriptor: number): Buffer | undefined {
  const { size } = fstatSync(descriptor);
  if (size === 0) return undefined;
  const last = Buffer.alloc(1);
  readSync(descriptor, last, 0, 1, size - 1);
  return last[0] === newline ? undefined : (linesFromEnd(descriptor, Infinity).next().value ?? undefined);
}

/** The same of a file by its path. */
export function* fileFromEnd(path: string, limit: number): Generator<Buffer, void> {
  const descriptor = openSync(path, "r");
  try {
    yield* linesFromEnd(descriptor, limit);
  } finally {
    closeSync(descriptor);
  }
}
