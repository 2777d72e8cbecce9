import type { CatchClause, Stmt } from "../../ir/nodes.ts";
import { bindAt, exprAt, letAt, literalAt, opaqueAt } from "../tree-sitter/build.ts";
import { childOf, childrenOf, fieldOf, fieldsOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { lowerAssignmentStatement } from "./assignments.ts";
import { variableOf, type Lowering } from "./lowering.ts";
import { typeRef } from "./types.ts";

/** `if … elseif … else`: each `elseif` is an `if` in the `else` before it. */
export function lowerIf(lo: Lowering, node: SyntaxNode): Stmt {
  return chain(lo, node, fieldsOf(node, "alternative"), node.end);
}

function chain(lo: Lowering, node: SyntaxNode, rest: readonly SyntaxNode[], end: number): Stmt {
  const condition = fieldOf(node, "condition");
  const test = condition === undefined ? opaqueAt(node, []) : lo.expr(condition);
  const then = lo.block(fieldOf(node, "body"));
  const [next, ...more] = rest;
  const otherwise =
    next === undefined ? [] : next.type === "else_if_clause" ? [chain(lo, next, more, end)] : lo.block(fieldOf(next, "body"));
  return { kind: "if", start: node.start, end, test, then, otherwise };
}

/** `foreach ($xs as $k => $v)`. */
export function lowerForeach(lo: Lowering, node: SyntaxNode): Stmt {
  const { start, end } = node;
  const block = fieldOf(node, "body");
  const [collection, bound] = node.children.filter((child) => child !== block && child.type !== "text_interpolation");
  const over = collection === undefined ? null : lo.expr(collection);
  const targets = bound?.type === "pair" ? bound.children : bound === undefined ? [] : [bound];
  const patterns = targets.map(lo.pattern);
  const target = patterns.length === 1 ? patterns[0] : undefined;
  // The key is a name of its own; what matters is the value.
  const value = target ?? patterns.at(-1);
  const key = patterns.length > 1 ? patterns[0] : undefined;
  const body = [...(key === undefined ? [] : [letAt(key, key, opaqueAt(key, []))]), ...lo.block(block)];
  return { kind: "loop", start, end, over, ...(value && { target: value }), body };
}

export function lowerFor(lo: Lowering, node: SyntaxNode): Stmt[] {
  const { start, end } = node;
  const before = fieldsOf(node, "initialize").flatMap((one) => startOf(lo, one));
  const [condition] = fieldsOf(node, "condition");
  const test = condition === undefined ? undefined : lo.expr(condition);
  const body = fieldsOf(node, "body").flatMap(lo.block);
  const after = fieldsOf(node, "update").map((one): Stmt => exprAt(one, lo.expr(one)));
  return [...before, { kind: "loop", start, end, over: null, ...(test && { test }), body: [...body, ...after] }];
}

/** `$i = 0, $n = 3` declares. */
function startOf(lo: Lowering, node: SyntaxNode): Stmt[] {
  if (node.type === "sequence_expression") return node.children.flatMap((one) => startOf(lo, one));
  return [node.type === "assignment_expression" ? lowerAssignmentStatement(lo, node, node) : exprAt(node, lo.expr(node))];
}

export function lowerWhile(lo: Lowering, node: SyntaxNode): Stmt {
  const { start, end } = node;
  const condition = fieldOf(node, "condition");
  const test = condition === undefined ? undefined : lo.expr(condition);
  const body = lo.block(fieldOf(node, "body"));
  return { kind: "loop", start, end, over: null, ...(test && { test }), body, ...(node.type === "do_statement" && { atLeastOnce: true }) };
}

/** What these catch is everything. */
const EVERYTHING: ReadonlySet<string> = new Set(["Throwable", "Exception"]);

export function lowerTry(lo: Lowering, node: SyntaxNode): Stmt {
  const { start, end } = node;
  const body = lo.block(fieldOf(node, "body"));
  const catches = childrenOf(node, "catch_clause").map((one) => lowerCatch(lo, one));
  const last = childOf(node, "finally_clause");
  return { kind: "try", start, end, body, catches, ...(last && { finally: lo.block(fieldOf(last, "body")) }) };
}

function lowerCatch(lo: Lowering, node: SyntaxNode): CatchClause {
  const { start, end } = node;
  const name = fieldOf(node, "name");
  const refs = (fieldOf(node, "type")?.children ?? []).flatMap((type) => typeRef(lo, type) ?? []);
  const types = refs.map((ref) => ref.name);
  const [only] = refs;
  const type = refs.length === 1 && only !== undefined && !EVERYTHING.has(only.name) ? only : undefined;
  if (name !== undefined) lo.scope.bound.add(variableOf(lo, name));
  const body = lo.block(fieldOf(node, "body"));
  return {
    start,
    end,
    ...(name && { param: bindAt(name, variableOf(lo, name), type) }),
    types: types.some((one) => EVERYTHING.has(one)) ? [] : types,
    body,
  };
}

/** `unset($a['b'])`: the key is gone. */
export function lowerUnset(lo: Lowering, node: SyntaxNode): Stmt[] {
  return node.children.map((child): Stmt => {
    const target = lo.expr(child);
    if (target.kind !== "member") return exprAt(child, opaqueAt(child, [target]));
    return exprAt(child, { kind: "assign", start: child.start, end: child.end, target, value: literalAt(child, null) });
  });
}
