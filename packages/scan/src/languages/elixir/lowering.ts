import type { ContainerIR, Decorator, Expr, Field, FunctionIR, ImportIR, Mixin, Pattern, Span, Stmt, TypeRef } from "../../ir/nodes.ts";
import { functionAt, type FunctionParts } from "../tree-sitter/build.ts";
import type { SyntaxNode } from "./syntax.ts";

export { bindAt, blockExpr, callAt, letAt, nameAt, nilAt, opaqueAt, param, symbolAt, type FunctionParts } from "../tree-sitter/build.ts";

/** What happens to the value of the last expression of a block: it is the answer of the function, of a block expression, or of no use. */
export type Tail = "return" | "yield" | "drop";

/** What a module (or the top level of a file) collects while its body is lowered. */
export interface ModuleScope {
  /** Full name; "" at the top level. */
  readonly name: string;
  readonly imports: ImportIR[];
  readonly mixins: Mixin[];
  readonly fields: Field[];
  readonly functions: FunctionIR[];
  /** Functions that stand inside `quote`: whoever uses the module gets them. */
  readonly quoted: FunctionIR[];
  readonly extends: TypeRef[];
  /** Short name → full name, the aliases of outer modules included. */
  readonly aliases: Map<string, string>;
  /** Default values that a head without body declares, by `name/arity`, one entry a parameter. */
  readonly heads: Map<string, readonly (Expr | undefined)[]>;
  /** `@decorate` attributes that wait for their function. */
  decorators: Decorator[];
}

/**
 * The state of lowering one file, and the ways back into it: the parts of the lowering know this interface and not each other.
 */
export interface Lowering {
  readonly text: string;
  /** Every function and container made so far. */
  readonly functions: FunctionIR[];
  readonly containers: ContainerIR[];
  module: ModuleScope;
  /** Inside `quote`, definitions and directives are values and not declarations of this module. */
  quoted: boolean;
  /** How many `else` of `with` stand around. */
  elseDepth: number;
  readonly expr: (node: SyntaxNode) => Expr;
  readonly pattern: (node: SyntaxNode) => Pattern;
  /** A sequence of expressions; `at` is where a value stands that an empty sequence gives. */
  readonly block: (nodes: readonly SyntaxNode[], tail: Tail, at: Span) => Stmt[];
}

export function emptyScope(name: string, outer?: ModuleScope): ModuleScope {
  return {
    name,
    imports: outer ? [...outer.imports] : [],
    mixins: [],
    fields: [],
    functions: [],
    quoted: [],
    extends: [],
    aliases: new Map(outer?.aliases),
    heads: new Map(),
    decorators: [],
  };
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

export function closure(lo: Lowering, at: Span, parts: FunctionParts): Expr {
  return { kind: "function", start: at.start, end: at.end, fn: makeFunction(lo, at, parts) };
}

/** The value of a block as its tail wants it. */
export function finish(value: Expr, tail: Tail): Stmt {
  const { start, end } = value;
  if (tail === "drop") return { kind: "expr", start, end, value };
  return { kind: tail, start, end, value };
}
