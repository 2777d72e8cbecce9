import type { JSXAttributeItem, JSXAttributeName, JSXChild, JSXElement, JSXElementName, JSXFragment } from "oxc-parser";
import type { Expr, RecordEntry, RecordExpr, Span } from "../../ir/nodes.ts";
import type { Lowering } from "./lowering.ts";

/**
 * `<Tag a={1}>text</Tag>` creates a `Tag` of a record of attributes and the children. Elements of the page (`<form>`) are
 * created of their name as a string, as they are no names of the program.
 */
export function lowerElement(cx: Lowering, node: JSXElement): Expr {
  const { start, end, openingElement: opening } = node;
  const attributes = lowerAttributes(cx, opening.attributes, opening);
  return {
    kind: "call",
    start,
    end,
    callee: lowerTag(opening.name),
    args: [attributes, ...lowerChildren(cx, node.children)],
    creates: true,
  };
}

export function lowerFragment(cx: Lowering, node: JSXFragment): Expr {
  return { kind: "list", start: node.start, end: node.end, items: lowerChildren(cx, node.children) };
}

function lowerTag(node: JSXElementName): Expr {
  const { start, end } = node;
  switch (node.type) {
    case "JSXIdentifier":
      return /^[a-z]/.test(node.name) ? { kind: "literal", start, end, value: node.name } : { kind: "name", start, end, name: node.name };
    case "JSXMemberExpression":
      return { kind: "member", start, end, object: lowerObject(node.object), property: node.property.name };
    case "JSXNamespacedName":
      return { kind: "literal", start, end, value: attributeName(node) };
  }
}

function lowerObject(node: Extract<JSXElementName, { type: "JSXIdentifier" | "JSXMemberExpression" }>): Expr {
  const { start, end } = node;
  if (node.type === "JSXIdentifier") return { kind: "name", start, end, name: node.name };
  return { kind: "member", start, end, object: lowerObject(node.object), property: node.property.name };
}

function lowerAttributes(cx: Lowering, nodes: readonly JSXAttributeItem[], span: Span): RecordExpr {
  return { kind: "record", start: span.start, end: span.end, entries: nodes.map((node) => lowerAttribute(cx, node)) };
}

function lowerAttribute(cx: Lowering, node: JSXAttributeItem): RecordEntry {
  const { start, end } = node;
  if (node.type === "JSXSpreadAttribute") return { start, end, key: null, value: cx.expression(node.argument), spread: true };
  const key = attributeName(node.name);
  const set: Expr = { kind: "literal", start, end, value: true };
  if (!node.value) return { start, end, key, value: set };
  if (node.value.type !== "JSXExpressionContainer") return { start, end, key, value: cx.expression(node.value, key) };
  const { expression } = node.value;
  return { start, end, key, value: expression.type === "JSXEmptyExpression" ? set : cx.expression(expression, key) };
}

function attributeName(node: JSXAttributeName): string {
  return node.type === "JSXIdentifier" ? node.name : `${node.namespace.name}:${node.name.name}`;
}

function lowerChildren(cx: Lowering, nodes: readonly JSXChild[]): Expr[] {
  const children: Expr[] = [];
  for (const node of nodes) {
    const { start, end } = node;
    if (node.type === "JSXText") {
      const text = node.value.trim();
      if (text !== "") children.push({ kind: "literal", start, end, value: text });
    } else if (node.type === "JSXSpreadChild") {
      children.push({ kind: "spread", start, end, value: cx.expression(node.expression) });
    } else if (node.type === "JSXExpressionContainer") {
      if (node.expression.type !== "JSXEmptyExpression") children.push(cx.expression(node.expression));
    } else {
      children.push(cx.expression(node));
    }
  }
  return children;
}
