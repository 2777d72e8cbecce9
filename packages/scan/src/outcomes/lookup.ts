import type { ContainerIR, Expr, FileIR, FunctionIR, ImportIR, TypeRef } from "../ir/nodes.ts";
import { declaredType, declaredValue, namesOf } from "../ir/scope.ts";
import { boundNames, walkStmts } from "../ir/walk.ts";
import { byConvention } from "./conventions.ts";
import { exportsOf, wholeOf } from "./parts.ts";
import { successOf } from "./success.ts";
import { typeContainer, typedValue, typeInstance } from "./typed.ts";
import type { Scope, Walk } from "./walk.ts";
import { identity, lookUp, UNKNOWN, type Env, type Value } from "./values.ts";

/** What a name means at a place: bound on the way, declared around it, imported, or a member of the container. */
export function nameValue(walk: Walk, name: string, env: Env | null, scope: Scope): Value {
  const bound = lookUp(env, name);
  if (bound !== undefined) return boundValue(walk, name, bound, scope);
  if (name === "this") return scope.self ?? (scope.container === null ? UNKNOWN : instanceOf(scope.container));
  if (name === "super") return superOf(walk, scope.container);
  return declaredName(walk, name, scope.file, scope.fn, scope.container) ?? inheritedProperty(walk, name, scope) ?? { kind: "unknown", path: name };
}

/** A plain name that is a member of a parent class: what looks like a type may be a property (C#). */
function inheritedProperty(walk: Walk, name: string, { container, file, self }: Scope): Value | undefined {
  if (container === null || container.sort !== "class" || container.extends.length === 0 || !hasNamespaces(walk, file)) return undefined;
  return instanceMember(walk, container, name, self ?? instanceOf(container));
}

function boundValue(walk: Walk, name: string, bound: Value, { file, fn }: Scope): Value {
  if (bound.kind !== "unknown" || bound.of !== undefined || bound.fault) return bound;
  if (isBare(bound)) return typedName(walk, name, file, fn) ?? bound;
  const type = declaredType(file, fn, name);
  return type === undefined ? bound : typedValue(walk, bound, type, file);
}

/** A value of which nothing is known but that it was handed over: its declared type or its name may say more. */
function isBare(value: Value): boolean {
  return value.kind === "unknown" && value.source === undefined && value.args === undefined;
}

export function declaredName(
  walk: Walk,
  name: string,
  file: FileIR,
  fn: FunctionIR | null,
  container: ContainerIR | null,
): Value | undefined {
  const declared = declaredValue(file, fn, name);
  if (declared !== undefined) return staticValue(walk, name, declared.value, file, declared.scope, container);
  if (isParameter(file, fn, name)) return typedName(walk, name, file, fn) ?? { kind: "unknown", path: name };
  return (
    ofContainer(walk, name, container) ??
    imported(walk, name, file, container) ??
    localContainer(file, name, container) ??
    inheritedName(walk, name, file, container) ??
    moduleByName(walk, name, file, container)
  );
}

/** A member without receiver that a parent of the class declares, where names of members need none. */
function inheritedName(walk: Walk, name: string, file: FileIR, container: ContainerIR | null): Value | undefined {
  if (container === null || container.sort !== "class" || container.extends.length === 0 || !hasNamespaces(walk, file)) return undefined;
  return /^\p{Ll}/u.test(name) ? instanceMember(walk, container, name, instanceOf(container)) : undefined;
}

function isParameter(file: FileIR, fn: FunctionIR | null, name: string): boolean {
  for (let at = fn; at !== null; at = at.parent ?? null) if (namesOf(file, at).declared.has(name)) return true;
  return namesOf(file, null).declared.has(name);
}

function typedName(walk: Walk, name: string, file: FileIR, fn: FunctionIR | null): Value | undefined {
  const type = declaredType(file, fn, name);
  return type === undefined ? byConvention(walk, name) : (typeInstance(walk, type, file) ?? byConvention(walk, name));
}

