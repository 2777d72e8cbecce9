import type { CallExpr, ContainerIR, Expr, Field, FunctionIR, ImportIR, Param, Pattern, Span, Stmt, TypeRef } from "../../ir/nodes.ts";
import { callAt, functionAt, memberAt, nameAt, type FunctionParts } from "../tree-sitter/build.ts";
import type { SyntaxNode } from "../tree-sitter/syntax.ts";

/** What happens to the value of the last expression of a body. */
export type Tail = "return" | "yield" | "drop";

/** The local variables that a piece of code sees. Blocks see those around them. */
export interface NameScope {
  readonly bound: Set<string>;
  readonly outer: NameScope | undefined;
  /** The method around, for `super`. */
  readonly method: { readonly name: string; readonly params: readonly string[]; readonly block: string | undefined } | undefined;
  /** What a bare `raise` raises again. */
  caught: string | undefined;
  /** A `yield` was seen. */
  yields: boolean;
  /** Loops around, in the same function. */
  loops: number;
}

/** What a class or module collects while its body is lowered. */
export interface ClassScope {
  /** Full name, dotted; "" for a class without a name. */
  readonly name: string;
  readonly functions: FunctionIR[];
  readonly fields: Field[];
  readonly extends: TypeRef[];
  /** What follows a bare `private`. */
  isPrivate: boolean;
  /** Inside `class << self` or `class_methods`. */
  isStatic: boolean;
}

/** The state of lowering one file, and the ways back into it: the parts of the lowering know this interface and not each other. */
export interface Lowering {
  readonly text: string;
  readonly functions: FunctionIR[];
  readonly containers: ContainerIR[];
  readonly imports: ImportIR[];
  /** Bodies of heredocs that wait for nobody yet, by the place where they begin. */
  readonly heredocs: Map<number, SyntaxNode>;
  scope: NameScope;
  class: ClassScope | undefined;
  /** In a method, or in a block that an instance runs: `this` is an instance. */
  inMethod: boolean;
  readonly expr: (node: SyntaxNode) => Expr;
  readonly pattern: (node: SyntaxNode) => Pattern;
  readonly params: (node: SyntaxNode | undefined) => readonly Param[];
  readonly body: (nodes: readonly SyntaxNode[], tail: Tail, at: Span) => Stmt[];
  readonly statement: (node: SyntaxNode, tail: Tail) => Stmt[];
  /** A block as a value. */
  readonly block: (node: SyntaxNode) => Expr;
  /** A call whose block stands where it runs, as an expression; undefined for others. */
  readonly blockCall: (node: SyntaxNode) => Expr | undefined;
}

/** The block of a method that yields and does not name it. */
export const BLOCK = "&";

export function emptyScope(outer?: NameScope, method?: NameScope["method"]): NameScope {
  return { bound: new Set(), outer, method: method ?? outer?.method, caught: outer?.caught, yields: false, loops: 0 };
}

export function within<T>(lo: Lowering, scope: NameScope, work: () => T): T {
  const outer = lo.scope;
  lo.scope = scope;
  try {
    return work();
  } finally {
    lo.scope = outer;
  }
}

export function isLocal(lo: Lowering, name: string): boolean {
  for (let scope: NameScope | undefined = lo.scope; scope !== undefined; scope = scope.outer) if (scope.bound.has(name)) return true;
  return false;
}

export function textOf(lo: Lowering, at: Span): string {
  return lo.text.slice(at.start, at.end);
}

/** Makes a function known to the file. */
export function makeFunction(lo: Lowering, at: Span, parts: FunctionParts): FunctionIR {
  const fn = functionAt(at, parts);
  lo.functions.push(fn);
  return fn;
}

export function closure(lo: Lowering, at: Span, params: readonly Param[], body: readonly Stmt[]): Expr {
  return { kind: "function", start: at.start, end: at.end, fn: makeFunction(lo, at, { params, body }) };
}

/** The value of a body as its tail wants it. */
export function finish(value: Expr, tail: Tail): Stmt {
  const { start, end } = value;
  return tail === "drop" ? { kind: "expr", start, end, value } : { kind: tail, start, end, value };
}

/** A function that is called without a receiver. */
export function ownCallee(lo: Lowering, at: Span, name: string): Expr {
  return lo.class !== undefined && lo.inMethod ? memberAt(at, nameAt({ start: at.start, end: at.start }, "this"), name) : nameAt(at, name);
}

export function ownCall(lo: Lowering, at: Span, name: string, args: readonly Expr[]): CallExpr {
  return callAt(at, ownCallee(lo, { start: at.start, end: Math.min(at.end, at.start + name.length) }, name), args);
}
