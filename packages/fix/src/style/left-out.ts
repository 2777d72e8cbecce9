import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Texts of the files with an ending, those included that a scan leaves out: tests, which make things by hand that the
 * application has made for it.
 */
export type LeftOut = (ending: string) => readonly string[];

/** Folders of what is installed or built. */
const SKIPPED: ReadonlySet<string> = new Set([
  ".git",
  "node_modules",
  "bin",
  "obj",
  "target",
  "build",
  "dist",
  "packages",
  ".gradle",
  ".vs",
]);

/** Deeper than any tree that a person made. */
const DEEPEST = 30;

/** Reads a folder when it is asked for the first time. */
export function createLeftOut(root: string): LeftOut {
  const known = new Map<string, readonly string[]>();
  return (ending) => {
    let texts = known.get(ending);
    if (texts === undefined) known.set(ending, (texts = textsIn(root, ending, 0)));
    return texts;
  };
}

function textsIn(folder: string, ending: string, depth: number): readonly string[] {
  if (depth > DEEPEST) return [];
  return entriesOf(folder).flatMap((entry) => {
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : textsIn(join(folder, entry.name), ending, depth + 1);
    return entry.isFile() && entry.name.endsWith(ending) ? [read(join(folder, entry.name))] : [];
  });
}

function entriesOf(folder: string): ReturnType<typeof entries> {
  try {
    return entries(folder);
  } catch {
    return [];
  }
}

const entries = (folder: string) => readdirSync(folder, { withFileTypes: true });

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
