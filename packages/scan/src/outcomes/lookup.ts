import type { ContainerIR, Expr, FileIR, FunctionIR, ImportIR, TypeRef } from "../ir/nodes.ts";
import { declaredType, declaredValue, namesOf } from "../ir/scope.ts";
import { boundNames, walkStmts } from "../ir/walk.ts";
import { isFailure } from "../languages/language.ts";
import type { Scope, Walk } from "./walk.ts";
import { lookUp, UNKNOWN, type Env, type Value } from "./values.ts";

/** What a name means at a place: bound on the way, declared around it, imported, or a member of the container. */
export function nameValue(walk: Walk, name: string, env: Env | null, scope: Scope): Value {
  const bound = lookUp(env, name);
  if (bound !== undefined) return isBare(bound) ? (typedName(walk, name, scope.file, scope.fn) ?? bound) : bound;
  if (name === "this") return scope.self ?? (scope.container === null ? UNKNOWN : instanceOf(scope.container));
  if (name === "super") return superOf(walk, scope.container);
  return declaredName(walk, name, scope.file, scope.fn, scope.container) ?? { kind: "unknown", path: name };
}

/** A value of which nothing is known but that it was handed over: its declared type or its name may say more. */
function isBare(value: Value): boolean {
  return value.kind === "unknown" && value.source === undefined && value.args === undefined;
}

function declaredName(walk: Walk, name: string, file: FileIR, fn: FunctionIR | null, container: ContainerIR | null): Value | undefined {
  const declared = declaredValue(file, fn, name);
  if (declared !== undefined) return staticValue(walk, name, declared.value, file, declared.scope, container);
  if (isParameter(file, fn, name)) return typedName(walk, name, file, fn) ?? { kind: "unknown", path: name };
  return (
    ofContainer(walk, name, container) ??
    imported(walk, name, file, container) ??
    localContainer(file, name, container) ??
    moduleByName(walk, name, file, container)
  );
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
    const target = walk.project.container(one.source);
    const fns = target?.functions.filter((fn) => fn.name === name && !fn.isPrivate) ?? [];
    if (fns.length > 0) return { kind: "closure", fns, env: null };
  }
  return undefined;
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
  const within = container === null ? undefined : file.containers.find((one) => one.name === `${container.name}.${name}`);
  const found = within ?? file.containers.find((one) => one.name === name);
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
    return found === undefined ? { kind: "unknown", path: one.source, source: one.source, truthy: true } : { kind: "container", of: found };
  }
  const target = walk.project.open(file, one.source);
  if (target === undefined)
    return {
      kind: "unknown",
      path: one.imported === "*" || one.imported === "default" ? one.local : one.imported,
      source: one.source,
      truthy: true,
    };
  return one.imported === "*"
    ? { kind: "file", file: target }
    : (exportedValue(walk, target, one.imported, 8) ?? { kind: "unknown", path: one.imported });
}

/** What a file exports under a name, through re-exports; undefined where it exports no such name. */
export function exportedValue(walk: Walk, file: FileIR, name: string, depth: number): Value | undefined {
  if (depth === 0) return undefined;
  for (const one of file.exports) {
    if (one.exported !== name) continue;
    if (one.source !== undefined) {
      const target = walk.project.open(file, one.source);
      if (target === undefined) return { kind: "unknown", path: name, source: one.source, truthy: true };
      return one.local === "*" ? { kind: "file", file: target } : exportedValue(walk, target, one.local ?? name, depth - 1);
    }
    if (one.local !== undefined) return declaredName(walk, one.local, file, null, null);
    if (one.value !== undefined) return walk.valueAt(one.value, file, null, null);
  }
  for (const one of file.exports) {
    if (one.exported !== "*" || one.source === undefined) continue;
    const target = walk.project.open(file, one.source);
    const found = target === undefined ? undefined : exportedValue(walk, target, name, depth - 1);
    if (found !== undefined) return found;
  }
  if (name === "default") return undefined;
  const whole = exportedValue(walk, file, "default", 1);
  return whole !== undefined && whole.kind !== "unknown" ? memberOf(walk, whole, name, name) : undefined;
}

