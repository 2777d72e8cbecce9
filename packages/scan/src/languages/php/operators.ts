import type { Expr, LogicalExpr } from "../../ir/nodes.ts";
import { callAt, opaqueAt, textAt } from "../tree-sitter/build.ts";
import { fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import type { Lowering } from "./lowering.ts";
import { piecesOf } from "./strings.ts";

const LOGICAL: Readonly<Record<string, LogicalExpr["op"]>> = { "&&": "and", and: "and", "||": "or", or: "or", "??": "default" };
/** PHP's spellings of comparisons that the IR writes otherwise. */
const SPELLED: Readonly<Record<string, string>> = { "===": "==", "!==": "!=", "<>": "!=", instanceof: "is" };

export function lowerBinary(lo: Lowering, node: SyntaxNode): Expr {
  const { start, end } = node;
  const [first, second] = [fieldOf(node, "left"), fieldOf(node, "right")];
  if (first === undefined || second === undefined) return opaqueAt(node, node.children.map(lo.expr));
  const [left, right] = [lo.expr(first), lo.expr(second)];
  const op = node.op.toLowerCase();
  // The dot is punctuation to the tree: text that is joined.
  if (op === "") return textAt(node, [...piecesOf(left), ...piecesOf(right)]);
  const logical = Object.hasOwn(LOGICAL, op) ? LOGICAL[op] : undefined;
  if (logical !== undefined) return { kind: "logical", start, end, op: logical, left, right };
  if (op === "+" && (left.kind === "record" || right.kind === "record")) return union(node, left, right);
  if (op === "|>") return callAt(node, right, [left]);
  return { kind: "binary", start, end, op: SPELLED[op] ?? op, left, right };
}

/** `[…] + $more`: the keys of both. */
function union({ start, end }: SyntaxNode, left: Expr, right: Expr): Expr {
  const entries = [left, right].map((value) => ({ start: value.start, end: value.end, key: null, value, spread: true }));
  return { kind: "record", start, end, entries };
}

export function lowerUnary(lo: Lowering, node: SyntaxNode): Expr {
  const { start, end } = node;
  const operand = fieldOf(node, "argument") ?? node.children[0];
  if (operand === undefined) return opaqueAt(node, []);
  const value = lo.expr(operand);
  if (node.op === "!") return { kind: "not", start, end, value };
  if (node.op === "-" && value.kind === "literal" && typeof value.value === "number") return { ...value, start, end, value: -value.value };
  return opaqueAt(node, [value]);
}

/** `a ? b : c`, `a ?: c`. */
export function lowerConditional(lo: Lowering, node: SyntaxNode): Expr {
  const { start, end } = node;
  const [condition, then, otherwise] = [fieldOf(node, "condition"), fieldOf(node, "body"), fieldOf(node, "alternative")];
  if (condition === undefined || otherwise === undefined) return opaqueAt(node, node.children.map(lo.expr));
  const test = lo.expr(condition);
  if (then === undefined) return { kind: "logical", start, end, op: "or", left: test, right: lo.expr(otherwise) };
  return { kind: "choice", start, end, test, then: lo.expr(then), otherwise: lo.expr(otherwise) };
}
