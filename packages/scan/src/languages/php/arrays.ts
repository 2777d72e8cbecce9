import type { Expr, Pattern, RecordEntry } from "../../ir/nodes.ts";
import { opaqueAt } from "../tree-sitter/build.ts";
import type { SyntaxNode } from "../tree-sitter/syntax.ts";
import { variableOf, type Lowering } from "./lowering.ts";

/** `[1, 2]` is a list, `['a' => 1, 2]` a record whose keyless entries have no key. What is empty is filled later: it says nothing. */
export function lowerArray(lo: Lowering, node: SyntaxNode): Expr {
  const { start, end } = node;
  const elements = node.children.filter((child) => child.type === "array_element_initializer");
  if (elements.length === 0) return opaqueAt(node, []);
  if (!elements.some(isPair)) return { kind: "list", start, end, items: elements.map((one) => itemOf(lo, one)) };
  return { kind: "record", start, end, entries: elements.flatMap((one) => entryOf(lo, one)) };
}

function isPair(element: SyntaxNode): boolean {
  return element.tokens.includes("=>");
}

function itemOf(lo: Lowering, element: SyntaxNode): Expr {
  const [only] = element.children;
  return only === undefined ? opaqueAt(element, []) : lo.expr(only.type === "by_ref" ? (only.children[0] ?? only) : only);
}

function entryOf(lo: Lowering, element: SyntaxNode): readonly RecordEntry[] {
  const { start, end } = element;
  const [first, second] = element.children;
  if (first === undefined) return [];
  if (!isPair(element)) {
    const value = itemOf(lo, element);
    return [value.kind === "spread" ? { start, end, key: null, value: value.value, spread: true } : { start, end, key: null, value }];
  }
  const key = lo.expr(first);
  const value = second === undefined ? opaqueAt(element, []) : itemOf(lo, { ...element, children: [second] });
  return [{ start, end, key: key.kind === "literal" ? String(key.value) : null, value }];
}

/** The left side of `[$a, $b] = …`, `list($a) = …`, `['id' => $id] = …`. */
export function lowerListPattern(lo: Lowering, node: SyntaxNode): Pattern {
  const { start, end } = node;
  const pairs = node.type === "array_creation_expression" ? node.children.some(isPair) : node.tokens.includes("=>");
  if (!pairs) {
    const items = node.children.map((child) =>
      lowerTarget(lo, child.type === "array_element_initializer" ? (child.children[0] ?? child) : child),
    );
    return { kind: "listPattern", start, end, items };
  }
  const flat = node.children.flatMap((child) => (child.type === "array_element_initializer" ? child.children : [child]));
  const entries: { readonly key: string | null; readonly pattern: Pattern }[] = [];
  for (let i = 0; i < flat.length; i++) {
    const next = flat[i + 1];
    const key = /^(?:string|encapsed_string|integer)$/.test(flat[i]!.type) ? lo.expr(flat[i]!) : undefined;
    if (key === undefined || next === undefined) continue;
    entries.push({ key: key.kind === "literal" ? String(key.value) : null, pattern: lowerTarget(lo, next) });
    i++;
  }
  return { kind: "recordPattern", start, end, entries };
}

/** What an assignment, `foreach` or `catch` binds. A member inside a list is not told apart. */
export function lowerTarget(lo: Lowering, node: SyntaxNode): Pattern {
  const { start, end } = node;
  switch (node.type) {
    case "variable_name": {
      const name = variableOf(lo, node);
      lo.scope.bound.add(name);
      return { kind: "bind", start, end, name };
    }
    case "by_ref":
      return node.children[0] === undefined ? { kind: "anyPattern", start, end } : lowerTarget(lo, node.children[0]);
    case "list_literal":
    case "array_creation_expression":
      return lowerListPattern(lo, node);
    default:
      return { kind: "anyPattern", start, end };
  }
}
