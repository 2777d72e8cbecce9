import type { Expr, MemberExpr, Pattern, Span, Stmt } from "../../ir/nodes.ts";
import { bindAt, callAt, exprAt, letAt, nameAt, opaqueAt } from "../tree-sitter/build.ts";
import { fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { failing } from "./calls.ts";
import { lowerDefer, lowerFor, lowerSelect } from "./control.ts";
import { lowerConstants, lowerTypes, lowerVariables, resultNames } from "./declarations.ts";
import { endsProgram, typeName } from "./errors.ts";
import { isErrorName, statementsOf, textOf, type Lowering } from "./lowering.ts";
import { lowerSwitch, lowerTypeSwitch } from "./switch.ts";
import { typeOf } from "./types.ts";

/** Statements in order; what follows a `defer` runs before it. */
export function lowerBlock(cx: Lowering, nodes: readonly SyntaxNode[]): Stmt[] {
  const body: Stmt[] = [];
  for (const [i, node] of nodes.entries()) {
    if (node.type === "defer_statement") {
      const rest = lowerBlock(cx, nodes.slice(i + 1));
      body.push(...lowerDefer(cx, node, rest, nodes.at(-1) ?? node));
      return body;
    }
    body.push(...lowerStatement(cx, node));
  }
  return body;
}

function lowerStatement(cx: Lowering, node: SyntaxNode): readonly Stmt[] {
  switch (node.type) {
    case "block":
      return [{ kind: "blockStmt", body: cx.block(statementsOf(node)), start: node.start, end: node.end }];
    case "expression_statement":
    case "go_statement":
      return node.children[0] === undefined ? [] : lowerAlone(cx, node, node.children[0]);
    case "short_var_declaration":
      return lowerAssignment(cx, node, true);
    case "assignment_statement":
    case "receive_statement":
      return lowerAssignment(cx, node, node.tokens.includes(":="));
    case "inc_statement":
    case "dec_statement":
      return lowerUpdate(cx, node, node.children[0], { kind: "literal", value: 1, start: node.start, end: node.end });
    case "var_declaration":
      return lowerVariables(cx, node);
    case "const_declaration":
      return lowerConstants(cx, node);
    case "type_declaration":
      return lowerTypes(cx, node);
    case "if_statement":
      return lowerIf(cx, node);
    case "for_statement":
      return lowerFor(cx, node);
    case "expression_switch_statement":
      return lowerSwitch(cx, node);
    case "type_switch_statement":
      return lowerTypeSwitch(cx, node);
    case "select_statement":
      return lowerSelect(cx, node);
    case "return_statement":
      return [lowerReturn(cx, node)];
    case "break_statement":
    case "continue_statement":
    case "goto_statement":
      return [{ kind: "jump", start: node.start, end: node.end }];
    case "labeled_statement":
      return node.children.flatMap((child) => (child.type === "label_name" ? [] : lowerStatement(cx, child)));
    case "fallthrough_statement":
    case "empty_statement":
      return [];
    default:
      return [exprAt(node, cx.expr(node))];
  }
}

/** A call for what it does: `panic(x)` throws, a logger's `Fatal` writes and ends the program. */
function lowerAlone(cx: Lowering, node: SyntaxNode, inner: SyntaxNode): readonly Stmt[] {
  const value = cx.expr(inner);
  const { start, end } = node;
  if (value.kind === "call" && value.callee.kind === "name" && value.callee.name === "panic")
    return [{ kind: "throw", value: value.args[0] ?? null, start, end }];
  if (node.type !== "go_statement" && endsProgram(cx, value))
    return [exprAt(node, value), { kind: "throw", value: callAt(node, nameAt(node, "Exit"), [], true), start, end }];
  return [exprAt(node, value)];
}

function lowerReturn(cx: Lowering, node: SyntaxNode): Stmt {
  const { start, end } = node;
  const values = (node.children[0]?.children ?? []).map((value) => cx.expr(value));
  const [only] = values;
  const value: Expr | null =
    values.length > 1
      ? {
          kind: "list",
          items: values.map((one, i) => (i === values.length - 1 && cx.scope.fails > 0 ? failing(one, 1) : one)),
          tuple: true,
          start,
          end,
        }
      : only === undefined
        ? resultNames(node, cx.scope)
        : failing(only, cx.scope.fails);
  return { kind: "return", value, start, end };
}

function lowerIf(cx: Lowering, node: SyntaxNode): readonly Stmt[] {
  const initializer = fieldOf(node, "initializer");
  const condition = fieldOf(node, "condition");
  const alternative = fieldOf(node, "alternative");
  const before = initializer === undefined ? [] : lowerStatement(cx, initializer);
  const test = condition === undefined ? opaqueAt(node, []) : cx.expr(condition);
  const then = cx.block(statementsOf(fieldOf(node, "consequence")));
  const otherwise =
    alternative === undefined
      ? []
      : alternative.type === "if_statement"
        ? [...lowerIf(cx, alternative)]
        : cx.block(statementsOf(alternative));
  return [...before, { kind: "if", test, then, otherwise, start: node.start, end: node.end }];
}

/** `a, b := f()`, `a, b = b, a`, `x.y += 1`, `v, ok := x.(T)`. */
function lowerAssignment(cx: Lowering, node: SyntaxNode, declares: boolean): readonly Stmt[] {
  const left = fieldOf(node, "left")?.children ?? [];
  const rightField = fieldOf(node, "right");
  const right = rightField?.type === "expression_list" ? rightField.children : rightField === undefined ? [] : [rightField];
  const [target, second] = left;
  const [source] = right;
  if (target === undefined) return source === undefined ? [] : [exprAt(node, cx.expr(source))];
  if (source === undefined) return [];
  if (node.op !== "=" && node.op !== ":=" && node.type === "assignment_statement") return lowerUpdate(cx, node, target, cx.expr(source));
  if (right.length > 1)
    return left.flatMap((one, i) => (right[i] === undefined ? [] : bindOne(cx, node, one, cx.expr(right[i]), declares)));
  if (second === undefined) {
    const value = isErrorName(lastWord(cx, target)) ? failing(cx.expr(source), 1) : cx.expr(source);
    return bindOne(cx, node, target, value, declares, assertedType(cx, source));
  }
  return lowerCommaOk(cx, node, left, source, declares) ?? bindSeveral(cx, node, left, source, declares);
}

function assertedType(cx: Lowering, source: SyntaxNode): ReturnType<typeof typeOf> {
  return source.type === "type_assertion_expression" ? typeOf(cx, fieldOf(source, "type")) : undefined;
}

const lastWord = (cx: Lowering, node: SyntaxNode): string => textOf(cx, node).split(".").at(-1)!;

/** `v, ok := x.(T)` asks for the type; of `v, ok := m[key]` and `<-ch` nothing is known. */
function lowerCommaOk(
  cx: Lowering,
  node: SyntaxNode,
  [first, second]: readonly SyntaxNode[],
  source: SyntaxNode,
  declares: boolean,
): readonly Stmt[] | undefined {
  if (first === undefined || second === undefined) return undefined;
  const asserts = source.type === "type_assertion_expression";
  if (!asserts && source.type !== "index_expression" && !(source.type === "unary_expression" && source.op === "<-")) return undefined;
  const value = cx.expr(source);
  const type = assertedType(cx, source);
  const ok: Expr =
    type === undefined
      ? opaqueAt(source, [])
      : { kind: "binary", op: "is", left: value, right: typeName(source, type.name), start: source.start, end: source.end };
  return [...bindOne(cx, node, first, value, declares, type), ...bindOne(cx, node, second, ok, declares)];
}

const ASKS =
  /^(?:ok|valid|match(?:es|ed)?|allowed|verified|equal|same|authori[sz]ed|authenticated|correct|passed|is[A-Z]\w*|has[A-Z]\w*|can[A-Z]\w*)$/;

function bindSeveral(cx: Lowering, node: SyntaxNode, left: readonly SyntaxNode[], source: SyntaxNode, declares: boolean): readonly Stmt[] {
  const fails = isErrorName(lastWord(cx, left.at(-1)!)) ? left.length : 0;
  const value = failing(cx.expr(source), fails, ASKS.test(textOf(cx, left[0]!)));
  const later: Stmt[] = [];
  const items = left.map((target): Pattern => {
    if (target.type === "identifier" || target.type === "blank_identifier") return bound(cx, target);
    const temporary = `$${target.start}`;
    later.push(...bindOne(cx, node, target, nameAt(target, temporary), false));
    return bindAt(target, temporary);
  });
  const pattern: Pattern = { kind: "listPattern", items, tuple: true, start: left[0]!.start, end: left.at(-1)!.end };
  if (declares || later.length > 0) return [letAt(node, pattern, value), ...later];
  return [exprAt(node, { kind: "assign", target: pattern, value, start: node.start, end: node.end })];
}

function bound(cx: Lowering, target: SyntaxNode, type?: ReturnType<typeof typeOf>): Pattern {
  const name = textOf(cx, target);
  return name === "_" ? { kind: "anyPattern", start: target.start, end: target.end } : bindAt(target, name, type);
}

function bindOne(
  cx: Lowering,
  at: Span,
  target: SyntaxNode,
  value: Expr,
  declares: boolean,
  type?: ReturnType<typeof typeOf>,
): readonly Stmt[] {
  const plain = target.type === "identifier" || target.type === "blank_identifier";
  if (plain && textOf(cx, target) === "_") return [exprAt(at, value)];
  if (plain && declares) return [letAt(at, bound(cx, target, type), named(textOf(cx, target), value))];
  const to = plain ? bound(cx, target) : memberTarget(cx, target);
  if (to === undefined) return [exprAt(at, opaqueAt(at, [cx.expr(target), value]))];
  return [exprAt(at, { kind: "assign", target: to, value, start: at.start, end: at.end })];
}

/** A closure goes by the name that it is given. */
function named(name: string, value: Expr): Expr {
  return value.kind === "function" && value.fn.name === "" ? { ...value, fn: rename(value.fn, name) } : value;
}

function rename<T extends { readonly name: string }>(fn: T, name: string): T {
  return Object.assign(fn, { name });
}

function memberTarget(cx: Lowering, target: SyntaxNode): MemberExpr | undefined {
  const expr = cx.expr(target);
  return expr.kind === "member" ? expr : undefined;
}

function lowerUpdate(cx: Lowering, at: SyntaxNode, target: SyntaxNode | undefined, value: Expr): readonly Stmt[] {
  if (target === undefined) return [];
  const to = target.type === "identifier" ? bound(cx, target) : memberTarget(cx, target);
  if (to === undefined) return [exprAt(at, opaqueAt(at, [value]))];
  return [exprAt(at, { kind: "assign", target: to, value, update: true, start: at.start, end: at.end })];
}
