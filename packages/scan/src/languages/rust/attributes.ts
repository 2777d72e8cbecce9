import type { Decorator, Expr } from "../../ir/nodes.ts";
import { literalAt, nameAt } from "../tree-sitter/build.ts";
import { fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { textOf, type Lowering } from "./lowering.ts";
import { segmentsOf } from "./paths.ts";
import { stringOf } from "./text.ts";

/** `#[post("/login", data = "<body>")]` before an item: a decorator with its texts, and its pairs as a record. */
export function attributesBefore(cx: Lowering, nodes: readonly SyntaxNode[], index: number): Decorator[] {
  const found: Decorator[] = [];
  for (let i = index - 1; i >= 0 && nodes[i]!.type === "attribute_item"; i--) found.unshift(...attributeOf(cx, nodes[i]!));
  return found;
}

function attributeOf(cx: Lowering, item: SyntaxNode): Decorator[] {
  const attribute = item.children[0];
  const path = attribute?.children[0];
  if (attribute === undefined || path === undefined) return [];
  const tree = fieldOf(attribute, "arguments");
  return [
    { name: segmentsOf(cx, path).join("."), args: tree === undefined ? [] : argumentsOf(cx, tree), start: item.start, end: item.end },
  ];
}

/** Words and texts in order; `key = "text"` as an entry of one record at the end. */
function argumentsOf(cx: Lowering, tree: SyntaxNode): Expr[] {
  const args: Expr[] = [];
  const entries: { key: string; value: Expr; start: number; end: number }[] = [];
  for (let i = 0; i < tree.children.length; i++) {
    const child = tree.children[i]!;
    const next = tree.children[i + 1];
    if (child.type === "identifier" && next !== undefined && /^\s*=\s*$/.test(cx.text.slice(child.end, next.start))) {
      entries.push({ key: textOf(cx, child), value: valueOf(cx, next), start: child.start, end: next.end });
      i++;
    } else args.push(valueOf(cx, child));
  }
  const [first] = entries;
  return first === undefined ? args : [...args, { kind: "record", entries, start: first.start, end: entries.at(-1)!.end }];
}

function valueOf(cx: Lowering, node: SyntaxNode): Expr {
  if (node.type.endsWith("string_literal")) return literalAt(node, stringOf(cx, node));
  if (node.type !== "token_tree") return nameAt(node, textOf(cx, node));
  return { kind: "list", items: node.children.map((child) => valueOf(cx, child)), start: node.start, end: node.end };
}

/** `#[cfg(test)]`, `#[test]`, `#[tokio::test]`. */
export function isForTests(attributes: readonly Decorator[]): boolean {
  return attributes.some(
    ({ name, args }) =>
      /(?:^|\.)(?:test|rstest|test_case)$/.test(name) || (name === "cfg" && args[0]?.kind === "name" && args[0].name === "test"),
  );
}
