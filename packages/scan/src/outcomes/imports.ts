import type { ContainerIR, FileIR, ImportIR } from "../ir/nodes.ts";
import { exportedValue, once, submodule } from "./exports.ts";
import { staticMember } from "./members.ts";
import type { Walk } from "./walk.ts";
import type { Value } from "./values.ts";

/** What a name means that an import brought to a place; undefined where none did. */
export function imported(walk: Walk, name: string, file: FileIR, container: ContainerIR | null): Value | undefined {
  const scopes = importsAt(walk, file, container);
  const direct = scopes.findLast((one) => one.local === name);
  if (direct !== undefined) return importedValue(walk, file, direct);
  for (const one of scopes) {
    if (one.local !== "*" || (one.only !== undefined && one.only.length > 0 && !one.only.includes(name))) continue;
    const found = throughStar(walk, name, file, one);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A name that came in with all names of a source (`import Accounts`, `from .models import *`, the other files of a folder). */
function throughStar(walk: Walk, name: string, file: FileIR, one: ImportIR): Value | undefined {
  if (walk.project.languageOf(file.path)?.linking.by === "finder") {
    const target = walk.project.open(file, one.source);
    return target === undefined || target === file ? undefined : once(target, name, () => exportedValue(walk, target, name, 8));
  }
  if (hasNamespaces(walk, file)) {
    const inside = /^\p{Lu}/u.test(name) ? walk.project.container(`${one.source}.${name}`) : undefined;
    if (inside !== undefined) return { kind: "container", of: inside };
    // What stands around only says where types are sought, and values that are written in capitals.
    if (one.typeOnly === true && !/^[A-Z][A-Z0-9_]+$/.test(name)) return undefined;
    // Only containers have members; a namespace itself is no container.
    if (!/(?:^|\.)\p{Lu}[^.]*$/u.test(one.source)) return undefined;
    const owner = walk.project.container(one.source);
    // What a class extends is looked up among its own members as well, and these among what it extends.
    return owner === undefined ? undefined : once(owner.file, `${owner.name} ${name}`, () => staticMember(walk, owner, name));
  }
  const target = walk.project.container(one.source);
  const fns = target?.functions.filter((fn) => fn.name === name && !fn.isPrivate) ?? [];
  return fns.length > 0 ? { kind: "closure", fns, env: null } : undefined;
}

/** Whether containers of the file's language stand in namespaces, whose names star imports bring in. */
export function hasNamespaces(walk: Walk, file: FileIR): boolean {
  const linking = walk.project.languageOf(file.path)?.linking;
  return linking?.by === "name" && linking.namespace !== undefined;
}

const importMemo = new WeakMap<ContainerIR, readonly ImportIR[]>();

/** Imports that hold at a place: the file's, those of the containers around it, and those that mixins bring. */
export function importsAt(walk: Walk, file: FileIR, container: ContainerIR | null): readonly ImportIR[] {
  if (container === null) return file.imports;
  const known = importMemo.get(container);
  if (known !== undefined) return known;
  const own = [...(container.parent === undefined ? file.imports : importsAt(walk, file, container.parent)), ...container.imports];
  importMemo.set(container, own);
  const all = [...own, ...mixedImports(walk, container, 3)];
  importMemo.set(container, all);
  return all;
}

function mixedImports(walk: Walk, container: Pick<ContainerIR, "mixins" | "file">, depth: number): readonly ImportIR[] {
  const language = walk.project.languageOf(container.file.path);
  if (depth === 0 || language?.mixedIn === undefined) return [];
  return container.mixins.flatMap((mixin) => {
    const target = walk.project.container(mixin.name);
    if (target === undefined) return [];
    const brought = language.mixedIn!(target, mixin.args);
    return [...brought.imports, ...mixedImports(walk, { mixins: brought.mixins, file: target.file }, depth - 1)];
  });
}

function importedValue(walk: Walk, file: FileIR, one: ImportIR): Value {
  if (walk.project.languageOf(file.path)?.linking.by === "name") {
    const found = walk.project.container(one.source);
    const member = one.imported !== "*" && found !== undefined ? staticMember(walk, found, one.imported) : undefined;
    if (member !== undefined) return member;
    // What a package calls a class is its last name; constants of it are known by their own.
    const path = hasNamespaces(walk, file) ? one.local : one.source;
    return found === undefined || one.imported !== "*"
      ? { kind: "unknown", path, source: one.source, truthy: true }
      : { kind: "container", of: found };
  }
  const target = walk.project.open(file, one.source);
  if (target === undefined) {
    const inner = submodule(walk, file, one.source, one.imported);
    if (inner !== undefined) return inner;
    return {
      kind: "unknown",
      path: one.imported === "*" || one.imported === "default" ? one.local : one.imported,
      source: one.source,
      truthy: true,
    };
  }
  if (one.imported === "*") return { kind: "file", file: target };
  return (
    once(target, one.imported, () => exportedValue(walk, target, one.imported, 8)) ??
    submodule(walk, file, one.source, one.imported) ?? { kind: "unknown", path: one.imported }
  );
}
