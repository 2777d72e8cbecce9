import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { TelltaleError } from "@telltale/scan";
import { causeText } from "./cause.ts";

/** Which folder is scanned, and which part of it is judged. */
export interface Target {
  /** Absolute. */
  readonly root: string;
  /** Relative to `root`, forward slashes; absent: all of it. */
  readonly paths?: readonly string[];
  /** `root` as seen from where the command was run, with a slash at the end: empty where they are one, absolute outside of it. */
  readonly prefix: string;
}

/** What marks the folder of a project. */
const markers = ["telltale.yaml", "telltale.yml", "package.json", "mix.exs", ".git"];

/**
 * The paths given on the command line as root and part. One folder that is a project is the root; of anything else the
 * root is the project around it, as far up as the folder where the command was run or the repository goes.
 */
export function targetOf(given: readonly string[], cwd: string): Target {
  const paths = given.map((path) => readable(path, cwd));
  if (paths.length === 0) return { root: cwd, prefix: "" };
  const start = paths.map(folderOf).reduce(commonFolder);
  const root = rootAround(start, cwd);
  const prefix = slashed(isInside(root, cwd) ? relative(cwd, root) : root);
  const parts = paths.map((path) => slashed(relative(root, path)));
  return {
    root,
    prefix: prefix === "" ? "" : `${prefix}/`,
    ...(parts.includes("") ? {} : { paths: parts }),
  };
}

/** A path as the scan names it: relative to the root, forward slashes. */
export function insideRoot(path: string, cwd: string, root: string): string {
  return slashed(relative(root, resolve(cwd, path)));
}

function readable(path: string, cwd: string): string {
  const absolute = resolve(cwd, path);
  try {
    if (statSync(absolute).isDirectory()) readdirSync(absolute);
    return absolute;
  } catch (error) {
    throw new TelltaleError("TT1107", { path, cause: causeText(error) });
  }
}

function folderOf(path: string): string {
  return statSync(path).isDirectory() ? path : dirname(path);
}

function commonFolder(a: string, b: string): string {
  let folder = a;
  while (!isInside(b, folder)) folder = dirname(folder);
  return folder;
}

function rootAround(start: string, cwd: string): string {
  let project: string | undefined;
  for (let folder = start; ; folder = dirname(folder)) {
    if (project === undefined && markers.some((marker) => existsSync(join(folder, marker)))) project = folder;
    if (folder === cwd || existsSync(join(folder, ".git"))) return project ?? start;
    if (folder === dirname(folder)) return start;
  }
}

function isInside(path: string, folder: string): boolean {
  const from = relative(folder, path);
  return from === "" || (from !== ".." && !from.startsWith(`..${sep}`) && resolve(folder, from) === path);
}

function slashed(path: string): string {
  return path.split(sep).join("/");
}
