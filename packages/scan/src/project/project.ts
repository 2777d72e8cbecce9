import type { ProjectFacts } from "../frameworks/framework.ts";
import type { ContainerIR, FileIR } from "../ir/nodes.ts";
import { isFailure, type Language, type LinkTree } from "../languages/language.ts";
import type { NotAnalysed } from "../report/result.ts";
import { isSettings, readPackages, type Package } from "./dependencies.ts";
import type { Manifest, Tree } from "./files.ts";
import { createGoverning } from "./governing.ts";
import { createEverywhere } from "./everywhere.ts";
import { createJoin } from "./join.ts";
import { dependsOn, rangeOf } from "./package-graph.ts";
import { createPathLinker } from "./paths.ts";
import type { Sightings } from "./sightings.ts";

/** The scanned tree: its texts, and its files parsed when somebody asks for them. */
export interface Project extends ProjectFacts {
  readonly root: string;
  /** The containers of that full name, where several files declare parts of one. */
  readonly containers: (name: string) => readonly ContainerIR[];
  readonly packages: readonly Package[];
  /** The packages around a path, from the nearest up. */
  readonly packagesOf: (path: string) => readonly Package[];
  /** Whether a package around a path depends on the package that another path is part of; no for the one at the root. */
  readonly dependsOn: (path: string, on: string) => boolean;
  /** The range in which the package.json around a path wants a dependency. */
  readonly rangeOf: (dependency: string, path: string) => string | undefined;
  readonly texts: ReadonlyMap<string, string>;
  /** Files of settings that are no source: XML, YAML, JSON, properties. */
  readonly settings: readonly Manifest[];
  readonly languageOf: (path: string) => Language | undefined;
  /** The file in IR; undefined where it is not in the tree or does not parse. */
  readonly file: (path: string) => FileIR | undefined;
  readonly isParsed: (path: string) => boolean;
  /** Files whose name without ending and separators is `key` (`userservice` for user-service.ts, user.service.ts, UserService.ts). */
  readonly named: (key: string) => readonly string[];
  /** Whether a container's full name stands below one that the project declares (`MyApp.Missing` beside `MyApp`). */
  readonly isOwnNamespace: (name: string) => boolean;
  readonly notAnalysed: () => readonly NotAnalysed[];
  readonly parsedCount: () => number;
}

export function createProject(root: string, tree: Tree, languages: readonly Language[], sightings?: Sightings): Project {
  const packages = readPackages(tree.manifests);
  const packagesOf = createGoverning(packages);
  const paths = [...tree.texts.keys()];
  const linker = createPathLinker(root, new Set(paths), packages, sightings);
  const parsed = new Map<string, FileIR | undefined>();
  const failed: NotAnalysed[] = [];
  const languageOf = byExtension(languages);

  const everywhere = createEverywhere(tree.texts, languageOf, packagesOf);

  const file = (path: string): FileIR | undefined => {
    if (parsed.has(path)) return parsed.get(path);
    const text = tree.texts.get(path);
    const language = languageOf(path);
    if (text === undefined || language === undefined) return undefined;
    const result = language.parse(path, text);
    if (isFailure(result)) failed.push({ file: path, reason: "syntax", message: result.message });
    const ir = isFailure(result) ? undefined : everywhere(result);
    parsed.set(path, ir);
    return ir;
  };

  const linkTree: LinkTree = { paths, manifests: tree.manifests, text: (path) => tree.texts.get(path) };
  const finders = new Map<Language, (from: string, source: string) => readonly string[]>();
  const findersOf = (language: Language): ((from: string, source: string) => readonly string[]) => {
    let finder = finders.get(language);
    if (finder === undefined && language.linking.by === "finder") {
      finders.set(language, (finder = language.linking.finder(linkTree)));
    }
    return finder ?? (() => []);
  };
  const joined = createJoin(file);

  const declarations = lazy(() => indexDeclarations(tree.texts, languageOf));
  const containers = new Map<string, ContainerIR | undefined>();
  const container = (name: string): ContainerIR | undefined => {
    if (!containers.has(name)) containers.set(name, findContainer(name));
    return containers.get(name);
  };
  const findContainer = (name: string): ContainerIR | undefined => {
    // One that is nested deeper than the index knows stands in the file of what is around it.
    for (let outer = name; outer !== ""; outer = outer.slice(0, Math.max(0, outer.lastIndexOf(".")))) {
      for (const path of declarations().get(outer) ?? []) {
        const found = file(path)?.containers.find((one) => one.name === name);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  };

  const namespaces = lazy(
    () => new Set([...declarations().keys()].filter((name) => /^\p{Lu}.*\./u.test(name)).map((name) => name.split(".")[0]!)),
  );
  const fileNames = lazy(() => indexFileNames(paths));
  return {
    root,
    packages,
    packagesOf,
    dependsOn: (path, on) => {
      const [own] = packagesOf(on);
      return own !== undefined && own.folder !== "" && packagesOf(path).some((one) => dependsOn(packages, one, own));
    },
    rangeOf: (dependency, path) => rangeOf(packages, dependency, path),
    paths,
    texts: tree.texts,
    settings: tree.manifests.filter(({ path }) => isSettings(path)),
    languageOf,
    file,
    container,
    containers: (name) =>
      (declarations().get(name) ?? []).flatMap((path) => file(path)?.containers.filter((one) => one.name === name) ?? []),
    read: (path) => tree.texts.get(path) ?? tree.manifests.find((manifest) => manifest.path === path)?.text,
    isParsed: (path) => parsed.has(path),
    isOwnNamespace: (name) => !declarations().has(name) && namespaces().has(name.split(".")[0]!) && !GENERATED.test(name),
    named: (key) => fileNames().get(key) ?? [],
    has: (ecosystem, dependency, path) => packagesOf(path).some((one) => one.ecosystem === ecosystem && names(one, dependency)),
    open: (from, source) => {
      const language = languageOf(from.path);
      // Files without containers (routes, configuration) have no name: their path is one.
      if (language?.linking.by === "name") return container(source)?.file ?? file(source);
      if (language?.linking.by === "finder") return joined(findersOf(language)(from.path, source));
      const target = linker.resolve(from.path, source);
      return target === undefined ? undefined : file(target);
    },
    notAnalysed: () => [...tree.notAnalysed, ...failed].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0)),
    parsedCount: () => parsed.size,
  };
}

