import type { LinkTree } from "../language.ts";

/** The source by which a file names itself. */
export const OWN_MODULE = "self";
/** The source under which the macros of all crates of the project are found: they need no import. */
export const MACROS = "macro_rules";

interface Crate {
  /** As code spells it: `my_app`. */
  readonly name: string;
  /** With a slash at the end; "" for the root. */
  readonly folder: string;
}

/** `use crate::a` where `a` is a module. */
export function submodule(source: string, name: string): string {
  return `${source}::${name}`;
}

/** Finds the file of a module: `crate::a::b`, `super::c`, `self::d`, `other_crate::e`; a path that ends inside a file is that file. */
export function createFinder(tree: LinkTree): (from: string, source: string) => readonly string[] {
  const paths = new Set(tree.paths.filter((path) => path.endsWith(".rs")));
  const crates = cratesOf(tree);
  let macros: readonly string[] | undefined;
  return (from, source) => {
    if (source === OWN_MODULE) return [from];
    if (source === MACROS) return (macros ??= [...paths].filter((path) => tree.text?.(path)?.includes("macro_rules!") === true));
    const own = crates.filter(({ folder }) => from.startsWith(folder)).sort((a, b) => b.folder.length - a.folder.length)[0];
    return resolve(paths, crates, own ?? { name: "", folder: "" }, from, source.split("::"));
  };
}

function resolve(
  paths: ReadonlySet<string>,
  crates: readonly Crate[],
  own: Crate,
  from: string,
  [first = "", ...rest]: readonly string[],
): readonly string[] {
  const here = modulePath(own, from);
  if (first === "crate") return fileOf(paths, own, rest);
  if (first === "self") return fileOf(paths, own, [...here, ...rest], here.length + 1);
  if (first === "super") {
    const up = rest.findIndex((one) => one !== "super");
    const levels = 1 + (up < 0 ? rest.length : up);
    return fileOf(paths, own, [...here.slice(0, -levels), ...(up < 0 ? [] : rest.slice(up))]);
  }
  const other = crates.find(({ name }) => name === first);
  if (other !== undefined) return fileOf(paths, other, rest);
  return fileOf(paths, own, [...here, first, ...rest], here.length + 1);
}

/** The modules that lead to a file, from the root of its crate. */
function modulePath({ folder }: Crate, path: string): readonly string[] {
  const inside = path
    .slice(folder.length)
    .replace(/^src\//, "")
    .replace(/\.rs$/, "");
  const parts = inside.split("/");
  const last = parts.at(-1);
  return last === "mod" || (parts.length === 1 && (last === "lib" || last === "main")) ? parts.slice(0, -1) : parts;
}

/** The file of the longest run of modules that there is, which has at least so many. */
function fileOf(paths: ReadonlySet<string>, { folder }: Crate, modules: readonly string[], least = 0): readonly string[] {
  for (let length = modules.length; length >= least; length--) {
    const path = `${folder}src/${modules.slice(0, length).join("/")}`;
    const candidates = length === 0 ? [`${path}lib.rs`, `${path}main.rs`] : [`${path}.rs`, `${path}/mod.rs`];
    const found = candidates.find((one) => paths.has(one));
    if (found !== undefined) return [found];
  }
  return [];
}

function cratesOf(tree: LinkTree): readonly Crate[] {
  return tree.manifests.flatMap(({ path, text }) => {
    if (path !== "Cargo.toml" && !path.endsWith("/Cargo.toml")) return [];
    const name = /^\[package\][^[]*?^name\s*=\s*"([^"]+)"/ms.exec(text)?.[1];
    return name === undefined ? [] : [{ name: name.replaceAll("-", "_"), folder: path.slice(0, -"Cargo.toml".length) }];
  });
}
