import { closeSync, fstatSync, openSync, readSync } from "node:fs";

const step = 64 * 1024;
const newline = 0x0a;

/**
 * Lines of a file from its end to its start, without their ends and without empty ones. Reads `limit` bytes back at most; the line
 * that crosses this limit is left out.
 */
export function* linesFromEnd(descriptor: number, limit: number): Generator<Buffer, void> {
  const end = fstatSync(descriptor).size;
  let rest = Buffer.alloc(0);
  let position = end;
  while (position > 0 && end - position < limit) {
    const from = Math.max(0, position - step);
    const chunk = Buffer.alloc(position - from);
    readSync(descriptor, chunk, 0, chunk.length, from);
    const text = Buffer.concat([chunk, rest]);
    let to = text.length;
    for (let at = lastNewline(text, to); at !== -1; at = lastNewline(text, to)) {
      if (at + 1 < to) yield text.subarray(at + 1, to);
      to = at;
    }
    rest = text.subarray(0, to);
    position = from;
  }
  if (position === 0 && rest.length > 0) yield rest;
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
