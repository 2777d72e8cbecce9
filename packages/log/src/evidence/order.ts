import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { Format } from "../contract.ts";
import { Cutter, isGzip, openFile } from "./lines.ts";
import { readSealed } from "./seal.ts";

/** Bytes at either end of a file that are looked at. */
const look = 256 * 1024;

/** Where in each chain a file stands: the median of the sequence numbers at its ends, which a few lines moved do not move. */
type Standing = ReadonlyMap<string, number>;

/** Files in the order in which their lines were written: by the sequence of the chains that two files share, else as given. */
export async function inOrder(files: readonly string[], formats: readonly Format[]): Promise<readonly string[]> {
  if (files.length < 2) return files;
  const standings = await Promise.all(files.map(async (file) => standingOf(await endsOf(file), formats)));
  const rest = files.map((file, index) => ({ file, standing: standings[index]! }));
  const sorted: string[] = [];
  while (rest.length > 0) {
    const first = rest.findIndex((one) => !rest.some((other) => isBefore(other.standing, one.standing)));
    // Only forged files can be in a circle.
    sorted.push(...rest.splice(Math.max(0, first), 1).map(({ file }) => file));
  }
  return sorted;
}

function isBefore(a: Standing, b: Standing): boolean {
  for (const [chain, seq] of a) {
    const there = b.get(chain);
    if (there !== undefined && seq !== there) return seq < there;
  }
  return false;
}

function standingOf(ends: readonly Buffer[], formats: readonly Format[]): Standing {
  const numbers = new Map<string, number[]>();
  const cutter = new Cutter(({ bytes }) => {
    const sealed = bytes && readSealed(bytes.toString(), formats);
    // A line that does not fit its seal says nothing.
    if (!sealed || sealed.fault !== undefined) return;
    const { chain, seq } = sealed.seal;
    const known = numbers.get(chain);
    if (known) known.push(seq);
    else numbers.set(chain, [seq]);
  });
  for (const end of ends) {
    cutter.add(end);
    cutter.add(Buffer.from("\n"));
  }
  return new Map([...numbers].map(([chain, all]) => [chain, medianOf(all)]));
}

function medianOf(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;
}

/** First and last part of a file; nothing where it cannot be read, which reading it whole will tell. */
async function endsOf(file: string): Promise<readonly Buffer[]> {
  try {
    return isGzip(file) ? await packedEnds(file) : plainEnds(file);
  } catch {
    return [];
  }
}

function plainEnds(file: string): readonly Buffer[] {
  const handle = openSync(file, "r");
  try {
    const { size } = fstatSync(handle);
    return [part(handle, 0), part(handle, Math.max(0, size - look))];
  } finally {
    closeSync(handle);
  }
}

function part(handle: number, from: number): Buffer {
  const buffer = Buffer.alloc(look);
  return buffer.subarray(0, readSync(handle, buffer, 0, look, from));
}

async function packedEnds(file: string): Promise<readonly Buffer[]> {
  let head = Buffer.alloc(0);
  let tail = Buffer.alloc(0);
  for await (const chunk of openFile(file)) {
    if (head.length < look) head = Buffer.concat([head, chunk as Buffer]);
    tail = Buffer.concat([tail, chunk as Buffer]).subarray(-look);
  }
  return [head, tail];
}
