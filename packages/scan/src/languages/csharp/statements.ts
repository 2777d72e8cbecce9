import type { Expr, Stmt } from "../../ir/nodes.ts";
import { callAt, exprAt, letAt, literalAt, memberAt, nameAt, opaqueAt } from "../tree-sitter/build.ts";
import { childOf, childrenOf, fieldOf, hasToken, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { lowerBody, lowerBranch, targetOf } from "./blocks.ts";
import { lowerImplicitNew } from "./creations.ts";
import { lowerLocalFunction } from "./functions.ts";
import { declare, hoisting, textOf, within, type Lowering } from "./lowering.ts";
import { lowerLoop } from "./loops.ts";
import { unfolded } from "./preprocessor.ts";
import { lowerSwitch } from "./switch.ts";
import { lowerTry } from "./try.ts";
import { typeRef } from "./types.ts";

/** Functions come first: they are known in all of the block. What follows `using var x` is tried, and `x` disposed of. */
export function lowerAll(lo: Lowering, nodes: readonly SyntaxNode[]): Stmt[] {
  const functions = nodes.filter((node) => node.type === "local_function_statement");
  for (const one of functions) {
    const name = fieldOf(one, "name");
    if (name !== undefined) declare(lo, textOf(lo, name));
  }
  const rest = nodes.filter((node) => node.type !== "local_function_statement");
  return [...functions.flatMap((one) => lowerLocalFunction(lo, one)), ...inOrder(lo, rest, 0)];
}

/** So many `using`s are nested in each other; those after them are plain declarations. */
const MOST_USINGS = 40;

function inOrder(lo: Lowering, nodes: readonly SyntaxNode[], depth: number): Stmt[] {
  const made: Stmt[] = [];
  for (const [index, node] of nodes.entries()) {
    made.push(...lo.statement(node));
    if (node.type !== "local_declaration_statement" || !hasToken(node, "using") || depth >= MOST_USINGS) continue;
    const after = nodes.slice(index + 1);
    const [next, last] = [after[0], after.at(-1)];
    if (next === undefined || last === undefined) return made;
    const body = inOrder(lo, after, depth + 1);
    const declaration = childOf(node, "variable_declaration");
    const names =
      declaration === undefined ? [] : childrenOf(declaration, "variable_declarator").flatMap((one) => fieldOf(one, "name") ?? []);
    return [
      ...made,
      { kind: "try", start: next.start, end: last.end, body, catches: [], finally: names.map((name) => disposing(lo, name, last)) },
    ];
  }
  return made;
}

/** What ends the use of a resource. */
export function disposing(lo: Lowering, name: SyntaxNode, after: SyntaxNode): Stmt {
  const at = { start: after.end, end: after.end };
  return exprAt(at, callAt(at, memberAt(at, nameAt(at, textOf(lo, name)), "Dispose"), []));
}

/** A statement, with the declarations that its expressions make before it. */
export function lowerStatement(lo: Lowering, node: SyntaxNode): Stmt[] {
  return hoisting(lo, () => lowerPlain(lo, node));
}

function lowerPlain(lo: Lowering, node: SyntaxNode): Stmt[] {
  const { start, end } = node;
  switch (node.type) {
    case "local_declaration_statement":
    case "global_statement":
    case "preproc_if":
    case "preproc_elif":
    case "preproc_else":
      return node.type === "local_declaration_statement" || node.type === "global_statement"
        ? node.children.flatMap((child) => (child.type === "modifier" ? [] : lo.statement(child)))
        : unfolded([node]).flatMap(lo.statement);
    case "variable_declaration":
      return lowerVariables(lo, node);
    case "expression_statement":
      return node.children.map((child) => exprAt(node, lo.expr(child)));
    case "block":
      return [{ kind: "blockStmt", start, end, body: lowerBody(lo, node) }];
    case "if_statement":
      return [lowerIf(lo, node)];
    case "return_statement":
      return [{ kind: "return", start, end, value: valueOf(lo, node) }];
    case "throw_statement":
      return [{ kind: "throw", start, end, value: valueOf(lo, node) }];
    case "break_statement":
    case "continue_statement":
    case "goto_statement":
      return [{ kind: "jump", start, end }];
    case "yield_statement":
      return hasToken(node, "break")
        ? [{ kind: "return", start, end, value: null }]
        : [exprAt(node, opaqueAt(node, node.children.map(lo.expr)))];
    case "try_statement":
      return [lowerTry(lo, node)];
    case "switch_statement":
      return [lowerSwitch(lo, node)];
    case "local_function_statement":
      return lowerLocalFunction(lo, node);
    default:
      return lowerLoop(lo, node) ?? lowerOther(lo, node);
  }
}

function valueOf(lo: Lowering, node: SyntaxNode): Expr | null {
  return node.children[0] === undefined ? null : lo.expr(node.children[0]);
}

function lowerOther(lo: Lowering, node: SyntaxNode): Stmt[] {
  switch (node.type) {
    case "using_statement":
      return lowerUsing(lo, node);
    case "labeled_statement":
      return node.children.slice(1).flatMap(lo.statement);
    case "lock_statement":
    case "fixed_statement":
    case "checked_statement":
    case "unsafe_statement":
      return within(lo, [], () => node.children.flatMap((child) => (child.type === "block" ? lowerBody(lo, child) : lo.statement(child))));
    case "empty_statement":
      return [];
    default:
      if (node.type.startsWith("preproc_")) return [];
      return node.children.length === 0 && node.type !== "identifier" ? [] : [exprAt(node, lo.expr(node))];
  }
}

/** `User a = find(), b;`, `var (a, b) = find();` */
export function lowerVariables(lo: Lowering, node: SyntaxNode): Stmt[] {
  const written = fieldOf(node, "type");
  const type = typeRef(lo, written);
  return childrenOf(node, "variable_declarator").flatMap((one) => {
    const target = fieldOf(one, "name") ?? one.children[0];
    if (target === undefined) return [];
    const value = one.children.find((child) => child !== target && child.start >= target.end && child.type !== "bracketed_argument_list");
    const initial = value === undefined ? null : initialValue(lo, value, written);
    return [letAt(one, targetOf(lo, target, type), initial)];
  });
}

/** The value of a declaration; `new()` creates what the declaration says. */
export function initialValue(lo: Lowering, value: SyntaxNode, type: SyntaxNode | undefined): Expr {
  return value.type === "implicit_object_creation_expression" && type !== undefined && type.type !== "implicit_type"
    ? lowerImplicitNew(lo, value, type)
    : lo.expr(value);
}

function lowerIf(lo: Lowering, node: SyntaxNode): Stmt {
  const condition = fieldOf(node, "condition");
  const test = condition === undefined ? literalAt(node, true) : lo.expr(condition);
  const { start, end } = node;
  const then = lowerBranch(lo, fieldOf(node, "consequence"));
  return { kind: "if", start, end, test, then, otherwise: lowerBranch(lo, fieldOf(node, "alternative")) };
}

/** `using (var q = Open()) { … }` */
function lowerUsing(lo: Lowering, node: SyntaxNode): Stmt[] {
  const block = fieldOf(node, "body");
  return within(lo, [], () => {
    const opened = node.children.filter((child) => child !== block).flatMap(lo.statement);
    if (block === undefined) return opened;
    const declaration = childOf(node, "variable_declaration");
    const names =
      declaration === undefined ? [] : childrenOf(declaration, "variable_declarator").flatMap((one) => fieldOf(one, "name") ?? []);
    const body = lowerBranch(lo, block);
    if (names.length === 0) return [...opened, ...body];
    return [
      ...opened,
      { kind: "try", start: block.start, end: block.end, body, catches: [], finally: names.map((name) => disposing(lo, name, block)) },
    ];
  });
}
