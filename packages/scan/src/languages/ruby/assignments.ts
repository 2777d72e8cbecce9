import type { Expr, MemberExpr, Pattern, Span, Stmt } from "../../ir/nodes.ts";
import { exprAt, letAt, nameAt, opaqueAt } from "../tree-sitter/build.ts";
import { fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { closeMember } from "./calls.ts";
import { addConstant } from "./containers.ts";
import type { Lowering, Tail } from "./lowering.ts";
import { finish, isLocal, textOf } from "./lowering.ts";

/** What is assigned to: a member, or a pattern. Local variables begin here. */
export function lowerPlace(lo: Lowering, node: SyntaxNode): Pattern | MemberExpr {
  if (node.type === "call") return closeMember(lo, node) ?? { kind: "anyPattern", start: node.start, end: node.end };
  if (node.type === "element_reference") {
    const member = lo.expr(node);
    return member.kind === "member" ? member : { kind: "anyPattern", start: node.start, end: node.end };
  }
  return lo.pattern(node);
}

/** The first assignment to a local variable declares it. */
export function lowerAssignment(lo: Lowering, node: SyntaxNode, tail: Tail): Stmt[] {
  const [left, right] = [fieldOf(node, "left"), fieldOf(node, "right")];
  if (left === undefined || right === undefined) return [finish(opaqueAt(node, node.children.map(lo.expr)), tail)];
  const isNew = left.type === "identifier" && !isLocal(lo, textOf(lo, left));
  // `user = user` reads the variable, which is nil; a method of that name has to be called with parentheses.
  const value = lowerValue(lo, right);
  const target = lowerPlace(lo, left);
  if (left.type === "constant" && lo.class !== undefined && !lo.inMethod) addConstant(lo, left, node, value);
  if ((isNew || left.type === "constant") && target.kind === "bind") {
    const read = nameAt({ start: left.start, end: left.end }, target.name);
    return tail === "drop" ? [letAt(node, target, value)] : [letAt(node, target, value), finish(read, tail)];
  }
  return [finish(assigned(node, target, value), tail)];
}

function lowerValue(lo: Lowering, node: SyntaxNode): Expr {
  if (node.type !== "right_assignment_list") return lo.expr(node);
  return { kind: "list", start: node.start, end: node.end, items: node.children.map(lo.expr) };
}

function assigned(at: Span, target: Pattern | MemberExpr, value: Expr, update = false): Expr {
  return { kind: "assign", start: at.start, end: at.end, target, value, ...(update && { update }) };
}

/** `a, b.c = value`: names by a pattern, members each by itself. */
export function lowerMultiple(lo: Lowering, node: SyntaxNode, tail: Tail): Stmt[] {
  const [left, right] = [fieldOf(node, "left"), fieldOf(node, "right")];
  if (left === undefined || right === undefined) return [finish(opaqueAt(node, node.children.map(lo.expr)), tail)];
  const value = lowerValue(lo, right);
  const isPlain = left.children.every((child) => child.type !== "call" && child.type !== "element_reference");
  const stmts: Stmt[] = [];
  if (isPlain) {
    const items = left.children.map(lo.pattern);
    stmts.push(letAt(node, { kind: "listPattern", start: left.start, end: left.end, items }, value));
  } else {
    stmts.push(exprAt(right, value));
    for (const child of left.children)
      stmts.push(exprAt(child, assigned(child, lowerPlace(lo, child), opaqueAt({ start: child.end, end: child.end }, []))));
  }
  return tail === "drop" ? stmts : [...stmts, finish(opaqueAt({ start: node.end, end: node.end }, []), tail)];
}

const LOGICAL: Readonly<Record<string, "and" | "or" | "default">> = { "||=": "default", "&&=": "and" };

/** `a ||= b` gives `a` what it has or `b`; other operators update. */
export function lowerOperatorAssignment(lo: Lowering, node: SyntaxNode, tail: Tail): Stmt[] {
  const [left, right] = [fieldOf(node, "left"), fieldOf(node, "right")];
  if (left === undefined || right === undefined) return [finish(opaqueAt(node, node.children.map(lo.expr)), tail)];
  const isName = left.type === "identifier";
  if (isName) lo.scope.bound.add(textOf(lo, left));
  const op = LOGICAL[node.op];
  const value = lo.expr(right);
  const target = lowerPlace(lo, left);
  if (op === undefined) return [finish(assigned(node, target, value, true), tail)];
  const read: Expr = target.kind === "member" ? target : target.kind === "bind" ? nameAt(target, target.name) : opaqueAt(left, []);
  const either: Expr = { kind: "logical", start: node.start, end: node.end, op, left: read, right: value };
  if (left.type === "constant" && lo.class !== undefined && !lo.inMethod) addConstant(lo, left, node, value);
  return [finish(assigned(node, target, either), tail)];
}
