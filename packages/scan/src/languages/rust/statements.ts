import type { Expr, Stmt } from "../../ir/nodes.ts";
import { bindAt, exprAt, letAt, symbolAt } from "../tree-sitter/build.ts";
import { fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { fits, lowerFor, lowerIf, lowerLoop, lowerMatch, lowerWhile } from "./control.ts";
import { isItem, lowerItem } from "./items.ts";
import { bareNode, finish, textOf, throwAt, type Lowering, type Tail } from "./lowering.ts";
import { endsHere } from "./macros.ts";
import { errorOf, reified, unpacked } from "./results.ts";
import { typeOf } from "./types.ts";

/** The statements of a block; its last expression is its value. Any other node is one expression. */
export function lowerBody(cx: Lowering, node: SyntaxNode | undefined, tail: Tail): Stmt[] {
  if (node === undefined) return [];
  if (node.type !== "block") return valueOf(cx, node, tail);
  const last = node.children.at(-1);
  const made = node.children.flatMap((child) => (child === last && isValue(child) ? valueOf(cx, child, tail) : lowerStatement(cx, child)));
  if (tail === "yield" && !givesValue(last))
    made.push({ kind: "yield", value: symbolAt({ start: node.end, end: node.end }, "unit"), start: node.end, end: node.end });
  return made;
}

/** Whether the last statement of a block already leaves it. */
function givesValue(last: SyntaxNode | undefined): boolean {
  if (last === undefined) return false;
  return isValue(last) || /^(?:return|break|continue)_expression$/.test(last.children[0]?.type ?? "");
}

function isValue(node: SyntaxNode): boolean {
  if (node.type === "expression_statement") return /^(?:if|match|unsafe|loop)_/.test(node.children[0]?.type ?? "");
  return node.type !== "let_declaration" && node.type !== "empty_statement" && node.type !== "ERROR" && !isItem(node);
}

/** An expression whose value the tail wants. */
function valueOf(cx: Lowering, node: SyntaxNode, tail: Tail): Stmt[] {
  const flow = lowerFlow(cx, node, tail);
  if (flow !== undefined) return flow;
  const name = node.type === "identifier" ? textOf(cx, node) : "";
  if (tail === "return" && cx.scope.results.has(name)) return [finish(unpacked(node, cx.expr(node)), tail)];
  const value = cx.expr(node);
  const isStatus = tail === "return" && node.type === "scoped_identifier" && value.kind === "literal" && typeof value.value === "number";
  return [answered(isStatus ? bodiless(value) : value, tail)];
}

/** A status alone is an answer without a body. */
function bodiless(status: Expr): Expr {
  const { start, end } = status;
  return { kind: "list", tuple: true, items: [status, symbolAt({ start: end, end }, "unit")], start, end };
}

/** What throws as a value throws as a statement. */
function answered(value: Expr, tail: Tail): Stmt {
  if (value.kind === "block" && tail === "return" && value.body.length === 1 && value.body[0]!.kind === "throw") return value.body[0]!;
  return finish(value, tail);
}

/** Expressions that are statements of the IR. */
function lowerFlow(cx: Lowering, node: SyntaxNode, tail: Tail): Stmt[] | undefined {
  const { start, end } = node;
  const inner = node.children[0];
  switch (node.type) {
    case "expression_statement":
      return inner === undefined ? [] : valueOf(cx, inner, tail);
    case "if_expression":
      return lowerIf(cx, node, tail);
    case "match_expression":
      return lowerMatch(cx, node, tail);
    case "block":
      return lowerBody(cx, node, tail);
    case "unsafe_block":
    case "const_block":
      return lowerBody(cx, inner, tail);
    case "for_expression":
      return [lowerFor(cx, node)];
    case "while_expression":
      return [lowerWhile(cx, node)];
    case "loop_expression":
      return [lowerLoop(cx, node)];
    case "return_expression":
      return inner === undefined ? [{ kind: "return", value: null, start, end }] : valueOf(cx, inner, "return");
    case "break_expression":
    case "continue_expression":
      return [...node.children.flatMap((one) => (one.type === "label" ? [] : [exprAt(one, cx.expr(one))])), { kind: "jump", start, end }];
    case "call_expression":
      return errorCall(cx, node);
    case "macro_invocation":
      return endsHere(cx, node);
    default:
      return undefined;
  }
}

/** `Err(e)`. */
function errorCall(cx: Lowering, node: SyntaxNode): Stmt[] | undefined {
  const callee = fieldOf(node, "function");
  if (callee === undefined || textOf(cx, callee) !== "Err") return undefined;
  const [argument] = fieldOf(node, "arguments")?.children ?? [];
  return [throwAt(node, errorOf(node, argument && cx.expr(argument)))];
}

export function lowerStatement(cx: Lowering, node: SyntaxNode): Stmt[] {
  if (isItem(node)) return lowerItem(cx, node);
  switch (node.type) {
    case "empty_statement":
    case "attribute_item":
    case "inner_attribute_item":
      return [];
    case "let_declaration":
      return lowerLet(cx, node);
    case "block":
      return [{ kind: "blockStmt", body: lowerBody(cx, node, "drop"), start: node.start, end: node.end }];
    case "ERROR":
      return node.children.flatMap((child) => lowerStatement(cx, child));
    default:
      return valueOf(cx, node, "drop");
  }
}

/** `let p = v;`, `let p = v else { … };` */
function lowerLet(cx: Lowering, node: SyntaxNode): Stmt[] {
  const [pattern, value, alternative] = [fieldOf(node, "pattern"), fieldOf(node, "value"), fieldOf(node, "alternative")];
  if (pattern === undefined) return [];
  if (value !== undefined && alternative !== undefined) return fits(cx, node, pattern, value, [], lowerBody(cx, alternative, "drop"));
  const type = typeOf(cx, fieldOf(node, "type"));
  const target = pattern.type === "identifier" && type !== undefined ? bindAt(pattern, textOf(cx, pattern), type) : cx.pattern(pattern);
  if (value === undefined) return [letAt(node, target, null)];
  const lowered = cx.expr(value);
  const kept = pattern.type === "identifier" && cx.scope.results.has(textOf(cx, pattern)) && bareNode(value).type !== "identifier";
  const made = kept ? reified(value, lowered) : lowered;
  if (target.kind === "bind" && made.kind === "function" && made.fn.name === "") Object.assign(made.fn, { name: target.name });
  return [target.kind === "anyPattern" ? exprAt(node, made) : letAt(node, target, made)];
}
