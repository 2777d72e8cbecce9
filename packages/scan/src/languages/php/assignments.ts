import type { Expr, MemberExpr, Pattern, Stmt } from "../../ir/nodes.ts";
import { exprAt, letAt, literalAt, opaqueAt } from "../tree-sitter/build.ts";
import { fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { lowerTarget } from "./arrays.ts";
import { variableOf, type Lowering } from "./lowering.ts";

const MEMBERS = /^(?:nullsafe_)?member_access_expression$|^scoped_property_access_expression$|^subscript_expression$/;

/** The left side: a pattern, or a member that gets a new value. */
function assigned(lo: Lowering, node: SyntaxNode): Pattern | MemberExpr {
  if (!MEMBERS.test(node.type)) return lowerTarget(lo, node);
  const target = lo.expr(node);
  return target.kind === "member" ? target : { kind: "anyPattern", start: node.start, end: node.end };
}

/** An assignment as a value. */
export function lowerAssignment(lo: Lowering, node: SyntaxNode): Expr {
  const { start, end } = node;
  const [left, right] = sidesOf(node);
  if (left === undefined || right === undefined) return opaqueAt(node, node.children.map(lo.expr));
  const value = lo.expr(right);
  return { kind: "assign", start, end, target: assigned(lo, left), value };
}

/** An assignment as a statement: the first one of a name declares it. */
export function lowerAssignmentStatement(lo: Lowering, at: SyntaxNode, node: SyntaxNode): Stmt {
  const { start, end } = node;
  const [left, right] = sidesOf(node);
  if (left === undefined || right === undefined) return exprAt(at, opaqueAt(node, node.children.map(lo.expr)));
  const value = lo.expr(right);
  const isKnown = left.type === "variable_name" && lo.scope.bound.has(variableOf(lo, left));
  const target = assigned(lo, left);
  if (target.kind === "member" || isKnown) return exprAt(at, { kind: "assign", start, end, target, value });
  return letAt(at, target, value);
}

function sidesOf(node: SyntaxNode): readonly [SyntaxNode | undefined, SyntaxNode | undefined] {
  return [fieldOf(node, "left"), fieldOf(node, "right")];
}

/** `a .= b`, `a ??= b`. */
export function lowerUpdated(lo: Lowering, node: SyntaxNode): Expr {
  const { start, end } = node;
  const [left, right] = sidesOf(node);
  if (left === undefined || right === undefined) return opaqueAt(node, node.children.map(lo.expr));
  const value = lo.expr(right);
  if (node.op === "??=") {
    const whole: Expr = { kind: "logical", start, end, op: "default", left: lo.expr(left), right: value };
    return { kind: "assign", start, end, target: assigned(lo, left), value: whole };
  }
  return { kind: "assign", start, end, target: assigned(lo, left), value, update: true };
}

/** `a++`. */
export function lowerIncrement(lo: Lowering, node: SyntaxNode): Expr {
  const { start, end } = node;
  const operand = fieldOf(node, "argument") ?? node.children[0];
  if (operand === undefined) return opaqueAt(node, []);
  return { kind: "assign", start, end, target: assigned(lo, operand), value: literalAt(node, 1), update: true };
}
