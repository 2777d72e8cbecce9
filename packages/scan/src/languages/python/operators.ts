import type { BinaryExpr, Expr, Span } from "../../ir/nodes.ts";
import { opaqueAt, textAt } from "../tree-sitter/build.ts";
import { fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { valuesOf } from "./calls.ts";
import type { Lowering } from "./lowering.ts";

/** Comparisons as the IR spells them; those with `not` are negated. */
const COMPARISONS: Readonly<Record<string, readonly [op: string, negated: boolean]>> = {
  is: ["==", false],
  "is not": ["!=", false],
  "not in": ["in", true],
  "<>": ["!=", false],
};

export function lowerBoolean(lo: Lowering, node: SyntaxNode): Expr {
  const { start, end } = node;
  const [left, right] = [fieldOf(node, "left"), fieldOf(node, "right")];
  if (left === undefined || right === undefined) return opaqueAt(node, node.children.map(lo.expr));
  return { kind: "logical", start, end, op: node.op === "or" ? "or" : "and", left: lo.expr(left), right: lo.expr(right) };
}

/** `a < b < c` is `a < b and b < c`. */
export function lowerComparison(lo: Lowering, node: SyntaxNode): Expr {
  const values = node.children.map(lo.expr);
  const ops = operatorsOf(node.tokens);
  let whole: Expr | undefined;
  for (const [i, op] of ops.entries()) {
    const [left, right] = [values[i], values[i + 1]];
    if (left === undefined || right === undefined) break;
    const span = { start: left.start, end: right.end };
    const one = compared(span, op, left, right);
    whole = whole === undefined ? one : { kind: "logical", start: node.start, end: right.end, op: "and", left: whole, right: one };
  }
  return whole ?? opaqueAt(node, values);
}

function compared(at: Span, op: string, left: Expr, right: Expr): Expr {
  const [name, negated] = Object.hasOwn(COMPARISONS, op) ? COMPARISONS[op]! : [op, false];
  const test: BinaryExpr = { kind: "binary", ...at, op: name, left, right };
  return negated ? { kind: "not", ...at, value: test } : test;
}

/** `is not` and `not in` may come as two tokens. */
function operatorsOf(tokens: readonly string[]): readonly string[] {
  const ops: string[] = [];
  for (const token of tokens) {
    if ((token === "not" && ops.at(-1) === "is") || (token === "in" && ops.at(-1) === "not")) ops.push(`${ops.pop()!} ${token}`);
    else ops.push(token);
  }
  return ops;
}

/** Text that is joined (`+`) or filled (`%`) is a template. */
export function lowerBinary(lo: Lowering, node: SyntaxNode): Expr {
  const { start, end } = node;
  const [first, second] = [fieldOf(node, "left"), fieldOf(node, "right")];
  if (first === undefined || second === undefined) return opaqueAt(node, node.children.map(lo.expr));
  const [left, right] = [lo.expr(first), lo.expr(second)];
  if (node.op === "%" && isText(left)) return textAt(node, [...piecesOf(left), ...valuesOf(right)]);
  if (node.op === "+" && (isText(left) || isText(right))) return textAt(node, [...piecesOf(left), ...piecesOf(right)]);
  return { kind: "binary", start, end, op: node.op, left, right };
}

export function lowerUnary(lo: Lowering, node: SyntaxNode): Expr {
  const operand = fieldOf(node, "argument") ?? node.children[0];
  if (operand === undefined) return opaqueAt(node, []);
  const value = lo.expr(operand);
  if (node.op === "-" && value.kind === "literal" && typeof value.value === "number")
    return { ...value, start: node.start, end: node.end, value: -value.value };
  return opaqueAt(node, [value]);
}

function isText(expr: Expr): boolean {
  return expr.kind === "template" || (expr.kind === "literal" && typeof expr.value === "string");
}

function piecesOf(expr: Expr): readonly (string | Expr)[] {
  if (expr.kind === "template") return expr.parts;
  return expr.kind === "literal" && typeof expr.value === "string" ? [expr.value] : [expr];
}
