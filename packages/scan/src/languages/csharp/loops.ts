import type { Stmt } from "../../ir/nodes.ts";
import { exprAt } from "../tree-sitter/build.ts";
import { fieldOf, fieldsOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { within, type Lowering } from "./lowering.ts";
import { lowerBranch, targetOf } from "./blocks.ts";
import { typeRef } from "./types.ts";

/** `foreach`, `for`, `while`, `do`; undefined for what is no loop. */
export function lowerLoop(lo: Lowering, node: SyntaxNode): Stmt[] | undefined {
  const { start, end } = node;
  const condition = fieldOf(node, "condition");
  switch (node.type) {
    case "foreach_statement":
      return [within(lo, [], () => lowerForEach(lo, node))];
    case "for_statement":
      return within(lo, [], () => lowerFor(lo, node));
    case "while_statement": {
      const test = condition === undefined ? undefined : lo.expr(condition);
      return [{ kind: "loop", start, end, over: null, ...(test && { test }), body: lowerBranch(lo, fieldOf(node, "body")) }];
    }
    case "do_statement": {
      const body = lowerBranch(lo, fieldOf(node, "body"));
      const again = condition === undefined ? [] : [exprAt(condition, lo.expr(condition))];
      return [{ kind: "loop", start, end, over: null, body: [...body, ...again], atLeastOnce: true }];
    }
    default:
      return undefined;
  }
}

function lowerForEach(lo: Lowering, node: SyntaxNode): Stmt {
  const { start, end } = node;
  const [left, right] = [fieldOf(node, "left"), fieldOf(node, "right")];
  const over = right === undefined ? null : lo.expr(right);
  const target = left && targetOf(lo, left, typeRef(lo, fieldOf(node, "type")));
  return { kind: "loop", start, end, over, ...(target && { target }), body: lowerBranch(lo, fieldOf(node, "body")) };
}

function lowerFor(lo: Lowering, node: SyntaxNode): Stmt[] {
  const { start, end } = node;
  const init = fieldsOf(node, "initializer").flatMap(lo.statement);
  const condition = fieldOf(node, "condition");
  const test = condition === undefined ? undefined : lo.expr(condition);
  const update = fieldsOf(node, "update").map((one) => exprAt(one, lo.expr(one)));
  const body = [...lowerBranch(lo, fieldOf(node, "body")), ...update];
  return [...init, { kind: "loop", start, end, over: null, ...(test && { test }), body }];
}
