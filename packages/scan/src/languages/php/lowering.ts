import type { ContainerIR, Expr, FunctionIR, ImportIR, Pattern, Span, Stmt } from "../../ir/nodes.ts";
import { functionAt, type FunctionParts } from "../tree-sitter/build.ts";
import type { SyntaxNode } from "../tree-sitter/syntax.ts";

/** What one function (or the top level) knows of its names while it is lowered. */
export interface NameScope {
  /** Names that are bound already: the next binding is an assignment. */
  readonly bound: Set<string>;
  /** Names that a closure hands back by reference and that nobody has declared: to be declared before the statement. */
  readonly handed: Span[];
  isGenerator: boolean;
}

/** The state of lowering one file, and the ways back into it: the parts of the lowering know this interface and not each other. */
export interface Lowering {
  readonly text: string;
  /** Every function and container made so far. */
  readonly functions: FunctionIR[];
  readonly containers: ContainerIR[];
  readonly imports: ImportIR[];
  /** With dots; "" outside of every namespace. */
  namespace: string;
  /** The short name of the class around; "" outside and in one without a name. */
  className: string;
  scope: NameScope;
  readonly expr: (node: SyntaxNode) => Expr;
  readonly pattern: (node: SyntaxNode) => Pattern;
  /** Statements of a block, or of the node itself where it is one. */
  readonly block: (node: SyntaxNode | undefined) => Stmt[];
  readonly args: (node: SyntaxNode | undefined) => readonly Expr[];
  /** A class that has no name: `new class { … }`. */
  readonly anonymous: (node: SyntaxNode) => ContainerIR;
}

export function emptyScope(bound: Iterable<string> = []): NameScope {
  return { bound: new Set(bound), handed: [], isGenerator: false };
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

/** The name of a variable, without its sign. */
export function variableOf(lo: Lowering, at: Span): string {
  return textOf(lo, at).replace(/^[$&.\s]+/, "");
}

/** Makes a function known to the file. */
export function makeFunction(lo: Lowering, at: Span, parts: FunctionParts): FunctionIR {
  const fn = functionAt(at, parts);
  lo.functions.push(fn);
  return fn;
}
