import {
  closeSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import type { Change } from "../contract.ts";

/** A file that was not written, and why. */
export interface NotWritten {
  readonly file: string;
  readonly reason: string;
}

/** Writes each file whole or not at all: beside it first, then in its place. Gives those that were left as they are. */
export function writeChanges(root: string, changes: readonly Change[]): readonly NotWritten[] {
  return changes.flatMap((change) => {
    const reason = writeChange(root, change);
    return reason === undefined ? [] : [{ file: change.file, reason }];
  });
}

function writeChange(root: string, { file, before, after }: Change): string | undefined {
  const path = join(root, file);
  try {
    const target = realpathSync(path);
    if (isOutside(realpathSync(root), target)) return "it is a link to a file outside of the scanned folder";
    if (!readFileSync(target).equals(Buffer.from(before, "utf8"))) return "it changed since it was read, or is not UTF-8";
    if ((lstatSync(target).mode & 0o200) === 0) return "it may not be written";
    replace(target, after);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.split("\n")[0]! : String(error);
  }
}

function isOutside(root: string, target: string): boolean {
  const way = relative(root, target);
  return way === ".." || way.startsWith(`..${sep}`);
}

/** A rename is atomic: whoever reads the file finds the old text or the new one. */
function replace(target: string, text: string): void {
  const { mode } = statSync(target);
  const beside = join(dirname(target), `.telltale-fix-${process.pid}.tmp`);
  const file = openSync(beside, "wx", 0o600);
  try {
    try {
      writeSync(file, text);
      fchmodSync(file, mode & 0o7777);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, target);
  } catch (error) {
    unlinkSync(beside);
    throw error;
  }
}
