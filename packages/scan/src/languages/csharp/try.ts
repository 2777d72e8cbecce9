import type { CatchClause, Stmt } from "../../ir/nodes.ts";
import { bindAt } from "../tree-sitter/build.ts";
import { childOf, childrenOf, fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { declare, textOf, within, type Lowering } from "./lowering.ts";
import { lowerBody } from "./blocks.ts";
import { typeRef } from "./types.ts";

/** What catch everything. */
const EVERYTHING: ReadonlySet<string> = new Set(["Exception", "System.Exception"]);

export function lowerTry(lo: Lowering, node: SyntaxNode): Stmt {
  const { start, end } = node;
  const block = fieldOf(node, "body");
  const last = childOf(node, "finally_clause");
  const ending = last && childOf(last, "block");
  return {
    kind: "try",
    start,
    end,
    body: block === undefined ? [] : lowerBody(lo, block),
    catches: childrenOf(node, "catch_clause").map((one) => within(lo, [], () => lowerCatch(lo, one))),
    ...(ending && { finally: lowerBody(lo, ending) }),
  };
}

function lowerCatch(lo: Lowering, node: SyntaxNode): CatchClause {
  const { start, end } = node;
  const head = childOf(node, "catch_declaration");
  const name = head && fieldOf(head, "name");
  const type = head && typeRef(lo, fieldOf(head, "type"));
  const isAll = type === undefined || EVERYTHING.has(type.name);
  if (name !== undefined) declare(lo, textOf(lo, name));
  const outer = lo.hoisted;
  lo.hoisted = [];
  const body = filtered(lo, node);
  const declared = lo.hoisted;
  lo.hoisted = outer;
  return {
    start,
    end,
    ...(name && { param: bindAt(name, textOf(lo, name), isAll ? undefined : type) }),
    types: isAll ? [] : [type.name],
    body: [...declared, ...body],
  };
}

/** `catch (E e) when (cond)`: what does not hold is thrown again. */
function filtered(lo: Lowering, node: SyntaxNode): Stmt[] {
  const filter = childOf(node, "catch_filter_clause");
  const test = filter?.children[0] && lo.expr(filter.children[0]);
  const block = fieldOf(node, "body");
  const body = block === undefined ? [] : lowerBody(lo, block);
  if (filter === undefined || test === undefined) return body;
  const again: Stmt = { kind: "throw", start: filter.start, end: filter.end, value: null };
  return [{ kind: "if", start: filter.start, end: node.end, test, then: body, otherwise: [again] }];
}