const reassigned = new WeakMap<FileIR, ReadonlySet<string>>();

/** Names of a file that get another value somewhere: what they were declared with says nothing certain. */
function reassignedNames(file: FileIR): ReadonlySet<string> {
  const known = reassigned.get(file);
  if (known !== undefined) return known;
  const names = new Set<string>();
  for (const body of [file.body, ...file.functions.map((fn) => fn.body)]) {
    walkStmts(body, (expr) => {
      if (expr.kind === "assign" && expr.target.kind !== "member") for (const name of boundNames(expr.target)) names.add(name);
    });
  }
  reassigned.set(file, names);
  return names;
}

function staticValue(walk: Walk, name: string, expr: Expr, file: FileIR, fn: FunctionIR | null, container: ContainerIR | null): Value {
  if (expr.kind === "literal" && reassignedNames(file).has(name)) return UNKNOWN;
  const value = walk.valueAt(expr, file, fn, container);
  if (value.kind !== "unknown") return value;
  const typed = typedName(walk, name, file, fn);
  return typed ?? (value.path === undefined ? { ...value, path: name } : value);
}

/** Functions and fields of the container itself, by plain name (Elixir functions, implicit `this`). */
function ofContainer(walk: Walk, name: string, container: ContainerIR | null): Value | undefined {
  for (let at = container; at !== null; at = at.parent ?? null) {
    if (at.sort !== "module" && at.sort !== "class") continue;
    const fns = at.functions.filter((fn) => fn.name === name && fn.role !== "constructor");
    if (at.sort === "module" && fns.length > 0) return { kind: "closure", fns, env: null };
    const field = at.fields.find((one) => one.name === name);
    if (at.sort === "module" && field?.value !== undefined) return walk.valueAt(field.value, at.file, null, at);
    if (at.sort === "module" && at.name === name) return { kind: "container", of: at };
  }
  return undefined;
}

