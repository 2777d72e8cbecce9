import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import type { NotAnalysed } from "../report/result.ts";
import { listTree, type ListingOptions } from "./listing.ts";
import { reasonOf } from "./reason.ts";

/** Larger sources are generated or bundled; parsing them costs more than they tell. */
const MAX_BYTES = 2 * 1024 * 1024;
/** A line longer than this in a file of this size was written by a minifier. */
const MINIFIED_LINE = 5_000;
const MINIFIED_AVERAGE = 400;

/** A tree as its bytes, before anything is made of them: what a result is remembered by. */
export interface Snapshot {
  readonly root: string;
  /** By relative path, in the order of their names. */
  readonly sources: Map<string, Buffer>;
  readonly manifests: Map<string, Buffer>;
  /** What could not be listed or read. */
  readonly notAnalysed: readonly NotAnalysed[];
}

export interface Manifest {
  readonly path: string;
  readonly text: string;
}

export interface Tree {
  /** Text of every source file, by relative path, in the order of their names. */
  readonly texts: ReadonlyMap<string, string>;
  readonly manifests: readonly Manifest[];
  readonly notAnalysed: readonly NotAnalysed[];
}

/** Walks a folder and reads what `ListingOptions` asks for. */
export function takeSnapshot(options: ListingOptions): Snapshot {
  const listing = listTree(options);
  const notAnalysed: NotAnalysed[] = [...listing.notAnalysed];
  const readAll = (paths: readonly string[]): Map<string, Buffer> => {
    const all = new Map<string, Buffer>();
    for (const path of paths) {
      const result = readBytes(join(options.root, path), path);
      if (Buffer.isBuffer(result)) all.set(path, result);
      else notAnalysed.push(result);
    }
    return all;
  };
  return { root: options.root, manifests: readAll(listing.manifests), sources: readAll(listing.sources), notAnalysed };
}

/** The texts of a snapshot, which is empty afterwards: a large tree is not held twice. */
export function intoTree(snapshot: Snapshot): Tree {
  const notAnalysed: NotAnalysed[] = [...snapshot.notAnalysed];
  const texts = new Map<string, string>();
  const manifests: Manifest[] = [];
  drain(snapshot.sources, (path, bytes) => keep(textOf(path, bytes), (text) => texts.set(path, text)));
  drain(snapshot.manifests, (path, bytes) => keep(textOf(path, bytes), (text) => manifests.push({ path, text })));
  return { texts, manifests, notAnalysed };

  function keep(result: string | NotAnalysed, take: (text: string) => void): void {
    if (typeof result === "string") take(result);
    else notAnalysed.push(result);
  }
}

/** Reads a folder: what git ignores, tests, dependencies and build results are left out; the rest is read or listed with the reason. */
export function readTree(options: ListingOptions): Tree {
  return intoTree(takeSnapshot(options));
}

/** The bytes of a file as text, or why it is none that can be analysed. */
export function textOf(path: string, bytes: Buffer): string | NotAnalysed {
  if (bytes.subarray(0, 8192).includes(0)) return { file: path, reason: "binary", message: "holds binary data" };
  const text = bytes.toString("utf8");
  return isMinified(text) ? { file: path, reason: "minified", message: "looks minified; scan its source instead" } : text;
}

function drain(bytes: Map<string, Buffer>, take: (path: string, bytes: Buffer) => void): void {
  for (const [path, own] of bytes) {
    take(path, own);
    bytes.delete(path);
  }
}

function readBytes(absolute: string, path: string): Buffer | NotAnalysed {
  let file: number | undefined;
  try {
    file = openSync(absolute, "r");
    const { size } = fstatSync(file);
    if (size > MAX_BYTES) {
      return { file: path, reason: "too-large", message: `${(size / 1024 / 1024).toFixed(1)} MB, the limit is 2 MB` };
    }
    return readWhole(file, size);
  } catch (error) {
    return { file: path, reason: "unreadable", message: `cannot be read: ${reasonOf(error)}` };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function readWhole(file: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  let filled = 0;
  while (filled < size) {
    const read = readSync(file, bytes, filled, size - filled, null);
    if (read === 0) break;
    filled += read;
  }
  return bytes.subarray(0, filled);
}

function isMinified(text: string): boolean {
  if (text.length < 20_000) return false;
  let longest = 0;
  let lines = 1;
  let start = 0;
  for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", start)) {
    longest = Math.max(longest, end - start);
    start = end + 1;
    lines++;
  }
  longest = Math.max(longest, text.length - start);
  return longest > MINIFIED_LINE && text.length / lines > MINIFIED_AVERAGE;
}
