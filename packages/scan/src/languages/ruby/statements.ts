import type { Expr, Span, Stmt } from "../../ir/nodes.ts";
import { exprAt, letAt, nilAt, opaqueAt } from "../tree-sitter/build.ts";
import { fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { lowerAssignment, lowerMultiple, lowerOperatorAssignment } from "./assignments.ts";
import { lowerCallStatement } from "./blocks.ts";
import { lowerClass, lowerModule, lowerSingletonClass } from "./containers.ts";
import {
  lowerBegin,
  lowerCase,
  lowerCaseMatch,
  lowerFor,
  lowerIf,
  lowerModifier,
  lowerTernary,
  lowerWhile,
  sectionsOf,
} from "./control.ts";
import { lowerMethod } from "./functions.ts";
import type { Lowering, Tail } from "./lowering.ts";
import { finish, textOf } from "./lowering.ts";

/** Statements in order; the last one gives the value. `rescue`, `else` and `ensure` among them belong to all. */
export function lowerBody(lo: Lowering, nodes: readonly SyntaxNode[], tail: Tail, at: Span): Stmt[] {
  const sections = sectionsOf(nodes);
  if (sections !== undefined) return lowerBegin(lo, sections, tail, at);
  const written = nodes.filter(({ type }) => type !== "empty_statement");
  const last = written.findLastIndex(({ type }) => type !== "heredoc_body");
  if (last < 0) return tail === "drop" ? written.flatMap((node) => lowerStatement(lo, node, "drop")) : [finish(nilAt(at), tail)];
  const before = written.slice(0, last).flatMap((node) => lowerStatement(lo, node, "drop"));
  const holes = written.slice(last + 1).flatMap((node) => heredocHoles(lo, node));
  return [...before, ...holes, ...lowerStatement(lo, written[last]!, tail)];
}

/** One case a node type that is more than its value. */
export function lowerStatement(lo: Lowering, node: SyntaxNode, tail: Tail): Stmt[] {
  const { start, end } = node;
  switch (node.type) {
    case "program":
    case "body_statement":
    case "block_body":
    case "then":
    case "else":
    case "do":
    case "parenthesized_statements":
    case "begin":
    case "ensure":
    case "begin_block":
    case "end_block":
      return lowerBody(lo, node.children, tail, node);
    case "if":
    case "unless":
    case "elsif":
      return [lowerIf(lo, node, tail)];
    case "if_modifier":
    case "unless_modifier":
    case "while_modifier":
    case "until_modifier":
    case "rescue_modifier":
      return lowerModifier(lo, node, tail);
    case "conditional":
      return tail === "drop" || hasControl(node) ? [lowerTernary(lo, node, tail)] : [finish(lo.expr(node), tail)];
    case "case":
      return [lowerCase(lo, node, tail)];
    case "case_match":
      return [lowerCaseMatch(lo, node, tail)];
    case "while":
    case "until":
      return withNil(lowerWhile(lo, node), tail);
    case "for":
      return withNil(lowerFor(lo, node), tail);
    case "return":
      return [{ kind: "return", start, end, value: jumpValue(lo, node) }];
    case "next":
      return lowerNext(lo, node);
    case "break":
    case "redo":
    case "retry":
      return [...valueStatement(lo, node), { kind: "jump", start, end }];
    case "binary":
      return lowerAndOr(lo, node, tail) ?? [finish(lo.expr(node), tail)];
    case "unary":
      return [finish(lo.expr(node), tail)];
    case "assignment":
      return fieldOf(node, "left")?.type === "left_assignment_list" ? lowerMultiple(lo, node, tail) : lowerAssignment(lo, node, tail);
    case "operator_assignment":
      return lowerOperatorAssignment(lo, node, tail);
    case "method":
    case "singleton_method":
      return lowerMethod(lo, node, tail);
    case "class":
      return withNil(lowerClass(lo, node), tail);
    case "module":
      return withNil(lowerModule(lo, node), tail);
    case "singleton_class":
      return withNil(lowerSingletonClass(lo, node), tail);
    case "call":
    case "identifier":
      return lowerCallStatement(lo, node, tail);
    case "heredoc_body":
      return heredocHoles(lo, node);
    case "alias":
    case "undef":
    case "uninterpreted":
      return withNil([], tail);
    case "match_pattern": {
      const [value, pattern] = [fieldOf(node, "value"), fieldOf(node, "pattern")];
      if (value === undefined || pattern === undefined) return [finish(lo.expr(node), tail)];
      return withNil([letAt(node, lo.pattern(pattern), lo.expr(value))], tail);
    }
    case "ERROR":
      return node.children.flatMap((child) => lowerStatement(lo, child, "drop"));
    default:
      return [finish(lo.expr(node), tail)];
  }
}

function withNil(body: Stmt | readonly Stmt[], tail: Tail): Stmt[] {
  const list = Array.isArray(body) ? (body as readonly Stmt[]) : [body as Stmt];
  if (tail === "drop") return [...list];
  const last = list.at(-1);
  return [...list, finish(nilAt(last === undefined ? { start: 0, end: 0 } : { start: last.end, end: last.end }), tail)];
}

/** The value of `return`, `next` and `break`: several are a list. */
export function jumpValue(lo: Lowering, node: SyntaxNode): Expr | null {
  const values = node.children
    .flatMap((child) => (child.type === "argument_list" ? child.children : [child]))
    .filter(({ type }) => type !== "heredoc_body");
  const [first] = values;
  if (first === undefined) return null;
  if (values.every(({ type }) => type === "pair"))
    return lo.expr({ ...node, type: "hash", children: values, field: "", op: "", tokens: [] });
  return values.length === 1
    ? lo.expr(first)
    : { kind: "list", start: first.start, end: values.at(-1)!.end, items: values.map(lo.expr), tuple: true };
}

function valueStatement(lo: Lowering, node: SyntaxNode): Stmt[] {
  const value = jumpValue(lo, node);
  return value === null ? [] : [exprAt(value, value)];
}

/** `next` ends the block, which is what a `return` does to a closure; in a loop it goes on with the next round. */
function lowerNext(lo: Lowering, node: SyntaxNode): Stmt[] {
  const { start, end } = node;
  if (lo.scope.loops === 0) return [{ kind: "return", start, end, value: jumpValue(lo, node) }];
  return [...valueStatement(lo, node), { kind: "jump", start, end }];
}

const CONTROL: ReadonlySet<string> = new Set(["return", "next", "break", "redo", "retry"]);
const RAISES: ReadonlySet<string> = new Set(["raise", "fail", "throw", "exit", "abort"]);

function hasControl(node: SyntaxNode): boolean {
  return CONTROL.has(node.type) || node.children.some(hasControl);
}

function leaves(lo: Lowering, node: SyntaxNode): boolean {
  if (CONTROL.has(node.type)) return true;
  if (node.type === "parenthesized_statements" && node.children.length === 1) return leaves(lo, node.children[0]!);
  const method =
    node.type === "call" && fieldOf(node, "receiver") === undefined
      ? fieldOf(node, "method")
      : node.type === "identifier"
        ? node
        : undefined;
  return method !== undefined && RAISES.has(textOf(lo, method));
}

/** `a and b`, `a or raise`: an `if` where the right side ends the way, or where nobody wants the value. */
function lowerAndOr(lo: Lowering, node: SyntaxNode, tail: Tail): Stmt[] | undefined {
  const { start, end } = node;
  const isAnd = node.op === "and" || node.op === "&&";
  if (!isAnd && node.op !== "or" && node.op !== "||") return undefined;
  const [left, right] = [fieldOf(node, "left"), fieldOf(node, "right")];
  if (left === undefined || right === undefined || (tail !== "drop" && !leaves(lo, right))) return undefined;
  if (isAnd && right.type === "return" && isDeed(lo, left)) return [exprAt(left, lo.expr(left)), ...lowerStatement(lo, right, "drop")];
  const test = lo.expr(left);
  const then = lowerStatement(lo, right, tail);
  const otherwise = tail === "drop" ? [] : [finish(isAnd ? nilAt(left) : lo.expr(left), tail)];
  const negated: Expr = { kind: "not", start: test.start, end: test.end, value: test };
  return [{ kind: "if", start, end, test: isAnd ? test : negated, then, otherwise }];
}

/** `redirect_to(x) and return`: what stands left is done, and no condition. */
function isDeed(lo: Lowering, node: SyntaxNode): boolean {
  const inner = node.type === "parenthesized_statements" ? node.children[0] : node;
  const method = inner?.type === "call" ? fieldOf(inner, "method") : undefined;
  return inner !== undefined && method !== undefined && fieldOf(inner, "receiver") === undefined && !textOf(lo, method).endsWith("?");
}

/** What a heredoc evaluates stands behind the line that begins it. */
function heredocHoles(lo: Lowering, node: SyntaxNode): Stmt[] {
  const holes = node.children.filter(({ type }) => type === "interpolation");
  return holes.length === 0
    ? []
    : [
        exprAt(
          node,
          opaqueAt(
            node,
            holes.flatMap((hole) => hole.children.map(lo.expr)),
          ),
        ),
      ];
}
