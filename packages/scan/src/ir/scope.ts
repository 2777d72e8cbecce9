import type { Expr, FileIR, FunctionIR, TypeRef } from "./nodes.ts";
import { boundNames, forEachLet, walkStmts } from "./walk.ts";

/** What the declarations of one function (or top level) say about its names. */
interface Names {
  readonly values: ReadonlyMap<string, Expr>;
  readonly types: ReadonlyMap<string, TypeRef>;
  readonly declared: ReadonlySet<string>;
}

const ofFunction = new WeakMap<FunctionIR, Names>();
const ofFile = new WeakMap<FileIR, Names>();
const captured = new WeakMap<FunctionIR, ReadonlySet<string>>();

function read(body: FileIR["body"], params: FunctionIR["params"]): Names {
  const values = new Map<string, Expr>();
  const types = new Map<string, TypeRef>();
  const declared = new Set<string>();
  for (const param of params) {
    for (const name of boundNames(param.pattern)) declared.add(name);
    if (param.pattern.kind === "bind" && param.pattern.type !== undefined) types.set(param.pattern.name, param.pattern.type);
  }
  forEachLet(body, (target, value) => {
    for (const name of boundNames(target)) declared.add(name);
    if (target.kind !== "bind") return;
    if (value !== null && !values.has(target.name)) values.set(target.name, value);
    if (target.type !== undefined) types.set(target.name, target.type);
  });
  return { values, types, declared };
}

export function namesOf(file: FileIR, scope: FunctionIR | null): Names {
  if (scope === null) {
    let names = ofFile.get(file);
    if (names === undefined) ofFile.set(file, (names = read(file.body, [])));
    return names;
  }
  let names = ofFunction.get(scope);
  if (names === undefined) ofFunction.set(scope, (names = read(scope.body, scope.params)));
  return names;
}

/** The value that a name was given where it is declared, seen from `scope` outwards; undefined for parameters and unknown names. */
export function declaredValue(
  file: FileIR,
  scope: FunctionIR | null,
  name: string,
): { readonly value: Expr; readonly scope: FunctionIR | null } | undefined {
  for (let at: FunctionIR | null = scope; ; at = at.parent ?? null) {
    const names = namesOf(file, at);
    const value = names.values.get(name);
    if (value !== undefined) return { value, scope: at };
    if (names.declared.has(name) || at === null) return undefined;
  }
}

/** The type written at the declaration of a name, seen from `scope` outwards. */
export function declaredType(file: FileIR, scope: FunctionIR | null, name: string): TypeRef | undefined {
  for (let at: FunctionIR | null = scope; ; at = at.parent ?? null) {
    const names = namesOf(file, at);
    const type = names.types.get(name);
    if (type !== undefined) return type;
    if (names.declared.has(name) || at === null) return undefined;
  }
}

const free = new WeakMap<FunctionIR, readonly string[]>();

/** Names that a function uses and does not declare itself, those of functions inside it included. */
export function freeNames(fn: FunctionIR): readonly string[] {
  const known = free.get(fn);
  if (known !== undefined) return known;
  const own = namesOf(fn.file, fn).declared;
  const names = new Set<string>();
  const visit = (body: FunctionIR["body"]): void =>
    walkStmts(body, (expr) => {
      if (expr.kind === "name" && !own.has(expr.name)) names.add(expr.name);
      if (expr.kind === "function") for (const name of freeNames(expr.fn)) if (!own.has(name)) names.add(name);
    });
  visit(fn.body);
  const result = [...names];
  free.set(fn, result);
  return result;
}

const reads = new WeakMap<FunctionIR, ReadonlyMap<string, number>>();

/** Where each name is read for the last time in a function, closures inside it included: the end of the name, or of the closure that keeps it. */
export function lastReads(fn: FunctionIR): ReadonlyMap<string, number> {
  const known = reads.get(fn);
  if (known !== undefined) return known;
  const last = new Map<string, number>();
  const read = (name: string, at: number): void => void last.set(name, Math.max(last.get(name) ?? 0, at));
  walkStmts(fn.body, (expr) => {
    if (expr.kind === "name") read(expr.name, expr.end);
    if (expr.kind === "function") for (const name of freeNames(expr.fn)) read(name, expr.end);
  });
  reads.set(fn, last);
  return last;
}

/** Names that closures inside `fn` give new values to: nothing certain can be said of them after a call. */
export function capturedAssigns(fn: FunctionIR): ReadonlySet<string> {
  const known = captured.get(fn);
  if (known !== undefined) return known;
  const names = new Set<string>();
  for (const inner of fn.file.functions) {
    if (inner === fn || inner.start < fn.start || inner.end > fn.end) continue;
    const own = namesOf(fn.file, inner).declared;
    walkStmts(inner.body, (expr) => {
      if (expr.kind === "assign" && expr.target.kind !== "member") {
        for (const name of boundNames(expr.target)) if (!own.has(name)) names.add(name);
      }
    });
  }
  captured.set(fn, names);
  return names;
}