/** Modules that frameworks generate under the application's name. */
const GENERATED = /\.(?:Repo|Endpoint|PubSub|Router\.Helpers|Routes|Gettext|Telemetry|Mailer|Presence|Mix|Proto|Protos|Grpc)(?:\.|$)/;

function byExtension(languages: readonly Language[]): (path: string) => Language | undefined {
  const table = new Map(languages.flatMap((language) => language.extensions.map((extension) => [extension, language])));
  return (path) => table.get(path.slice(path.lastIndexOf(".")));
}

function names({ dependencies }: Package, wanted: string | RegExp): boolean {
  return typeof wanted === "string" ? dependencies.has(wanted) : [...dependencies].some((name) => wanted.test(name));
}

/** Full names of containers → files, for languages that link by name. */
function indexDeclarations(texts: ReadonlyMap<string, string>, languageOf: (path: string) => Language | undefined): Map<string, string[]> {
  const index = new Map<string, string[]>();
  for (const [path, text] of texts) {
    const linking = languageOf(path)?.linking;
    if (linking?.by !== "name") continue;
    const add = (full: string): void => {
      const list = index.get(full);
      if (list === undefined) index.set(full, [path]);
      else if (!list.includes(path)) list.push(path);
    };
    if (linking.names !== undefined) {
      linking.names(text).forEach(add);
      continue;
    }
    const flags = linking.declares.flags.includes("g") ? linking.declares.flags : `${linking.declares.flags}g`;
    // Full names have dots, whatever separates their parts in the text.
    const namespace = linking.namespace?.exec(text)?.[1]?.replaceAll("\\", ".");
    const outer: string[] = [];
    for (const match of text.matchAll(new RegExp(linking.declares, flags))) {
      const name = match[1]!;
      // A nested module is written with its last name only; it is found under every outer name of its file.
      for (const full of namespace === undefined ? [name, ...outer.map((prefix) => `${prefix}.${name}`)] : [`${namespace}.${name}`])
        add(full);
      outer.push(name);
    }
  }
  return index;
}

function indexFileNames(paths: readonly string[]): Map<string, string[]> {
  const index = new Map<string, string[]>();
  for (const path of paths) {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const key = name
      .slice(0, name.lastIndexOf("."))
      .replace(/[^A-Za-z0-9]/g, "")
      .toLowerCase();
    const list = index.get(key);
    if (list === undefined) index.set(key, [path]);
    else list.push(path);
  }
  return index;
}

function lazy<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
