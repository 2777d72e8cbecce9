import type { Expr, FileIR, FunctionIR } from "../../ir/nodes.ts";
import { declaredValue } from "../../ir/scope.ts";
import type { FileView, ProjectFacts } from "../framework.ts";
import { bare, dotted, entryOf, methodOf, namesOf, receiverOf } from "../reading.ts";

const MAX_STEPS = 5;

/** Names of functions that take a handler and give one back: `asyncHandler(login)`, `catchAsync`, `withAuth`. */
const WRAPPER = /async|await|catch|wrap|handle|safe|try|with|promis|guard|protect|route/i;

/** Closures are named after the key that they stand under; these keys say nothing. */
const KEY = /^(?:handlers?|controller|action|method|validate(?:Func)?|authenticate|fn|callback)$/;

/** Constants are no handlers: `PERMISSIONS.ADMIN`, `NONE`. */
const CONSTANT = /^[A-Z][A-Z0-9_]+$/;

/** May the value of this expression be a handler, as far as the file tells? */
export function mayBeFunction(expr: Expr, view: FileView, scope: FunctionIR | null): boolean {
  const at = bare(expr);
  if (at.kind === "function") return true;
  if (at.kind === "member") return at.property === null || !CONSTANT.test(at.property);
  if (at.kind === "call") return at.creates !== true;
  if (at.kind !== "name" || CONSTANT.test(at.name) || at.name === "undefined") return false;
  const value = view.valueOf(at.name, scope);
  return value === undefined || ["function", "call", "member", "name", "choice", "logical"].includes(value.kind);
}

/** Is it certainly one: a closure with parameters, or a name or method that leads to a function of the project? */
export function isCertainlyFunction(expr: Expr, view: FileView, scope: FunctionIR | null): boolean {
  if (expr.kind === "function") return expr.fn.params.length > 0;
  return functionBehind(expr, view, scope) !== undefined;
}

/** A value and where its names are to be looked up. */
export interface Placed {
  readonly expr: Expr;
  readonly file: FileIR;
  readonly scope: FunctionIR | null;
}

/**
 * The function of the project that an expression leads to: a closure, a name of this file or of an imported one, `this.method`,
 * `module.name`, `fn.bind(this)`. For `make(options)` it is the closure that `make` returns, for `wrap(fn)` of a package `fn`.
 * Undefined for what packages make.
 */
export function functionBehind(expr: Expr, view: FileView, scope: FunctionIR | null): FunctionIR | undefined {
  return follow(view.project, { expr, file: view.file, scope }, MAX_STEPS);
}

function follow(project: ProjectFacts, from: Placed, steps: number): FunctionIR | undefined {
  if (steps === 0) return undefined;
  const { expr, file, scope } = valueBehind(project, from);
  if (expr.kind === "function") return expr.fn;
  if (expr.kind === "member") return ownMethod(expr, scope);
  if (expr.kind !== "call" || expr.creates === true) return undefined;
  const receiver = receiverOf(expr);
  if (receiver !== undefined && methodOf(expr) === "bind") return follow(project, { expr: receiver, file, scope }, steps - 1);
  const made = follow(project, { expr: expr.callee, file, scope }, steps - 1);
  if (made !== undefined) return returned(made);
  const [only, ...more] = expr.args;
  return only?.kind === "function" && more.length === 0 ? only.fn : undefined;
}

function ownMethod(expr: Expr, scope: FunctionIR | null): FunctionIR | undefined {
  const [root, name, ...deeper] = namesOf(expr);
  return root === "this" && deeper.length === 0 ? scope?.container?.functions.find((fn) => fn.name === name) : undefined;
}

/** What a name or `module.name` stands for, through declarations, imports and re-exports; the expression itself where that ends. */
export function valueBehind(project: ProjectFacts, from: Placed, steps = MAX_STEPS): Placed {
  const at = { ...from, expr: bare(from.expr) };
  if (steps === 0) return at;
  const next =
    at.expr.kind === "name" ? declaration(project, at.expr.name, at) : at.expr.kind === "member" ? member(project, at) : undefined;
  return next === undefined ? at : valueBehind(project, next, steps - 1);
}

