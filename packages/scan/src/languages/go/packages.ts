import type { ContainerIR } from "../../ir/nodes.ts";
import type { LinkTree } from "../language.ts";

/** The source by which a file names the package that it is part of. */
export const OWN_PACKAGE = "./";

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);

/** Files of this ending hold tests; they may be in a listing that was made by others. */
const isTest = (path: string): boolean => path.endsWith("_test.go");

/** Finds the folder that an import path means: below the module of a `go.mod` of the tree. */
export function createFinder(tree: LinkTree): (from: string, source: string) => readonly string[] {
  const folders = filesByFolder(tree.paths);
  const modules = modulesOf(tree);
  return (from, source) => {
    if (source === OWN_PACKAGE) return folders.get(folderOf(from)) ?? [];
    for (const { name, folder } of modules) {
      if (source === name) return folders.get(folder) ?? [];
      if (source.startsWith(`${name}/`)) {
        const found = folders.get(`${folder}${source.slice(name.length + 1)}/`);
        if (found !== undefined) return found;
      }
    }
    return [];
  };
}

function filesByFolder(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const folders = new Map<string, string[]>();
  for (const path of paths) {
    if (!path.endsWith(".go") || isTest(path)) continue;
    const folder = folderOf(path);
    const list = folders.get(folder);
    if (list === undefined) folders.set(folder, [path]);
    else list.push(path);
  }
  return folders;
}

/** Longest module path first: a module inside another has the say over its own folders. */
function modulesOf(tree: LinkTree): readonly { name: string; folder: string }[] {
  return tree.manifests
    .filter(({ path }) => path === "go.mod" || path.endsWith("/go.mod"))
    .flatMap(({ path, text }) => {
      const name = /^\s*module\s+"?([^\s"]+)/m.exec(text)?.[1];
      return name === undefined ? [] : [{ name, folder: folderOf(path) }];
    })
    .sort((a, b) => b.name.length - a.name.length);
}

const METHOD = /^func\s*\(\s*(?:\w+\s+)?\*?\s*([A-Za-z_]\w*)[^)]*\)\s*([A-Za-z_]\w*)\s*\(/gm;
/** Types and folders that stand in for the real thing in tests. */
const STAND_IN = /mock|fake|stub|dummy|noop|(?:^|[^a-z])nop|spy|test/i;

interface Type {
  readonly folder: string;
  readonly path: string;
  readonly name: string;
  readonly methods: Set<string>;
}

/**
 * Which types have all methods of an interface. Read from the texts: nothing is parsed for it. Those that stand in for
 * others in tests are left out; of an interface without methods nothing is said.
 */
export function createImplementers(tree: LinkTree): (container: ContainerIR) => readonly { path: string; name: string }[] {
  let types: readonly Type[] | undefined;
  return (container) => {
    const wanted = container.functions.map((fn) => fn.name);
    if (wanted.length === 0) return [];
    types ??= typesOf(tree);
    const all = types.filter(({ methods }) => wanted.every((name) => methods.has(name)));
    return all.length < 2 ? all : all.filter(({ name, folder }) => !STAND_IN.test(name) && !STAND_IN.test(folder));
  };
}

function typesOf(tree: LinkTree): readonly Type[] {
  const types = new Map<string, Type>();
  for (const path of tree.paths) {
    if (!path.endsWith(".go") || isTest(path)) continue;
    const folder = folderOf(path);
    for (const [, name, method] of (tree.text?.(path) ?? "").matchAll(METHOD)) {
      const key = `${folder}${name}`;
      let type = types.get(key);
      if (type === undefined) types.set(key, (type = { folder, path, name: name!, methods: new Set() }));
      type.methods.add(method!);
    }
  }
  return [...types.values()];
}
