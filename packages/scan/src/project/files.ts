import { readdirSync, readFileSync, statSync, type Dirent } from "node:fs";
import { join } from "node:path";
import ignore, { type Ignore } from "ignore";
import type { NotAnalysed } from "../report/result.ts";

/** Larger sources are generated or bundled; parsing them costs more than they tell. */
const MAX_BYTES = 2 * 1024 * 1024;
/** A line longer than this in a file of this size was written by a minifier. */
const MINIFIED_LINE = 5_000;
const MINIFIED_AVERAGE = 400;

/** Folders that never hold the application's own handlers: dependencies, build results, version control, tests. */
const SKIPPED_FOLDERS = new Set([
  ...["node_modules", "bower_components", "vendor", "deps", "_build", "third_party"],
  ...["dist", "build", "out", "target", "coverage", ".next", ".nuxt", ".output", ".svelte-kit", ".turbo", ".cache"],
  ...[".git", ".hg", ".svn", ".telltale", ".idea", ".vscode", ".elixir_ls"],
  ...["test", "tests", "__tests__", "spec", "specs", "__mocks__", "mocks", "__fixtures__", "fixtures", "testdata"],
  ...["e2e", "cypress", "playwright", "storybook", ".storybook", "test-helpers", "test-utils"],
]);

/** Files beside the code that are tests, type declarations, stories or generated. */
const SKIPPED_FILES = /(?:[._-](?:test|tests|spec|e2e|stories|story|bench)\.[^.]+$|\.d\.[cm]?ts$|_test\.exs?$|\.min\.[cm]?js$|\.(?:generated|gen)\.[^.]+$)/i;

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

export interface TreeOptions {
  readonly root: string;
  readonly isSource: (path: string) => boolean;
  readonly isManifest: (name: string) => boolean;
  readonly isExcluded: (path: string) => boolean;
}

/** Reads a folder: what git ignores, tests, dependencies and build results are left out; the rest is read or listed with the reason. */
export function readTree(options: TreeOptions): Tree {
  const texts = new Map<string, string>();
  const manifests: Manifest[] = [];
  const notAnalysed: NotAnalysed[] = [];
  const read = (path: string, keep: (text: string) => void): void => {
    const result = readSource(join(options.root, path), path);
    if (typeof result === "string") keep(result);
    else notAnalysed.push(result);
  };
  const visit = (folder: string, ignored: readonly Scoped[]): void => {
    const entries = list(join(options.root, folder), folder, notAnalysed);
    const rules = withIgnoreFile(options.root, folder, entries, ignored);
    for (const entry of entries) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      const sort = sortOf(entry, join(options.root, path), path, notAnalysed);
      if (sort === "folder") {
        if (SKIPPED_FOLDERS.has(entry.name) || isIgnored(rules, `${path}/`) || options.isExcluded(`${path}/`)) continue;
        visit(path, rules);
      } else if (sort === "file") {
        if (options.isManifest(entry.name)) {
          if (!isIgnored(rules, path)) read(path, (text) => manifests.push({ path, text }));
        } else if (options.isSource(path) && !SKIPPED_FILES.test(entry.name) && !isIgnored(rules, path) && !options.isExcluded(path)) {
          read(path, (text) => texts.set(path, text));
        }
      }
    }
  };
  visit("", []);
  return { texts, manifests, notAnalysed };
}

interface Scoped {
  readonly folder: string;
  readonly rules: Ignore;
}

function list(absolute: string, path: string, notAnalysed: NotAnalysed[]): Dirent[] {
  try {
    return readdirSync(absolute, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    notAnalysed.push({ file: path === "" ? "." : path, reason: "unreadable", message: `cannot list the folder: ${reasonOf(error)}` });
    return [];
  }
}

function withIgnoreFile(root: string, folder: string, entries: readonly Dirent[], above: readonly Scoped[]): readonly Scoped[] {
  if (!entries.some((entry) => entry.name === ".gitignore" && entry.isFile())) return above;
  try {
    const text = readFileSync(join(root, folder, ".gitignore"), "utf8");
    return [...above, { folder: folder === "" ? "" : `${folder}/`, rules: ignore().add(text) }];
  } catch {
    return above;
  }
}

function isIgnored(scopes: readonly Scoped[], path: string): boolean {
  let ignored = false;
  for (const scope of scopes) {
    const result = scope.rules.test(path.slice(scope.folder.length));
    if (result.ignored) ignored = true;
    if (result.unignored) ignored = false;
  }
  return ignored;
}

/** Links to files are read; links to folders are not followed (what lies inside the tree is visited anyway), circles are listed. */
function sortOf(entry: Dirent, absolute: string, path: string, notAnalysed: NotAnalysed[]): "file" | "folder" | "other" {
  if (entry.isDirectory()) return "folder";
  if (entry.isFile()) return "file";
  if (!entry.isSymbolicLink()) return "other";
  try {
    return statSync(absolute).isFile() ? "file" : "other";
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ELOOP") {
      notAnalysed.push({ file: path, reason: "cyclic-link", message: "the link leads back to itself" });
    }
    return "other";
  }
}

function readSource(absolute: string, path: string): string | NotAnalysed {
  try {
    const size = statSync(absolute).size;
    if (size > MAX_BYTES) {
      return { file: path, reason: "too-large", message: `${(size / 1024 / 1024).toFixed(1)} MB, the limit is 2 MB` };
    }
    const bytes = readFileSync(absolute);
    if (bytes.subarray(0, 8192).includes(0)) return { file: path, reason: "binary", message: "holds binary data" };
    const text = bytes.toString("utf8");
    return isMinified(text) ? { file: path, reason: "minified", message: "looks minified; scan its source instead" } : text;
  } catch (error) {
    return { file: path, reason: "unreadable", message: `cannot be read: ${reasonOf(error)}` };
  }
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

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  return code === "EACCES" || code === "EPERM" ? "permission denied" : (code ?? String(error));
}
