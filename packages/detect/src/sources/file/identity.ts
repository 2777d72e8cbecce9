import { createHash } from "node:crypto";
import type { Positions } from "../../contract.ts";

const longest = 256;
const newline = 0x0a;

/** Bytes of text that identity and encoding are read from, at most. */
export const headSize = longest;

/**
 * The bytes that tell a file from another one in the same inode: its first line with its end, or the first 256 bytes of a longer
 * one. Undefined while neither is there: the head of a growing file never changes once it is decided.
 */
export function headOf(start: Buffer): Buffer | undefined {
  const end = start.subarray(0, longest).indexOf(newline);
  if (end !== -1) return start.subarray(0, end + 1);
  return start.length >= longest ? start.subarray(0, longest) : undefined;
}

/** Name of a stream: `device:inode:hash of the head`. */
export function streamOf(node: string, head: Buffer): string {
  return `${node}:${hashOf(head)}`;
}

/** A position that a checkpoint kept, by the stream's name in full. */
export interface Known {
  readonly stream: string;
  readonly position: number;
}

/**
 * The position of the same text in whatever inode: a rotated file that was packed, or copied before the original was emptied.
 * Where several streams began with the same line, the one that was read furthest.
 */
export function knownByText(head: Buffer, from: Positions): Known | undefined {
  const ending = `:${hashOf(head)}`;
  let found: Known | undefined;
  for (const [stream, position] of from) {
    if (stream.endsWith(ending) && position > (found?.position ?? -1)) found = { stream, position };
  }
  return found;
}

export function knownByName(stream: string, from: Positions): Known | undefined {
  const position = from.get(stream);
  return position === undefined ? undefined : { stream, position };
}

function hashOf(head: Buffer): string {
  return createHash("sha256").update(head).digest("hex").slice(0, 16);
}
