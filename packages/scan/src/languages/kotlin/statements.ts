import type { Expr, Stmt } from "../../ir/nodes.ts";
import { textOf, within } from "../jvm/lowering.ts";
import { bindAt, exprAt, letAt, literalAt } from "../tree-sitter/build.ts";
import { childOf, fieldOf, hasToken, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { lowerBranch, lowerIf, lowerTry, lowerWhen } from "./control.ts";
import { declareAll, lowerFunction, namesIn, patternOf } from "./functions.ts";
import { finish, type Lowering, type Tail } from "./lowering.ts";

/** Statements in names of their own. */
export function lowerBlock(lo: Lowering, nodes: readonly SyntaxNode[], tail: Tail): Stmt[] {
  const last = nodes.length - 1;
  return within(lo, [], () => nodes.flatMap((node, index) => lowerStatement(lo, node, index === last ? tail : "drop")));
}

export function lowerStatement(lo: Lowering, node: SyntaxNode, tail: Tail): Stmt[] {
  const outer = lo.hoisted;
  lo.hoisted = [];
  const own = lowerOne(lo, node, tail);
  const all = [...lo.hoisted, ...own];
  lo.hoisted = outer;
  return all;
}

function lowerOne(lo: Lowering, node: SyntaxNode, tail: Tail): Stmt[] {
  switch (node.type) {
    case "property_declaration":
      return lowerVariable(lo, node);
    case "function_declaration":
      return lowerLocalFunction(lo, node);
    case "class_declaration":
    case "object_declaration":
      return lowerLocalClass(lo, node);
    case "if_expression":
      return lowerIf(lo, node, tail);
    case "when_expression":
      return lowerWhen(lo, node, tail);
    case "try_expression":
      return lowerTry(lo, node, tail);
    case "import":
    case "package_header":
      return [];
    default:
      return lowerEnding(lo, node) ?? lowerLoop(lo, node) ?? [finish(lo.expr(node), tail)];
  }
}

/** What leaves its place: `return`, `throw`, `break`, `continue`. */
export function lowerEnding(lo: Lowering, node: SyntaxNode): Stmt[] | undefined {
  const { start, end } = node;
  const value = node.children.find((child) => child.field !== "label");
  if (node.type === "return_expression") return [{ kind: "return", start, end, value: value === undefined ? null : lo.expr(value) }];
  if (node.type === "throw_expression") return [{ kind: "throw", start, end, value: value === undefined ? null : lo.expr(value) }];
  const isJump =
    (node.type === "identifier" || node.type === "labeled_expression") &&
    /^(?:break|continue)\b/.test(lo.text.slice(start, Math.min(end, start + 9)));
  return isJump || node.type === "break_expression" || node.type === "continue_expression" ? [{ kind: "jump", start, end }] : undefined;
}

/** `val user: User = find()`, `val (a, b) = pair`, `val x by lazy { … }`. */
function lowerVariable(lo: Lowering, node: SyntaxNode): Stmt[] {
  const target = node.children.find((child) => child.type === "variable_declaration" || child.type === "multi_variable_declaration");
  const pattern = target && patternOf(lo, target);
  if (pattern === undefined) return [];
  const value = valueOf(lo, node);
  declareAll(lo, pattern);
  return [letAt(node, pattern, value ?? null)];
}

/** The value of a property: behind `=`, or what its delegate gives. */
export function valueOf(lo: Lowering, node: SyntaxNode): Expr | undefined {
  const delegate = childOf(node, "property_delegate")?.children[0];
  const given = hasToken(node, "=")
    ? node.children.findLast(
        (child) =>
          !["modifiers", "variable_declaration", "multi_variable_declaration", "getter", "setter", "type_parameters"].includes(child.type),
      )
    : undefined;
  const expr = given ?? delegate;
  return expr && lo.expr(expr);
}

function lowerLocalFunction(lo: Lowering, node: SyntaxNode): Stmt[] {
  const name = fieldOf(node, "name");
  if (name !== undefined) lo.locals.at(-1)?.add(textOf(lo, name));
  const fn = lowerFunction(lo, node);
  return [letAt(node, bindAt(node, fn.name), { kind: "function", start: node.start, end: node.end, fn })];
}

function lowerLocalClass(lo: Lowering, node: SyntaxNode): Stmt[] {
  const container = lo.container(node);
  return [letAt(node, bindAt(node, container.name), { kind: "container", start: node.start, end: node.end, container })];
}

function lowerLoop(lo: Lowering, node: SyntaxNode): Stmt[] | undefined {
  const { start, end } = node;
  const condition = fieldOf(node, "condition");
  const body = node.children.findLast((child) => child.type === "block" || child.type === "control_structure_body");
  switch (node.type) {
    case "for_statement": {
      const [target, over] = node.children.filter((child) => child.type !== "label" && child !== body);
      const pattern = target && patternOf(lo, target);
      const value = over === undefined ? null : lo.expr(over);
      const inner = within(lo, pattern === undefined ? [] : namesIn(pattern), () => lowerBranch(lo, body, "drop", node));
      return [{ kind: "loop", start, end, over: value, ...(pattern && { target: pattern }), body: inner }];
    }
    case "while_statement":
      return [
        {
          kind: "loop",
          start,
          end,
          over: null,
          test: condition === undefined ? literalAt(node, true) : lo.expr(condition),
          body: lowerBranch(lo, body, "drop", node),
        },
      ];
    case "do_while_statement": {
      const inner = lowerBranch(lo, body, "drop", node);
      return [
        {
          kind: "loop",
          start,
          end,
          over: null,
          body: condition === undefined ? inner : [...inner, exprAt(condition, lo.expr(condition))],
          atLeastOnce: true,
        },
      ];
    }
    default:
      return undefined;
  }
}
