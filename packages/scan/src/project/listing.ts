import { readdirSync, readFileSync, statSync, type Dirent } from "node:fs";
import { join } from "node:path";
import ignore, { type Ignore } from "ignore";
import type { NotAnalysed } from "../report/result.ts";
import { reasonOf } from "./reason.ts";

/** Folders that never hold the application's own handlers: dependencies, build results, version control, tests. */
const SKIPPED_FOLDERS = new Set([
  ...["node_modules", "bower_components", "vendor", "deps", "_build", "third_party"],
  ...["dist", "build", "out", "target", "coverage", ".next", ".nuxt", ".output", ".svelte-kit", ".turbo", ".cache"],
  ...[".git", ".hg", ".svn", ".telltale", ".idea", ".vscode", ".elixir_ls"],
  ...["test", "tests", "__tests__", "spec", "specs", "__mocks__", "mocks", "__fixtures__", "fixtures", "testdata"],
  ...["venv", ".venv", "virtualenv", "site-packages", "__pycache__", ".tox", ".nox", ".eggs", "migrations", "migrate", "alembic"],
  ...["androidTest", "commonTest", "jvmTest", "jsTest", "nativeTest", "integrationTest", "testFixtures"],
  ...["e2e", "cypress", "playwright", "storybook", ".storybook", "test-helpers", "test-utils"],
  ...["obj", "Migrations"],
]);

/** Folders of .NET tests say so by the end of their names: `Shop.UnitTests`. */
const TEST_PROJECT = /\.(?:\w+)?Tests?$/;

/** Files beside the code that are tests, type declarations, stories or generated. */
const SKIPPED_FILES =
  /(?:[._-](?:test|tests|spec|e2e|stories|story|bench)\.[^.]+$|\.d\.[cm]?ts$|_test\.exs?$|^(?:test_.*|.*_tests?|tests|conftest)\.py$|\.blade\.php$|(?:^|[a-z0-9])Test(?:Case)?\.php$|\.min\.[cm]?js$|\.(?:generated|gen)\.[^.]+$)/i;

/** Test classes of the JVM say so by the end of their names; capitals tell them from `Latest`. */
const TEST_CLASSES =
  /(?:^|[a-z0-9])(?:Tests?|TestCase|IT|ITCase|Spec)\.(?:java|kts?|cs)$|(?:^|_)tests?\.rs$|^build\.rs$|\.(?:g|g\.i|[dD]esigner)\.cs$/;

/** What of a folder is worth reading. */
export interface ListingOptions {
  /** Absolute path. */
  readonly root: string;
  readonly isSource: (path: string) => boolean;
  /** `beside`: the names in its folder. */
  readonly isManifest: (name: string, beside: readonly string[]) => boolean;
  /** Asked with a slash at the end where it is a folder. */
  readonly isExcluded: (path: string) => boolean;
}

/** Relative paths in the order of their names. */
export interface Listing {
  readonly sources: readonly string[];
  readonly manifests: readonly string[];
  /** What could not be listed. */
  readonly notAnalysed: readonly NotAnalysed[];
}

/** Walks a folder. What git ignores, tests, dependencies and build results are left out. */
export function listTree(options: ListingOptions): Listing {
  const sources: string[] = [];
  const manifests: string[] = [];
  const notAnalysed: NotAnalysed[] = [];
  const visit = (folder: string, above: readonly Scoped[]): void => {
    const absolute = folder === "" ? options.root : join(options.root, folder);
    const prefix = folder === "" ? "" : `${folder}/`;
    const entries = list(absolute, folder, notAnalysed);
    const rules = withIgnoreFile(absolute, prefix, entries, above);
    const names = entries.map(({ name }) => name);
    for (const entry of entries) {
      const path = prefix + entry.name;
      const sort = sortOf(entry, absolute, path, notAnalysed);
      if (sort === "folder") {
        if (
          SKIPPED_FOLDERS.has(entry.name) ||
          TEST_PROJECT.test(entry.name) ||
          isIgnored(rules, `${path}/`) ||
          options.isExcluded(`${path}/`)
        )
          continue;
        visit(path, rules);
      } else if (sort === "file") {
        if (options.isManifest(entry.name, names)) {
          if (!isIgnored(rules, path)) manifests.push(path);
        } else if (
          options.isSource(path) &&
          !SKIPPED_FILES.test(entry.name) &&
          !TEST_CLASSES.test(entry.name) &&
          !isIgnored(rules, path) &&
          !options.isExcluded(path)
        ) {
          sources.push(path);
        }
      }
    }
  };
  visit("", []);
  return { sources, manifests, notAnalysed };
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

function withIgnoreFile(absolute: string, prefix: string, entries: readonly Dirent[], above: readonly Scoped[]): readonly Scoped[] {
  if (!entries.some((entry) => entry.name === ".gitignore" && entry.isFile())) return above;
  try {
    const text = readFileSync(join(absolute, ".gitignore"), "utf8");
    return [...above, { folder: prefix, rules: ignore().add(text) }];
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
function sortOf(entry: Dirent, folder: string, path: string, notAnalysed: NotAnalysed[]): "file" | "folder" | "other" {
  if (entry.isDirectory()) return "folder";
  if (entry.isFile()) return "file";
  if (!entry.isSymbolicLink()) return "other";
  try {
    return statSync(join(folder, entry.name)).isFile() ? "file" : "other";
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ELOOP") {
      notAnalysed.push({ file: path, reason: "cyclic-link", message: "the link leads back to itself" });
    }
    return "other";
  }
}

/** The ending of a path, with its dot. */
export function endingOf(path: string): string {
  return path.slice(path.lastIndexOf("."));
}
