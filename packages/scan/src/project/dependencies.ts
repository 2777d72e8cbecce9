import type { Ecosystem } from "../frameworks/framework.ts";
import { readMsbuild, readPackagesConfig } from "./dotnet-manifests.ts";
import type { Manifest } from "./files.ts";
import { readGradle, readPom } from "./jvm-manifests.ts";
import { readCargo } from "./rust-manifests.ts";
import { readGemfile, readGemspec } from "./ruby-manifests.ts";
import { readRequirements, readSetup, readToml } from "./python-manifests.ts";

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
  /** The name of the file, or what it looks like. */
  readonly file: string | RegExp;
  readonly ecosystem: Ecosystem;
  readonly read: (text: string) => Pick<Package, "name" | "dependencies" | "data">;
}

/** One row a manifest: its file name and how its dependencies are read. */
const MANIFESTS: readonly ManifestKind[] = [
  { file: "package.json", ecosystem: "npm", read: readPackageJson },
  { file: "composer.json", ecosystem: "packagist", read: readComposer },
  { file: "mix.exs", ecosystem: "hex", read: readMix },
  { file: "pom.xml", ecosystem: "maven", read: readPom },
  { file: /^(?:build\.gradle(?:\.kts)?|[\w.-]+\.versions\.toml)$/, ecosystem: "maven", read: readGradle },
  { file: "go.mod", ecosystem: "go", read: readGoMod },
  { file: "Cargo.toml", ecosystem: "cargo", read: readCargo },
  { file: /\.(?:cs|vb|fs)proj$|^Directory\.(?:Build|Packages)\.props$/, ecosystem: "nuget", read: readMsbuild },
  { file: "packages.config", ecosystem: "nuget", read: readPackagesConfig },
  { file: /^(?:requirements|constraints)[\w.-]*\.(?:txt|in)$/, ecosystem: "pypi", read: readRequirements },
  { file: /^(?:base|common|dev|development|local|prod|production)\.(?:txt|in)$/, ecosystem: "pypi", read: readRequirements },
  { file: /^(?:pyproject\.toml|Pipfile)$/, ecosystem: "pypi", read: readToml },
  { file: /^(?:Gemfile|gems\.rb)$/, ecosystem: "rubygems", read: readGemfile },
  { file: /\.gemspec$/, ecosystem: "rubygems", read: readGemspec },
  { file: /^setup\.(?:py|cfg)$/, ecosystem: "pypi", read: readSetup },
];

const DEPENDENCY_KEYS = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];

/** `beside`: the names in its folder. A `setup.py` inside a Python package is a module like the others. */
export function isManifest(name: string, beside: readonly string[] = []): boolean {
  if (name === "setup.py" && beside.includes("__init__.py")) return false;
  return kindOf(name) !== undefined || SETTINGS.test(name);
}

/** Files beside the sources that say how the application logs: Logback, Log4j, Spring and Quarkus, ASP.NET Core, NLog, Symfony. */
const SETTINGS =
  /^(?:logback[\w-]*\.xml|log4j2?[\w-]*\.(?:xml|properties|ya?ml)|application[\w-]*\.(?:properties|ya?ml)|appsettings(?:\.\w+)?\.json|nlog\.config|monolog\.ya?ml)$/i;

/** Whether a file is read for its settings, and names no dependencies. */
export function isSettings(path: string): boolean {
  return SETTINGS.test(path.slice(path.lastIndexOf("/") + 1));
}

function kindOf(name: string): ManifestKind | undefined {
  return MANIFESTS.find(({ file }) => (typeof file === "string" ? file === name : file.test(name)));
}

/** Packages from the deepest folder up, so that the first that governs a path is its own. An unreadable manifest names nothing. */
export function readPackages(manifests: readonly Manifest[]): Package[] {
  return manifests
    .flatMap((manifest) => {
      const slash = manifest.path.lastIndexOf("/") + 1;
      const kind = kindOf(manifest.path.slice(slash));
      if (kind === undefined) return [];
      // `requirements/base.txt` and `gradle/libs.versions.toml` are for what lies beside their folder.
      const folder = manifest.path.slice(0, slash).replace(/(?<=^|\/)(?:requirements|gradle)\/$/, "");
      return [{ ecosystem: kind.ecosystem, folder, ...kind.read(manifest.text) }];
    })
    .sort((a, b) => b.folder.length - a.folder.length || (a.folder < b.folder ? -1 : 1));
}

function readPackageJson(text: string): Pick<Package, "name" | "dependencies" | "data"> {
  return readJson(text, DEPENDENCY_KEYS);
}

/** https://getcomposer.org/doc/04-schema.md#package-links */
function readComposer(text: string): Pick<Package, "name" | "dependencies"> {
  const { name, dependencies } = readJson(text, ["require", "require-dev"]);
  return { dependencies, ...(name === undefined ? {} : { name }) };
}

function readJson(text: string, keys: readonly string[]): Pick<Package, "name" | "dependencies" | "data"> {
  let data: Record<string, unknown>;
  try {
    data = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { dependencies: new Set() };
  }
  if (typeof data !== "object" || data === null) return { dependencies: new Set() };
  const dependencies = keys.flatMap((key) => Object.keys((data[key] as object | undefined) ?? {}));
  return { dependencies: new Set(dependencies), data, ...(typeof data["name"] === "string" ? { name: data["name"] } : {}) };
}

/** mix.exs is a program; its dependencies are the atoms that open a tuple: `{:phoenix, "~> 1.7"}`. */
function readMix(text: string): Pick<Package, "name" | "dependencies"> {
  const dependencies = [...text.matchAll(/\{\s*:(\w+)\s*,/g)].map((match) => match[1]!);
  const name = /\bapp:\s*:(\w+)/.exec(text)?.[1];
  return { dependencies: new Set(dependencies), ...(name === undefined ? {} : { name }) };
}

/** go.mod: module paths with a version, in `require ( … )` or alone; those that replace another count as well. */
function readGoMod(text: string): Pick<Package, "name" | "dependencies"> {
  const dependencies = [...text.matchAll(/^\s*(?:require\s+|replace\s.*=>\s*)?"?([\w.-]+\.[\w-]+(?:\/[\w.~-]+)*)"?\s+v\d/gm)].map(
    (match) => match[1]!,
  );
  const name = /^\s*module\s+"?([^\s"]+)/m.exec(text)?.[1];
  return { dependencies: new Set(dependencies), ...(name === undefined ? {} : { name }) };
}
