import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";

/** What a file at the top of a project says of its languages, as the examples of rules name them. */
const SIGNS: readonly (readonly [file: RegExp, languages: readonly string[]])[] = [
  [/^(?:package|deno)\.jsonc?$/, ["js", "ts"]],
  [/^mix\.exs$/, ["elixir"]],
  [/^(?:pyproject\.toml|Pipfile|setup\.(?:py|cfg)|requirements[\w.-]*\.txt)$/, ["python"]],
  [/^(?:Gemfile|gems\.rb)$|\.gemspec$/, ["ruby"]],
  [/^go\.mod$/, ["go"]],
  [/^pom\.xml$|^build\.gradle$/, ["java", "kotlin"]],
  [/^build\.gradle\.kts$/, ["kotlin", "java"]],
  [/^composer\.json$/, ["php"]],
  [/\.(?:csproj|sln|slnx)$/, ["csharp"]],
  [/^Cargo\.toml$/, ["rust"]],
];

/** Folders that hold packages of one repository: looked into this deep. */
const DEPTH = 2;
/** Folders that are looked into at all: this is done before a page is printed. */
const MOST = 200;
const SKIPPED = /^(?:\.|node_modules$|deps$|vendor$|dist$|build$|target$|_build$)/;

/**
 * The languages of the project around a folder, by its manifests: those of the nearest folder upwards that has some, and of the
 * packages in it. Empty where there is none.
 */
export function languagesAround(folder: string): ReadonlySet<string> {
  for (let at = folder; ; at = dirname(at)) {
    const names = entriesOf(at).map(({ name }) => name);
    if (languagesOf(names).length > 0 || names.includes(".git")) return new Set(languagesBelow(at));
    if (at === dirname(at)) return new Set();
  }
}

function languagesBelow(top: string): readonly string[] {
  const found: string[] = [];
  const waiting = [{ folder: top, depth: 0 }];
  for (let looked = 0; looked < MOST && waiting.length > 0; looked++) {
    const { folder, depth } = waiting.shift()!;
    const entries = entriesOf(folder);
    found.push(...languagesOf(entries.map(({ name }) => name)));
    if (depth === DEPTH) continue;
    const inside = entries.filter((entry) => entry.isDirectory() && !SKIPPED.test(entry.name));
    waiting.push(...inside.map(({ name }) => ({ folder: join(folder, name), depth: depth + 1 })));
  }
  return found;
}

function languagesOf(names: readonly string[]): readonly string[] {
  return SIGNS.flatMap(([file, languages]) => (names.some((name) => file.test(name)) ? languages : []));
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
