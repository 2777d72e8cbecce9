import type { Expr } from "../../ir/nodes.ts";
import { opaqueAt } from "../tree-sitter/build.ts";
import { fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import type { Lowering } from "./lowering.ts";

const SPELLED: Readonly<Record<string, string>> = { "===": "==", eql: "==" };

export function lowerBinary(lo: Lowering, node: SyntaxNode): Expr {
  const { start, end, op } = node;
  const [left, right] = [fieldOf(node, "left"), fieldOf(node, "right")];
  if (left === undefined || right === undefined) return opaqueAt(node, node.children.map(lo.expr));
  if (op === "&&" || op === "and") return { kind: "logical", start, end, op: "and", left: lo.expr(left), right: lo.expr(right) };
  if (op === "||" || op === "or") return { kind: "logical", start, end, op: "or", left: lo.expr(left), right: lo.expr(right) };
  return { kind: "binary", start, end, op: SPELLED[op] ?? op, left: lo.expr(left), right: lo.expr(right) };
}

export function lowerUnary(lo: Lowering, node: SyntaxNode): Expr {
  const { start, end } = node;
  const operand = fieldOf(node, "operand");
  if (operand === undefined) return opaqueAt(node, node.children.map(lo.expr));
  const value = lo.expr(operand);
  if (node.op === "!" || node.op === "not") return { kind: "not", start, end, value };
  if (node.op === "-" && value.kind === "literal" && typeof value.value === "number") return { ...value, start, end, value: -value.value };
  return opaqueAt(node, [value]);
}
