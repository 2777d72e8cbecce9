import { join, posix } from "node:path";
import { createPathsMatcher, parseTsconfig } from "get-tsconfig";
import { exports as resolveExports, imports as resolveImports } from "resolve.exports";
import type { Package } from "./dependencies.ts";
import { createSightings, type Sightings } from "./sightings.ts";

/** Endings tried in the platform's order; a written `.js` may mean the `.ts` beside it. */
const ENDINGS = [
  "",
  ".ts",
  ".tsx",
  ".mts",
  ".cts",
  ".js",
  ".jsx",
  ".mjs",
  ".cjs",
  "/index.ts",
  "/index.tsx",
  "/index.js",
  "/index.mjs",
  "/index.jsx",
];
const WRITTEN_AS_JS = /\.([cm]?)jsx?$/;
/** Prefixes that bundlers of the field map onto the package's source folder when no tsconfig says so. */
const ALIAS = /^(?:@|~|#|\$lib|~~|@@)\//;
const ALIAS_FOLDERS = ["src/", "", "app/", "src/lib/", "lib/"];
/** Folders of build results, beside the sources that they come from. */
const BUILT = /^(?:\.\/)?(?:dist|build|lib|out|es|esm|cjs)\//;

export interface PathLinker {
  /** The file that `source` means in `from`; undefined for packages outside the tree. */
  readonly resolve: (from: string, source: string) => string | undefined;
}

/** Resolution by path and package name within the tree alone: nothing needs to be installed. */
export function createPathLinker(
  root: string,
  files: ReadonlySet<string>,
  packages: readonly Package[],
  sightings: Sightings = createSightings(),
): PathLinker {
  const npm = packages.filter((one) => one.ecosystem === "npm");
  const byName = new Map(npm.filter((one) => one.name !== undefined).map((one) => [one.name!, one]));
  const matchers = new Map<string, ((specifier: string) => string[]) | null>();
  const memo = new Map<string, string | undefined>();

  const probe = (path: string): string | undefined => {
    const base = posix.normalize(path).replace(/\/$/, "");
    for (const ending of ENDINGS) if (files.has(base + ending)) return base + ending;
    if (!WRITTEN_AS_JS.test(base)) return undefined;
    return [".$1ts", ".$1tsx"].map((to) => base.replace(WRITTEN_AS_JS, to)).find((candidate) => files.has(candidate));
  };

  const matcherOf = (folder: string): ((specifier: string) => string[]) | null => {
    const known = matchers.get(folder);
    if (known !== undefined) return known;
    const own = readMatcher(join(root, folder), sightings);
    const above = folder === "" ? null : matcherOf(folder.slice(0, folder.lastIndexOf("/", folder.length - 2) + 1));
    const matcher = own ?? above;
    matchers.set(folder, matcher);
    return matcher;
  };

  const throughTsconfig = (from: string, source: string): string | undefined => {
    const matcher = matcherOf(from.slice(0, from.lastIndexOf("/") + 1));
    for (const candidate of matcher?.(source) ?? []) {
      const relative = posix.relative(root, candidate);
      const found = relative.startsWith("..") ? undefined : probe(relative);
      if (found !== undefined) return found;
    }
    return undefined;
  };

  const throughPackage = (from: string, source: string): string | undefined => {
    if (source.startsWith("#")) {
      const own = npm.find((one) => from.startsWith(one.folder));
      return own?.data === undefined
        ? undefined
        : firstOf(
            own,
            attempt(() => resolveImports(own.data as object, source)),
          );
    }
    const name = source
      .split("/")
      .slice(0, source.startsWith("@") ? 2 : 1)
      .join("/");
    const target = byName.get(name);
    if (target === undefined) return undefined;
    const rest = source.slice(name.length + 1);
    return firstOf(
      target,
      attempt(() => resolveExports(target.data ?? {}, `./${rest}`.replace(/\/$/, ""), { conditions: ["source", "types"] })),
      rest,
    );
  };

  const firstOf = (one: Package, outputs: readonly string[], rest = ""): string | undefined => {
    const entry = one.data?.["main"] ?? one.data?.["module"] ?? one.data?.["types"];
    const written = outputs.length > 0 ? outputs : rest === "" && typeof entry === "string" ? [entry] : [];
    const candidates = [
      ...written.flatMap((path) => [path, path.replace(BUILT, "src/"), path.replace(BUILT, "")]),
      rest === "" ? "src/index" : `src/${rest}`,
      rest === "" ? "index" : rest,
    ];
    for (const candidate of candidates) {
      const plain = candidate.replace(/\.d\.([cm]?)ts$/, ".$1ts");
      const found = probe(one.folder + plain) ?? probe(one.folder + plain.replace(/\.[cm]?js$/, ""));
      if (found !== undefined) return found;
    }
    return undefined;
  };

  const throughAlias = (from: string, source: string): string | undefined => {
    const prefix = ALIAS.exec(source)?.[0];
    if (prefix === undefined) return undefined;
    const rest = source.slice(prefix.length);
    const folders = npm.filter((one) => from.startsWith(one.folder)).map((one) => one.folder);
    for (const folder of [...folders, ""]) {
      for (const sub of ALIAS_FOLDERS) {
        const found = probe(`${folder}${prefix === "$lib/" ? "src/lib/" : sub}${rest}`);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  };

  const resolveNow = (from: string, source: string): string | undefined => {
    if (source.startsWith(".")) return probe(posix.join(posix.dirname(from), source));
    return throughTsconfig(from, source) ?? throughPackage(from, source) ?? throughAlias(from, source);
  };

  return {
    resolve: (from, source) => {
      const key = source.startsWith(".") || source.startsWith("#") ? `${from}\0${source}` : `${posix.dirname(from)}\0${source}`;
      if (memo.has(key)) return memo.get(key);
      const found = resolveNow(from, source);
      memo.set(key, found);
      return found;
    },
  };
}

function attempt(resolve: () => readonly string[] | void): readonly string[] {
  try {
    return resolve() ?? [];
  } catch {
    return [];
  }
}

/** A tsconfig that cannot be read, or extends a package that is not installed, maps nothing. */
function readMatcher(folder: string, sightings: Sightings): ((specifier: string) => string[]) | null {
  for (const name of ["tsconfig.json", "jsconfig.json"]) {
    const path = join(folder, name);
    if (!sightings.exists(path)) continue;
    try {
      return createPathsMatcher({ path, config: parseTsconfig(path, sightings.cache) });
    } catch {
      continue;
    }
  }
  return null;
}