function imported(walk: Walk, name: string, file: FileIR, container: ContainerIR | null): Value | undefined {
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
function hasNamespaces(walk: Walk, file: FileIR): boolean {
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

function localContainer(file: FileIR, name: string, container: ContainerIR | null): Value | undefined {
  let found: ContainerIR | undefined;
  for (let at = container; at !== null && found === undefined; at = at.parent ?? null) {
    const full = `${at.name}.${name}`;
    found = file.containers.find((one) => one.name === full);
  }
  found ??= file.containers.find((one) => one.name === name);
  // A nested class, named without the classes around it where the place is not known (types of parameters and fields).
  found ??= file.containers.find((one) => one.sort !== "module" && one.name.endsWith(`.${name}`));
  return found === undefined ? undefined : { kind: "container", of: found };
}

/** A module by its full name, or by an alias of its first part (`Accounts.Users` under `alias MyApp.Accounts`). */
function moduleByName(walk: Walk, name: string, file: FileIR, container: ContainerIR | null): Value | undefined {
  if (!/^\p{Lu}/u.test(name) || walk.project.languageOf(file.path)?.linking.by !== "name") return undefined;
  const dot = name.indexOf(".");
  const first = dot < 0 ? name : name.slice(0, dot);
  const alias = importsAt(walk, file, container).findLast((one) => one.local === first && one.local !== "*");
  const full = alias === undefined ? name : alias.source + (dot < 0 ? "" : name.slice(dot));
  const found = walk.project.container(full);
  return found === undefined ? { kind: "unknown", path: full, source: full, truthy: true } : { kind: "container", of: found };
}

export function importedValue(walk: Walk, file: FileIR, one: ImportIR): Value {
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

const looking = new Set<string>();

/** Files that import each other in a circle: what is being looked for already is not found there. */
function once(file: FileIR, name: string, look: () => Value | undefined): Value | undefined {
  const key = `${identity(file)} ${name}`;
  if (looking.has(key)) return undefined;
  looking.add(key);
  try {
    return look();
  } finally {
    looking.delete(key);
  }
}

/** A module inside another, where the language has such: `from app import views` with a file `app/views.py`. */
function submodule(walk: Walk, file: FileIR, source: string, name: string): Value | undefined {
  const linking = walk.project.languageOf(file.path)?.linking;
  if (linking?.by !== "finder" || linking.submodule === undefined || name === "*") return undefined;
  const found = walk.project.open(file, linking.submodule(source, name));
  return found === undefined ? undefined : { kind: "file", file: found };
}

/** What a file exports under a name, through re-exports; undefined where it exports no such name. */
export function exportedValue(walk: Walk, file: FileIR, name: string, depth: number): Value | undefined {
  if (depth === 0) return undefined;
  const { named, stars } = exportsOf(file);
  for (const one of named.get(name) ?? []) {
    if (one.source !== undefined) {
      const target = walk.project.open(file, one.source);
      if (target === undefined) return { kind: "unknown", path: name, source: one.source, truthy: true };
      return one.local === "*" ? { kind: "file", file: target } : exportedValue(walk, target, one.local ?? name, depth - 1);
    }
    if (one.local !== undefined) return declaredName(walk, one.local, file, null, null);
    if (one.value !== undefined) return walk.valueAt(one.value, file, null, null);
  }
  for (const one of stars) {
    const target = one.source === undefined ? undefined : walk.project.open(file, one.source);
    const found = target === undefined ? undefined : exportedValue(walk, target, name, depth - 1);
    if (found !== undefined) return found;
  }
  if (name === "default") return undefined;
  const whole = exportedValue(walk, file, "default", 1);
  return whole !== undefined && whole.kind !== "unknown" ? memberOf(walk, whole, name, name) : undefined;
}

/** `value.property`. `path` is how the code writes it, for the words of what is not known. */
export function memberOf(walk: Walk, value: Value, property: string, path: string): Value {
  const told = successOf(value, property);
  if (told !== undefined) return told;
  switch (value.kind) {
    case "record":
      return value.entries.get(property) ?? (value.open ? { kind: "unknown", path } : { kind: "literal", value: null });
    case "file":
      return exportedValue(walk, value.file, property, 8) ?? submodule(walk, value.file, ".", property) ?? { kind: "unknown", path };
    case "container":
      return staticMember(walk, value.of, property) ?? { kind: "unknown", path };
    case "instance":
      return (
        (value.of === undefined ? undefined : instanceMember(walk, value.of, property, value)) ??
        errorMember(value, property) ??
        byConvention(walk, property) ?? { kind: "unknown", path }
      );
    case "unknown":
      return (
        (value.of === undefined ? undefined : instanceMember(walk, value.of, property, instanceOf(value.of))) ??
        (value.source === undefined ? byConvention(walk, property) : undefined) ?? {
          kind: "unknown",
          path: value.source === undefined || value.path === undefined ? path : `${value.path}.${property}`,
          ...(value.source === undefined ? {} : { source: value.source }),
          ...(value.args === undefined ? {} : { args: value.args }),
        }
      );
    case "list":
      return value.items.length === 0 ? { kind: "literal", value: null } : { kind: "unknown", path };
    default:
      return { kind: "unknown", path };
  }
}

/** `error.message`, `error.status` and the like of an error that the code built itself. */
function errorMember(value: Value & { kind: "instance" }, property: string): Value | undefined {
  if (property === "message" || property === "name")
    return property === "name"
      ? { kind: "literal", value: value.name }
      : value.args.find((arg) => arg.kind === "literal" || arg.kind === "text");
  const given = value.args.find((arg) => arg.kind === "record");
  return given?.kind === "record" ? given.entries.get(property) : undefined;
}

/** Where a class has a method of its own and one of its objects under one name, the one that is meant. */
function oneSort(fns: readonly FunctionIR[], isStatic: boolean): readonly FunctionIR[] {
  const meant = fns.length < 2 ? [] : fns.filter((fn) => (fn.isStatic === true) === isStatic);
  return meant.length > 0 ? meant : fns;
}

function staticMember(walk: Walk, container: ContainerIR, property: string): Value | undefined {
  const fns = oneSort(
    container.functions.filter((fn) => fn.name === property && fn.role !== "constructor"),
    true,
  );
  if (fns.length > 0) return { kind: "closure", fns, env: null, self: { kind: "container", of: container } };
  const field = container.fields.find((one) => one.name === property);
  if (field?.value !== undefined) return walk.valueAt(field.value, container.file, null, container);
  const typed = field?.type === undefined || container.sort !== "class" ? undefined : typeInstance(walk, field.type, container.file);
  if (typed !== undefined) return typed;
  const nested = walk.project.container(`${container.name}.${property}`);
  if (nested !== undefined) return { kind: "container", of: nested };
  const parent = parents(walk, container)[0];
  return parent === undefined || parent === container ? undefined : staticMember(walk, parent, property);
}

function instanceMember(walk: Walk, part: ContainerIR, property: string, self: Value, depth = 6): Value | undefined {
  const container = wholeOf(walk, part);
  const named = container.functions.filter((fn) => fn.name === property && fn.role !== "constructor" && fn.role !== "getter");
  const fns = oneSort(named, false);
  if (fns.length > 0) return { kind: "closure", fns, env: null, self };
  const field = container.fields.find((one) => one.name === property);
  if (field !== undefined) {
    const value =
      field.value === undefined
        ? undefined
        : walk.valueAt(field.value, container.file, container.functions.find((fn) => fn.role === "constructor") ?? null, container);
    if (value !== undefined && value.kind !== "unknown" && value.kind !== "literal") return value;
    return (
      (field.type === undefined ? undefined : typeInstance(walk, field.type, container.file)) ??
      byConvention(walk, property) ?? { kind: "unknown", path: property }
    );
  }
  const injected = injectedType(container, property);
  if (injected !== undefined)
    return typeInstance(walk, injected, container.file) ?? byConvention(walk, property) ?? { kind: "unknown", path: property };
  for (const parent of depth === 0 ? [] : parents(walk, container)) {
    const found = instanceMember(walk, parent, property, self, depth - 1);
    if (found !== undefined) return found;
  }
  return depth === 0 ? undefined : inheritedDefault(walk, container, property, self, depth - 1);
}

/** A method that an interface of the class has a body for. */
function inheritedDefault(walk: Walk, container: ContainerIR, property: string, self: Value, depth: number): Value | undefined {
  for (const type of container.extends) {
    const parent = typeContainer(walk, type, container.file);
    if (parent === undefined || parent.sort !== "interface") continue;
    const fns = parent.functions.filter((fn) => fn.name === property && fn.body.length > 0);
    if (fns.length > 0) return { kind: "closure", fns, env: null, self };
    const further = depth === 0 ? undefined : inheritedDefault(walk, parent, property, self, depth - 1);
    if (further !== undefined) return further;
  }
  return undefined;
}

function injectedType(container: ContainerIR, property: string): TypeRef | undefined {
  const constructor = container.functions.find((fn) => fn.role === "constructor");
  const param = constructor?.params.find((one) => one.field && one.pattern.kind === "bind" && one.pattern.name === property);
  return param?.pattern.kind === "bind" ? (param.pattern.type ?? { name: "unknown" }) : undefined;
}

/** The classes that a class extends, as far as they are part of the project. */
export function parents(walk: Walk, container: ContainerIR): ContainerIR[] {
  return container.extends.flatMap((type) => {
    const found = typeContainer(walk, type, container.file);
    return found === undefined || found === container || found.sort === "interface" ? [] : [found];
  });
}

function superOf(walk: Walk, container: ContainerIR | null): Value {
  const parent = container === null ? undefined : parents(walk, container)[0];
  return parent === undefined ? UNKNOWN : instanceOf(parent);
}

export function instanceOf(container: ContainerIR): Value {
  return { kind: "instance", name: container.name, of: container, args: [] };
}
