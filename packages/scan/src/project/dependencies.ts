import type { Manifest } from "./files.ts";

export type Ecosystem = "npm" | "hex";

/** What one manifest says: the folder it governs and the dependencies it names. */
export interface Package {
  readonly ecosystem: Ecosystem;
  /** "" for the root, else with a trailing slash. */
  readonly folder: string;
  readonly name?: string;
  readonly dependencies: ReadonlySet<string>;
  /** The parsed manifest, where it is data. */
  readonly data?: Readonly<Record<string, unknown>>;
}

interface ManifestKind {
  readonly file: string;
  readonly ecosystem: Ecosystem;
  readonly read: (text: string) => Pick<Package, "name" | "dependencies" | "data">;
}

/** One row a manifest: its file name and how its dependencies are read. */
const MANIFESTS: readonly ManifestKind[] = [
  { file: "package.json", ecosystem: "npm", read: readPackageJson },
  { file: "mix.exs", ecosystem: "hex", read: readMix },
];

const DEPENDENCY_KEYS = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];

export function isManifest(name: string): boolean {
  return MANIFESTS.some((kind) => kind.file === name);
}

/** Packages from the deepest folder up, so that the first that governs a path is its own. An unreadable manifest names nothing. */
export function readPackages(manifests: readonly Manifest[]): Package[] {
  return manifests
    .flatMap((manifest) => {
      const slash = manifest.path.lastIndexOf("/") + 1;
      const kind = MANIFESTS.find((candidate) => candidate.file === manifest.path.slice(slash));
      return kind === undefined ? [] : [{ ecosystem: kind.ecosystem, folder: manifest.path.slice(0, slash), ...kind.read(manifest.text) }];
    })
    .sort((a, b) => b.folder.length - a.folder.length || (a.folder < b.folder ? -1 : 1));
}

function readPackageJson(text: string): Pick<Package, "name" | "dependencies" | "data"> {
  let data: Record<string, unknown>;
  try {
    data = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { dependencies: new Set() };
  }
  if (typeof data !== "object" || data === null) return { dependencies: new Set() };
  const dependencies = DEPENDENCY_KEYS.flatMap((key) => Object.keys((data[key] as object | undefined) ?? {}));
  return { dependencies: new Set(dependencies), data, ...(typeof data["name"] === "string" ? { name: data["name"] } : {}) };
}

/** mix.exs is a program; its dependencies are the atoms that open a tuple: `{:phoenix, "~> 1.7"}`. */
function readMix(text: string): Pick<Package, "name" | "dependencies"> {
  const dependencies = [...text.matchAll(/\{\s*:(\w+)\s*,/g)].map((match) => match[1]!);
  const name = /\bapp:\s*:(\w+)/.exec(text)?.[1];
  return { dependencies: new Set(dependencies), ...(name === undefined ? {} : { name }) };
}
