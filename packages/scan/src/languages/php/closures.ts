import type { Expr } from "../../ir/nodes.ts";
import { nilAt } from "../tree-sitter/build.ts";
import { childOf, childrenOf, fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { lowerParams } from "./functions.ts";
import { emptyScope, makeFunction, variableOf, within, type Lowering } from "./lowering.ts";
import { typeRef } from "./types.ts";

/** `function (…) use (…) { … }`, `fn (…) => value`. */
export function lowerClosure(lo: Lowering, node: SyntaxNode): Expr {
  const uses = childOf(node, "anonymous_function_use_clause");
  const handed = uses === undefined ? [] : childrenOf(uses, "by_ref").map((one) => ({ start: one.start, end: one.end }));
  const names = handed.map((one) => variableOf(lo, one));
  for (const [index, at] of handed.entries()) if (!lo.scope.bound.has(names[index]!)) lo.scope.handed.push(at);
  const scope = emptyScope(names);
  return within(lo, scope, () => {
    const params = lowerParams(lo, fieldOf(node, "parameters"));
    const written = fieldOf(node, "body");
    const returns = typeRef(lo, fieldOf(node, "return_type"));
    const body = node.type === "arrow_function" ? [returned(lo, node, written)] : lo.block(written);
    const role = scope.isGenerator ? ("generator" as const) : undefined;
    const fn = makeFunction(lo, node, { params, body, ...(role && { role }), ...(returns && { returns }) });
    return { kind: "function", start: node.start, end: node.end, fn };
  });
}

function returned(lo: Lowering, node: SyntaxNode, written: SyntaxNode | undefined) {
  const value = written === undefined ? nilAt({ start: node.end, end: node.end }) : lo.expr(written);
  return { kind: "return" as const, start: value.start, end: value.end, value };
}
