import type { Expr, RecordEntry, RecordExpr } from "../../ir/nodes.ts";
import { pairOf } from "./calls.ts";
import type { Lowering } from "./lowering.ts";
import { callAt, nameAt, opaqueAt } from "./lowering.ts";
import { moduleName } from "./modules.ts";
import { childOf, isBinary, sidesOf, spanOf } from "./syntax.ts";
import type { SyntaxNode } from "./syntax.ts";

/** Keyword pairs, as the last argument of a call or the whole of a list. */
export function recordOf(lo: Lowering, pairs: readonly SyntaxNode[]): RecordExpr {
  const first = pairs[0] ?? { start: 0, end: 0 };
  return {
    kind: "record",
    ...spanOf(first, pairs.at(-1) ?? first),
    entries: pairs.flatMap((pair) => pairEntry(lo, pair)),
  };
}

/** `[1, 2]`, `[head | tail]`, `[a: 1]` (a record), `[:x, a: 1]` (items and a record). */
export function lowerList(lo: Lowering, node: SyntaxNode): Expr {
  const [only] = node.children;
  const { start, end } = node;
  if (node.children.length === 1 && only?.type === "keywords") return { ...recordOf(lo, only.children), start, end };
  return {
    kind: "list",
    start,
    end,
    items: node.children.flatMap((child) => listItems(lo, child)),
  };
}

export function lowerTuple(lo: Lowering, node: SyntaxNode): Expr {
  return {
    kind: "list",
    start: node.start,
    end: node.end,
    items: node.children.map((child) => lo.expr(child)),
    tuple: true,
  };
}

function listItems(lo: Lowering, node: SyntaxNode): Expr[] {
  const [head, tail] = isBinary(node, "|") ? sidesOf(node) : [undefined, undefined];
  if (!head || !tail) return [lo.expr(node)];
  return [lo.expr(head), { kind: "spread", start: tail.start, end: tail.end, value: lo.expr(tail) }];
}

/** `%{a: 1}`, `%{base | a: 1}`, and `%User{a: 1}`, which creates a `User` from one record. */
export function lowerMap(lo: Lowering, node: SyntaxNode): Expr {
  const record = lowerMapBody(lo, node);
  const struct = childOf(node, "struct");
  if (!struct) return record;
  const [inner] = struct.children;
  const name = inner && moduleName(lo, inner);
  const callee = name === undefined ? (inner ? lo.expr(inner) : opaqueAt(struct, [])) : nameAt(struct, name);
  return callAt(node, callee, [record], true);
}

function lowerMapBody(lo: Lowering, node: SyntaxNode): RecordExpr {
  const items = childOf(node, "map_content")?.children ?? [];
  const [first, ...rest] = items;
  const [base, update] = isBinary(first, "|") ? sidesOf(first) : [undefined, undefined];
  const entries = base && update ? [update, ...rest] : items;
  return {
    kind: "record",
    start: node.start,
    end: node.end,
    entries: entries.flatMap((item) => entriesOf(lo, item)),
    ...(base && { base: lo.expr(base) }),
  };
}

function entriesOf(lo: Lowering, node: SyntaxNode): RecordEntry[] {
  if (node.type === "keywords") return node.children.flatMap((pair) => pairEntry(lo, pair));
  const [left, right] = isBinary(node, "=>") ? sidesOf(node) : [undefined, undefined];
  const { start, end } = node;
  if (!left || !right) return [{ start, end, key: null, value: lo.expr(node) }];
  const key = lo.expr(left);
  const name = key.kind === "literal" && typeof key.value === "string" ? key.value : null;
  return [{ start, end, key: name, value: lo.expr(right) }];
}

function pairEntry(lo: Lowering, pair: SyntaxNode): RecordEntry[] {
  const read = pairOf(lo, pair);
  return read ? [{ start: pair.start, end: pair.end, key: read.key, value: lo.expr(read.value) }] : [];
}
