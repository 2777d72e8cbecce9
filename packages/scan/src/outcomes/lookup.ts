import type { ContainerIR, Expr, FileIR, FunctionIR } from "../ir/nodes.ts";
import { declaredType, declaredValue, namesOf } from "../ir/scope.ts";
import { boundNames, walkStmts } from "../ir/walk.ts";
import { byConvention } from "./conventions.ts";
import { hasNamespaces, imported, importsAt } from "./imports.ts";
import { instanceMember } from "./members.ts";
import { parents } from "./type-containers.ts";
import { typedValue, typeInstance } from "./typed.ts";
import type { Scope, Walk } from "./walk.ts";
import { instanceOf, lookUp, UNKNOWN, type Env, type Value } from "./values.ts";

/** What a name means at a place: bound on the way, declared around it, imported, or a member of the container. */
export function nameValue(walk: Walk, name: string, env: Env | null, scope: Scope): Value {
  const bound = lookUp(env, name);
  if (bound !== undefined) return boundValue(walk, name, bound, scope);
  if (name === "this") return scope.self ?? (scope.container === null ? UNKNOWN : instanceOf(scope.container));
  if (name === "super") return superOf(walk, scope.container);
  return declaredName(walk, name, scope.file, scope.fn, scope.container) ?? { kind: "unknown", path: name };
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
  return instanceMember(walk, container, name, instanceOf(container));
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

function superOf(walk: Walk, container: ContainerIR | null): Value {
  const parent = container === null ? undefined : parents(walk, container)[0];
  return parent === undefined ? UNKNOWN : instanceOf(parent);
}
