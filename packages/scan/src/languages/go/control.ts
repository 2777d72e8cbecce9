import type { Expr, LoopStmt, MatchArm, Pattern, Span, Stmt } from "../../ir/nodes.ts";
import { walkStmts } from "../../ir/walk.ts";
import { bindAt, callAt, exprAt, opaqueAt } from "../tree-sitter/build.ts";
import { childOf, fieldOf, spanOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { statementsOf, textOf, type Lowering } from "./lowering.ts";

export function lowerFor(cx: Lowering, node: SyntaxNode): readonly Stmt[] {
  const body = cx.block(statementsOf(fieldOf(node, "body")));
  const { start, end } = node;
  const range = childOf(node, "range_clause");
  if (range !== undefined) return [lowerRange(cx, node, range, body)];
  const clause = childOf(node, "for_clause");
  if (clause === undefined) {
    const condition = node.children.find((child) => child.field !== "body");
    const test = condition === undefined ? undefined : cx.expr(condition);
    return [{ kind: "loop", over: null, body, start, end, ...(test === undefined ? { atLeastOnce: true } : { test }) }];
  }
  const initializer = fieldOf(clause, "initializer");
  const condition = fieldOf(clause, "condition");
  const update = fieldOf(clause, "update");
  const before = initializer === undefined ? [] : cx.block([initializer]);
  const loop: LoopStmt = {
    kind: "loop",
    over: null,
    body: [...body, ...(update === undefined ? [] : cx.block([update]))],
    start,
    end,
    ...(condition === undefined ? {} : { test: cx.expr(condition) }),
  };
  return [...before, loop];
}

/** Of `for i, x := range items` the element is what counts. */
function lowerRange(cx: Lowering, node: SyntaxNode, range: SyntaxNode, body: readonly Stmt[]): Stmt {
  const left = fieldOf(range, "left")?.children ?? [];
  const right = fieldOf(range, "right");
  const over = right === undefined ? null : cx.expr(right);
  const target = left.length > 1 ? left[1] : left[0];
  const name = target === undefined ? "_" : textOf(cx, target);
  const isName = target?.type === "identifier" && name !== "_";
  const pattern: Pattern | undefined = isName && left.length > 1 ? bindAt(target, name) : undefined;
  return { kind: "loop", over, body, start: node.start, end: node.end, ...(pattern && { target: pattern }) };
}

/** What is deferred runs after the rest, however that ends; one that recovers catches what was thrown. */
export function lowerDefer(cx: Lowering, node: SyntaxNode, rest: readonly Stmt[], last: Span): readonly Stmt[] {
  const [inner] = node.children;
  const call = inner === undefined ? undefined : cx.expr(inner);
  if (call === undefined) return rest;
  const closure = call.kind === "call" && call.callee.kind === "function" ? call.callee.fn : undefined;
  if (closure !== undefined && recovers(closure.body)) {
    const { start, end } = node;
    const body = [exprAt(node, callAt(node, { kind: "function", fn: closure, start, end }, []))];
    return [{ kind: "try", body: rest, catches: [{ types: [], body, start, end }], ...spanOf(node, last) }];
  }
  const deferred: Stmt = exprAt(node, call);
  if (rest.length === 0) return [deferred];
  return [{ kind: "try", body: rest, catches: [], finally: [deferred], ...spanOf(node, last) }];
}

function recovers(body: readonly Stmt[]): boolean {
  let found = false;
  walkStmts(body, (expr: Expr) => {
    if (expr.kind === "call" && expr.callee.kind === "name" && expr.callee.name === "recover") found = true;
  });
  return found;
}

/** One of the cases runs, nobody knows which. */
export function lowerSelect(cx: Lowering, node: SyntaxNode): readonly Stmt[] {
  const arms = node.children.map((one): MatchArm => {
    const communication = fieldOf(one, "communication");
    const before = communication === undefined ? [] : cx.block([communication]);
    const rest = one.children
      .filter((child) => child !== communication)
      .flatMap((child) => (child.type === "statement_list" ? child.children : [child]));
    const unknown: Pattern = { kind: "equalsPattern", value: opaqueAt(one, []), start: one.start, end: one.start };
    return { patterns: [unknown], body: [...before, ...cx.block(rest)], start: one.start, end: one.end };
  });
  return [
    {
      kind: "match",
      subject: opaqueAt({ start: node.start, end: node.start }, []),
      arms,
      exhaustive: false,
      start: node.start,
      end: node.end,
    },
  ];
}
