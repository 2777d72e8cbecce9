import type { Decorator, Expr, RecordEntry } from "../../ir/nodes.ts";
import { childOf, fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { textOf, type Lowering } from "../jvm/lowering.ts";

/** The annotations among the modifiers of a declaration. Several of one name may stand there. */
export function decoratorsOf(lo: Lowering, node: SyntaxNode): Decorator[] {
  const modifiers = childOf(node, "modifiers");
  return (modifiers?.children ?? []).flatMap((one) =>
    one.type === "annotation" || one.type === "marker_annotation" ? [decorator(lo, one)] : [],
  );
}

function decorator(lo: Lowering, node: SyntaxNode): Decorator {
  const name = fieldOf(node, "name") ?? node;
  const outer = lo.annotating;
  lo.annotating = true;
  const args = argumentsOf(lo, fieldOf(node, "arguments"));
  lo.annotating = outer;
  return { start: node.start, end: node.end, name: textOf(lo, name).replaceAll(/\s/g, ""), args };
}

/** `("x")` is the value itself, `(value = "x", method = POST)` one record. */
function argumentsOf(lo: Lowering, list: SyntaxNode | undefined): Expr[] {
  if (list === undefined) return [];
  const entries = list.children.flatMap((child) => (child.type === "element_value_pair" ? [entryOf(lo, child)] : []));
  const plain = list.children.filter((child) => child.type !== "element_value_pair").map((child) => valueOf(lo, child));
  return entries.length === 0 ? plain : [...plain, { kind: "record", start: list.start, end: list.end, entries }];
}

function entryOf(lo: Lowering, pair: SyntaxNode): RecordEntry {
  const key = fieldOf(pair, "key");
  const value = fieldOf(pair, "value");
  return {
    start: pair.start,
    end: pair.end,
    key: key === undefined ? null : textOf(lo, key),
    value: value === undefined ? { kind: "opaque", start: pair.start, end: pair.end, parts: [] } : valueOf(lo, value),
  };
}

/** An annotation as a value of another is a call of its name. */
function valueOf(lo: Lowering, node: SyntaxNode): Expr {
  const { start, end } = node;
  if (node.type === "element_value_array_initializer")
    return { kind: "list", start, end, items: node.children.map((child) => valueOf(lo, child)) };
  if (node.type !== "annotation" && node.type !== "marker_annotation") return lo.expr(node);
  const { name, args } = decorator(lo, node);
  return { kind: "call", start, end, callee: { kind: "name", start, end: Math.min(end, start + 1 + name.length), name }, args };
}
