import type {
  ContainerIR,
  Decorator,
  Expr,
  Field,
  FunctionIR,
  ImportIR,
  Mixin,
  Param,
  Pattern,
  Span,
  Stmt,
  TypeRef,
} from "../../ir/nodes.ts";
import { UNLINKED } from "../../ir/link.ts";
import type { SyntaxNode } from "./syntax.ts";

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

export interface FunctionParts {
  readonly name?: string;
  readonly params?: readonly Param[];
  readonly body: readonly Stmt[];
  readonly guard?: Expr;
  readonly role?: FunctionIR["role"];
  readonly isPrivate?: boolean;
  readonly decorators?: readonly Decorator[];
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
  const fn: FunctionIR = {
    kind: "functionIR",
    start: at.start,
    end: at.end,
    name: parts.name ?? "",
    params: parts.params ?? [],
    body: parts.body,
    decorators: parts.decorators ?? [],
    ...(parts.guard && { guard: parts.guard }),
    ...(parts.role && { role: parts.role }),
    ...(parts.isPrivate && { isPrivate: true }),
    file: UNLINKED,
  };
  lo.functions.push(fn);
  return fn;
}

export function closure(lo: Lowering, at: Span, parts: FunctionParts): Expr {
  return { kind: "function", start: at.start, end: at.end, fn: makeFunction(lo, at, parts) };
}

export function param(pattern: Pattern): Param {
  return { pattern, decorators: [] };
}

export function nameAt(at: Span, name: string): Expr {
  return { kind: "name", start: at.start, end: at.end, name };
}

export function symbolAt(at: Span, value: string): Expr {
  return { kind: "literal", start: at.start, end: at.end, value, symbol: true };
}

export function nilAt(at: Span): Expr {
  return { kind: "literal", start: at.start, end: at.end, value: null };
}

export function bindAt(at: Span, name: string): Pattern {
  return { kind: "bind", start: at.start, end: at.end, name };
}

export function opaqueAt(at: Span, parts: readonly Expr[]): Expr {
  return { kind: "opaque", start: at.start, end: at.end, parts };
}

export function callAt(at: Span, callee: Expr, args: readonly Expr[], creates = false): Expr {
  return { kind: "call", start: at.start, end: at.end, callee, args, ...(creates && { creates }) };
}

export function letAt(at: Span, target: Pattern, value: Expr): Stmt {
  return { kind: "let", start: at.start, end: at.end, target, value };
}

/** The value of a block as its tail wants it. */
export function finish(value: Expr, tail: Tail): Stmt {
  const { start, end } = value;
  if (tail === "drop") return { kind: "expr", start, end, value };
  return { kind: tail, start, end, value };
}

/** Statements in the place of an expression: what they yield where that is all they do. */
export function blockExpr(at: Span, body: readonly Stmt[]): Expr {
  const [only] = body;
  if (body.length === 1 && only?.kind === "yield") return only.value;
  return { kind: "block", start: at.start, end: at.end, body };
}
