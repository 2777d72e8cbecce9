import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** `src` or `dist` of this package, whichever runs. */
const OWN = fileURLToPath(new URL("..", import.meta.url));

/** Folders of sources that never run. */
const AT_REST = new Set(["fixtures", "battery", "harness"]);

let identity: string | undefined;

/**
 * What the tool is made of, as a digest: its own code and grammars, the code of its vocabulary, the versions of the
 * packages it stands on and of Node.js. A result that another make of the tool remembered is not used.
 * undefined where that cannot be read (packed into one file, say): nothing can be remembered then.
 */
export function toolIdentity(): string | undefined {
  try {
    identity ??= digestOf([...codeOf(OWN), ...codeOf(join(OWN, "..", "grammars")), ...codeOf(vocabularyFolder())], manifests());
  } catch {
    return undefined;
  }
  return identity;
}

/**
 * Code goes in by size and time of change: there are hundreds of files and many megabytes of grammars, and reading them took half of
 * a run that finds everything remembered. A build gives new times; packages from a registry all have one time, and their versions
 * stand in the manifests, which go in whole.
 */
function digestOf(code: readonly string[], manifests: readonly string[]): string {
  const hash = createHash("sha256").update(`${process.version} ${process.platform} ${process.arch}`);
  for (const file of code) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`\0${file.length} ${file}\0${size} ${mtimeMs}`);
  }
  for (const file of manifests) {
    const bytes = readFileSync(file);
    hash.update(`\0${file.length} ${file}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest("hex");
}

function codeOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return AT_REST.has(entry.name) ? [] : codeOf(path);
      return /\.(?:js|ts|wasm)$/.test(entry.name) && !/\.(?:d|test)\.ts$/.test(entry.name) ? [path] : [];
    });
}

function vocabularyFolder(): string {
  return dirname(createRequire(import.meta.url).resolve("@telltale/vocabulary"));
}

/** The manifests of this package and of its dependencies, which name their versions. */
function manifests(): string[] {
  const own = join(OWN, "..", "package.json");
  const { dependencies } = JSON.parse(readFileSync(own, "utf8")) as { dependencies: Readonly<Record<string, string>> };
  return [own, ...Object.keys(dependencies).flatMap((name) => manifestOf(name))];
}

function manifestOf(name: string): string[] {
  for (let folder = OWN; ; folder = dirname(folder)) {
    const manifest = join(folder, "node_modules", name, "package.json");
    if (isReadable(manifest)) return [manifest];
    if (folder === dirname(folder)) return [];
  }
}

function isReadable(path: string): boolean {
  try {
    readFileSync(path);
    return true;
  } catch {
    return false;
  }
}