function declaration(project: ProjectFacts, name: string, { file, scope }: Placed): Placed | undefined {
  const declared = declaredValue(file, scope, name);
  if (declared !== undefined) return { expr: declared.value, file, scope: declared.scope };
  const found = file.imports.find((one) => one.local === name);
  if (found === undefined) return amongAll(project, name, file);
  const target = project.open(file, found.source);
  return target === undefined ? undefined : exported(project, found.imported, target, MAX_STEPS);
}

/** A name that came in with all names of a source: of the other files of a package. */
function amongAll(project: ProjectFacts, name: string, file: FileIR): Placed | undefined {
  for (const one of file.imports) {
    const target = one.local === "*" ? project.open(file, one.source) : undefined;
    const found = target === undefined || target === file ? undefined : exported(project, name, target, 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function member(project: ProjectFacts, { expr, file, scope }: Placed): Placed | undefined {
  const [root, name, ...deeper] = namesOf(expr);
  if (root === undefined || name === undefined || root === "this" || deeper.length > 0) return undefined;
  const declared = declaredValue(file, scope, root);
  const own = entryOf(declared?.value, name);
  if (declared !== undefined) return own === undefined ? undefined : { expr: own, file, scope: declared.scope };
  const found = file.imports.find((one) => one.local === root);
  const target = found === undefined ? undefined : project.open(file, found.source);
  if (target === undefined || found === undefined) return undefined;
  return exported(project, name, target, MAX_STEPS) ?? inRecord(exported(project, found.imported, target, MAX_STEPS), name);
}

function inRecord(from: Placed | undefined, name: string): Placed | undefined {
  const entry = entryOf(from?.expr, name);
  return from === undefined || entry === undefined ? undefined : { ...from, expr: entry };
}

function exported(project: ProjectFacts, name: string, file: FileIR, steps: number): Placed | undefined {
  // `require` and `import * as` bind the whole module; called, it is what the module exports by default.
  const wanted = name === "*" ? "default" : name;
  const found = file.exports.find((one) => one.exported === wanted);
  if (steps === 0) return undefined;
  if (found === undefined) return throughStars(project, wanted, file, steps);
  if (found.source !== undefined) {
    const target = project.open(file, found.source);
    return target === undefined ? undefined : exported(project, found.local ?? wanted, target, steps - 1);
  }
  if (found.value !== undefined) return { expr: found.value, file, scope: null };
  if (found.local === undefined) return undefined;
  const declared = declaredValue(file, null, found.local);
  return declared === undefined
    ? declaration(project, found.local, { expr: NOTHING, file, scope: null })
    : { expr: declared.value, file, scope: null };
}

/** `export * from "./login"`. */
function throughStars(project: ProjectFacts, name: string, file: FileIR, steps: number): Placed | undefined {
  for (const star of file.exports) {
    if (star.exported !== "*" || star.source === undefined) continue;
    const target = project.open(file, star.source);
    const found = target === undefined ? undefined : exported(project, name, target, steps - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

const NOTHING: Expr = { kind: "literal", value: null, start: 0, end: 0 };

/** The closure that a function gives back, where it gives back one. */
function returned(fn: FunctionIR): FunctionIR | undefined {
  for (const stmt of fn.body) {
    if (stmt.kind !== "return" || stmt.value === null) continue;
    const value = bare(stmt.value);
    if (value.kind === "function") return value.fn;
    if (value.kind !== "name") return undefined;
    const declared = declaredValue(fn.file, fn, value.name)?.value;
    return declared?.kind === "function" ? declared.fn : undefined;
  }
  return undefined;
}

/** The name of a handler for people: `login`, `AuthController.login`; "" for closures and wrapped closures. */
export function handlerName(expr: Expr, scope: FunctionIR | null): string {
  const at = bare(expr);
  if (at.kind === "function") return KEY.test(at.fn.name) ? "" : at.fn.name;
  if (at.kind === "name") return at.name;
  if (at.kind === "member") return dotted(at).replace(/^this\b/, scope?.container?.name || "this");
  if (at.kind !== "call") return "";
  const receiver = receiverOf(at);
  if (receiver !== undefined && methodOf(at) === "bind") return handlerName(receiver, scope);
  if (!WRAPPER.test(methodOf(at)) || /error|notfound/i.test(methodOf(at))) return dotted(at.callee);
  if (at.args.some((arg) => arg.kind === "function")) return "";
  const wrapped = at.args.find((arg) => arg.kind === "name" || arg.kind === "member" || arg.kind === "call");
  return wrapped === undefined ? dotted(at.callee) : handlerName(wrapped, scope);
}
