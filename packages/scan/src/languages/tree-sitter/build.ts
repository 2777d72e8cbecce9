import { UNLINKED } from "../../ir/link.ts";
import type {
  CallExpr,
  ContainerIR,
  Decorator,
  Expr,
  FunctionIR,
  LiteralExpr,
  MemberExpr,
  NameExpr,
  Param,
  Pattern,
  Span,
  Stmt,
  TypeRef,
} from "../../ir/nodes.ts";

/** Nodes of the IR at a span, as every lowering makes them. */

export interface FunctionParts {
  readonly name?: string;
  readonly params?: readonly Param[];
  readonly body: readonly Stmt[];
  readonly decorators?: readonly Decorator[];
  readonly guard?: Expr;
  readonly role?: FunctionIR["role"];
  readonly isPrivate?: boolean;
  readonly isStatic?: boolean;
  readonly returns?: TypeRef;
}

/** A function; whoever lowers the file keeps it in `FileIR.functions`. */
export function functionAt(at: Span, parts: FunctionParts): FunctionIR {
  return {
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
    ...(parts.isStatic && { isStatic: true }),
    ...(parts.returns && { returns: parts.returns }),
    file: UNLINKED,
  };
}

export type ContainerParts = Pick<ContainerIR, "sort" | "name"> &
  Partial<Pick<ContainerIR, "isAbstract" | "extends" | "decorators" | "fields" | "functions" | "body" | "imports" | "mixins">>;

/** A container; whoever lowers the file keeps it in `FileIR.containers`. */
export function containerAt(at: Span, parts: ContainerParts): ContainerIR {
  return {
    kind: "containerIR",
    start: at.start,
    end: at.end,
    extends: [],
    decorators: [],
    fields: [],
    functions: [],
    body: [],
    imports: [],
    mixins: [],
    file: UNLINKED,
    ...parts,
  };
}

export function param(pattern: Pattern): Param {
  return { pattern, decorators: [] };
}

export function nameAt(at: Span, name: string): NameExpr {
  return { kind: "name", start: at.start, end: at.end, name };
}

export function memberAt(at: Span, object: Expr, property: string): MemberExpr {
  return { kind: "member", start: at.start, end: at.end, object, property };
}

export function literalAt(at: Span, value: LiteralExpr["value"]): LiteralExpr {
  return { kind: "literal", start: at.start, end: at.end, value };
}

export function symbolAt(at: Span, value: string): LiteralExpr {
  return { kind: "literal", start: at.start, end: at.end, value, symbol: true };
}

export function nilAt(at: Span): LiteralExpr {
  return literalAt(at, null);
}

export function bindAt(at: Span, name: string, type?: TypeRef): Pattern {
  return { kind: "bind", start: at.start, end: at.end, name, ...(type && { type }) };
}

export function opaqueAt(at: Span, parts: readonly Expr[]): Expr {
  return { kind: "opaque", start: at.start, end: at.end, parts };
}

export function callAt(at: Span, callee: Expr, args: readonly Expr[], creates = false): CallExpr {
  return { kind: "call", start: at.start, end: at.end, callee, args, ...(creates && { creates }) };
}

export function letAt(at: Span, target: Pattern, value: Expr | null): Stmt {
  return { kind: "let", start: at.start, end: at.end, target, value };
}

export function exprAt(at: Span, value: Expr): Stmt {
  return { kind: "expr", start: at.start, end: at.end, value };
}

/** Statements in the place of an expression: what they yield where that is all they do. */
export function blockExpr(at: Span, body: readonly Stmt[]): Expr {
  const [only] = body;
  if (body.length === 1 && only?.kind === "yield") return only.value;
  return { kind: "block", start: at.start, end: at.end, body };
}

/** Text and holes as one expression: a literal where there are no holes. */
export function textAt(at: Span, parts: readonly (string | Expr)[]): Expr {
  const merged: (string | Expr)[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (typeof part === "string" && typeof last === "string") merged[merged.length - 1] = last + part;
    else merged.push(part);
  }
  const whole = merged.filter((part) => part !== "");
  if (whole.every((part) => typeof part === "string")) return literalAt(at, whole.join(""));
  return { kind: "template", start: at.start, end: at.end, parts: whole };
}
