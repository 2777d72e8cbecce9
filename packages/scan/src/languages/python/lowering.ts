import type { ContainerIR, Decorator, Expr, Field, FunctionIR, ImportIR, Param, Pattern, Span, Stmt } from "../../ir/nodes.ts";
import { functionAt, type FunctionParts } from "../tree-sitter/build.ts";
import type { SyntaxNode } from "../tree-sitter/syntax.ts";

/** What one function (or the top level, or a class body) knows of its names while it is lowered. */
export interface NameScope {
  /** Names that are bound already: the next binding is an assignment. */
  readonly bound: Set<string>;
  /** The first parameter of the method around. */
  readonly self: string | undefined;
  /** What a bare `raise` raises again. */
  caught: string | undefined;
  isGenerator: boolean;
}

/** The state of lowering one file, and the ways back into it: the parts of the lowering know this interface and not each other. */
export interface Lowering {
  readonly text: string;
  readonly functions: FunctionIR[];
  readonly containers: ContainerIR[];
  readonly imports: ImportIR[];
  scope: NameScope;
  /** Names of the classes around, joined by dots; "" outside. */
  className: string;
  readonly expr: (node: SyntaxNode) => Expr;
  readonly pattern: (node: SyntaxNode) => Pattern;
  /** Statements of a block, or of the node itself where it is one. */
  readonly block: (node: SyntaxNode | undefined) => Stmt[];
  readonly args: (node: SyntaxNode | undefined) => readonly Expr[];
  readonly params: (node: SyntaxNode | undefined) => readonly Param[];
  readonly method: (node: SyntaxNode, decorators: readonly Decorator[], at: Span, fields: Field[]) => FunctionIR;
}

export function emptyScope(self?: string, bound: readonly string[] = []): NameScope {
  return { bound: new Set(bound), self, caught: undefined, isGenerator: false };
}

/** Lowers something in a scope of its own, and comes back. */
export function within<T>(lo: Lowering, scope: NameScope, work: () => T): T {
  const outer = lo.scope;
  lo.scope = scope;
  try {
    return work();
  } finally {
    lo.scope = outer;
  }
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
