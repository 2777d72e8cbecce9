import { posix } from "node:path";
import type { LinkTree } from "../language.ts";

/** `from a import b` where `b` is itself a module: `a.b`, and `.b` for `from . import b`. */
export function submoduleSource(source: string, name: string): string {
  return source.endsWith(".") ? source + name : `${source}.${name}`;
}

/**
 * Modules by their dotted names, as `sys.path` would find them: relative ones from the folder of the file, absolute ones
 * from the folder around its package and those above, from `src` beside these, or the only file of that name.
 * https://docs.python.org/3/reference/import.html
 */
export function pythonFinder(tree: LinkTree): (from: string, source: string) => readonly string[] {
  const files = new Set(tree.paths);
  const bySuffix = suffixesOf(tree.paths);
  const moduleAt = (base: string): string | undefined =>
    [base === "" ? undefined : `${base}.py`, base === "" ? "__init__.py" : `${base}/__init__.py`].find(
      (path) => path !== undefined && files.has(path),
    );
  const absolute = (from: string, source: string): string | undefined => {
    const path = source.replaceAll(".", "/");
    for (const root of rootsOf(from, files)) {
      const found = moduleAt(root + path) ?? moduleAt(`${root}src/${path}`);
      if (found !== undefined) return found;
    }
    const others = bySuffix.get(source) ?? [];
    return others.length === 1 ? others[0] : undefined;
  };
  return (from, source) => {
    const found = source.startsWith(".") ? moduleAt(relative(from, source)) : absolute(from, source);
    return found === undefined ? [] : [found];
  };
}

/** One dot is the folder of the file, each further one the folder above. */
function relative(from: string, source: string): string {
  const dots = /^\.+/.exec(source)![0].length;
  const folder = posix.join(posix.dirname(from), ...Array.from({ length: dots - 1 }, () => ".."));
  const path = posix.join(folder, source.slice(dots).replaceAll(".", "/")).replace(/\/$/, "");
  return path === "." ? "" : path;
}

/** The folder that holds the package of a file, the folders above it, then those between: "" or with a slash at the end. */
function rootsOf(from: string, files: ReadonlySet<string>): readonly string[] {
  const above: string[] = [];
  for (let folder = posix.dirname(from); ; folder = posix.dirname(folder)) {
    const prefix = folder === "." ? "" : `${folder}/`;
    above.push(prefix);
    if (prefix === "") break;
  }
  const outside = above.findIndex((prefix) => !files.has(`${prefix}__init__.py`));
  const at = outside < 0 ? above.length - 1 : outside;
  return [...above.slice(at), ...above.slice(0, at)];
}

/** Dotted names of two parts or more → the files that end so. */
function suffixesOf(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const path of paths) {
    if (!path.endsWith(".py")) continue;
    const parts = path.replace(/(?:\/__init__)?\.py$/, "").split("/");
    for (let from = parts.length - 2; from >= 0; from--) {
      const name = parts.slice(from).join(".");
      const list = index.get(name);
      if (list === undefined) index.set(name, [path]);
      else list.push(path);
    }
  }
  return index;
}