/** `value.property`. `path` is how the code writes it, for the words of what is not known. */
export function memberOf(walk: Walk, value: Value, property: string, path: string): Value {
  switch (value.kind) {
    case "record":
      return value.entries.get(property) ?? (value.open ? { kind: "unknown", path } : { kind: "literal", value: null });
    case "file":
      return exportedValue(walk, value.file, property, 8) ?? { kind: "unknown", path };
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

function staticMember(walk: Walk, container: ContainerIR, property: string): Value | undefined {
  const fns = container.functions.filter((fn) => fn.name === property && fn.role !== "constructor");
  if (fns.length > 0) return { kind: "closure", fns, env: null, self: { kind: "container", of: container } };
  const field = container.fields.find((one) => one.name === property);
  if (field?.value !== undefined) return walk.valueAt(field.value, container.file, null, container);
  const nested = walk.project.container(`${container.name}.${property}`);
  if (nested !== undefined) return { kind: "container", of: nested };
  const parent = parents(walk, container)[0];
  return parent === undefined || parent === container ? undefined : staticMember(walk, parent, property);
}

function instanceMember(walk: Walk, container: ContainerIR, property: string, self: Value, depth = 6): Value | undefined {
  const fns = container.functions.filter((fn) => fn.name === property && fn.role !== "constructor" && fn.role !== "getter");
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

/** Types that stand for what they hold. */
const TRANSPARENT = new Set([
  "Promise",
  "Partial",
  "Required",
  "Readonly",
  "NonNullable",
  "Awaited",
  "InstanceType",
  "Ref",
  "Option",
  "Box",
  "Arc",
  "Rc",
  "Lazy",
  "Provider",
  "Optional",
  "ModuleRef",
]);

function typeInstance(walk: Walk, type: TypeRef, file: FileIR): Value | undefined {
  const container = typeContainer(walk, type, file);
  if (container === undefined) return undefined;
  if (container.sort !== "interface") return instanceOf(container);
  const bare = container.name.replace(/^I(?=[A-Z])/, "");
  return byConvention(walk, bare);
}

function typeContainer(walk: Walk, type: TypeRef, file: FileIR): ContainerIR | undefined {
  const inner = TRANSPARENT.has(type.name) ? type.args?.[0] : undefined;
  if (inner !== undefined) return typeContainer(walk, inner, file);
  const value = declaredName(walk, type.name, file, null, null);
  if (value?.kind === "container") return value.of;
  return value?.kind === "instance" ? value.of : undefined;
}

const conventions = new WeakMap<object, Map<string, Value | null>>();

/** Last words of names under which applications keep the parts that act for them. */
const PART =
  /(?:service|repository|repo|manager|controller|store|provider|client|helper|handler|logger|auditor|audit|usecase|gateway|factory|model|dao|facade|api|auth|notifier|recorder|tracker)s?$/i;

/**
 * `userService` is an instance of the class `UserService` when one file of the project is named so.
 * Injection containers, service registries and untyped JavaScript leave no other trace.
 */
export function byConvention(walk: Walk, name: string): Value | undefined {
  if (name.length < 6 || !PART.test(name)) return undefined;
  let memo = conventions.get(walk.project);
  if (memo === undefined) conventions.set(walk.project, (memo = new Map()));
  const key = name
    .replace(/^(?:transactional|tx|trx)(?=[A-Z])/, "")
    .replace(/[^A-Za-z0-9]/g, "")
    .toLowerCase();
  const known = memo.get(key);
  if (known !== undefined) return known ?? undefined;
  memo.set(key, null);
  const files = walk.project.named(key);
  const found =
    files.length === 0 || files.length > 3
      ? undefined
      : files.map((path) => conventional(walk, path, key)).find((value) => value !== undefined);
  memo.set(key, found ?? null);
  return found;
}

function conventional(walk: Walk, path: string, key: string): Value | undefined {
  const file = walk.project.file(path);
  if (file === undefined || isFailure(file)) return undefined;
  const matches = (name: string): boolean => name.replace(/[^A-Za-z0-9]/g, "").toLowerCase() === key;
  const container = file.containers.find((one) => one.sort === "class" && (matches(one.name) || matches(one.name.replace(/Impl$/, ""))));
  if (container !== undefined) return instanceOf(container);
  return file.exports.length === 0 ? undefined : { kind: "file", file };
}
