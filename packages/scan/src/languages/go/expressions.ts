import type { Expr, RecordEntry, Span } from "../../ir/nodes.ts";
import { callAt, literalAt, memberAt, nameAt, nilAt, opaqueAt } from "../tree-sitter/build.ts";
import { fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { lowerCall } from "./calls.ts";
import { constantOf } from "./constants.ts";
import { lowerClosure } from "./declarations.ts";
import { textOf, type Lowering } from "./lowering.ts";
import { joined, stringOf } from "./text.ts";
import { typeOf } from "./types.ts";

const LOGICAL: Readonly<Record<string, "and" | "or">> = { "&&": "and", "||": "or" };

export function lowerExpr(cx: Lowering, node: SyntaxNode): Expr {
  switch (node.type) {
    case "identifier":
    case "type_identifier":
    case "package_identifier":
      return lowerName(cx, node);
    case "interpreted_string_literal":
    case "raw_string_literal":
      return literalAt(node, stringOf(cx, node));
    case "int_literal":
    case "float_literal":
      return literalAt(node, numberOf(textOf(cx, node)));
    case "rune_literal":
      return literalAt(node, textOf(cx, node).slice(1, -1));
    case "true":
    case "false":
      return literalAt(node, node.type === "true");
    case "nil":
      return nilAt(node);
    case "selector_expression":
      return lowerSelector(cx, node);
    case "index_expression":
      return lowerIndex(cx, node);
    case "call_expression":
      return lowerCall(cx, node);
    case "type_conversion_expression":
      return lowerConversion(cx, node);
    case "composite_literal":
      return lowerComposite(cx, node);
    case "literal_value":
      return lowerValues(cx, node);
    case "func_literal":
      return lowerClosure(cx, node);
    case "unary_expression":
      return lowerUnary(cx, node);
    case "binary_expression":
      return lowerBinary(cx, node);
    case "variadic_argument":
      return { kind: "spread", value: partOf(cx, node), start: node.start, end: node.end };
    // The type decides nothing here, nor do parentheses.
    case "parenthesized_expression":
    case "type_assertion_expression":
    case "type_instantiation_expression":
    case "literal_element":
      return partOf(cx, node);
    default:
      return opaqueAt(
        node,
        node.children.filter(isExpression).map((child) => cx.expr(child)),
      );
  }
}

const isExpression = ({ type }: SyntaxNode): boolean => !/_type$|^type_|^qualified_type$|^label_name$|^(?:ERROR|dot)$/.test(type);

function partOf(cx: Lowering, node: SyntaxNode): Expr {
  const inner = node.children[0];
  return inner === undefined ? opaqueAt(node, []) : cx.expr(inner);
}

function numberOf(text: string): number {
  const plain = text.replaceAll("_", "");
  return /^0[0-7]+$/.test(plain) ? Number.parseInt(plain, 8) : Number(plain);
}

function lowerName(cx: Lowering, node: SyntaxNode): Expr {
  const name = textOf(cx, node);
  if (name === "iota") return opaqueAt(node, []);
  return nameAt(node, name === cx.scope.receiver && name !== "" ? "this" : name);
}

function lowerSelector(cx: Lowering, node: SyntaxNode): Expr {
  const operand = fieldOf(node, "operand");
  const field = fieldOf(node, "field");
  if (operand === undefined || field === undefined) return opaqueAt(node, []);
  const name = textOf(cx, field);
  const constant = operand.type === "identifier" ? constantOf(cx, textOf(cx, operand), name) : undefined;
  return constant === undefined ? memberAt(node, cx.expr(operand), name) : literalAt(node, constant);
}

/** `m["key"]` is a member; an index that is no text is computed. */
function lowerIndex(cx: Lowering, node: SyntaxNode): Expr {
  const [operand, index] = node.children;
  if (operand === undefined || index === undefined) return partOf(cx, node);
  const object = cx.expr(operand);
  const key = cx.expr(index);
  if (key.kind === "literal" && typeof key.value === "string") return memberAt(node, object, key.value);
  return { kind: "member", object, property: null, index: key, start: node.start, end: node.end };
}

/** `[]byte(x)` is `x`; `T(x)` of a name looks like a call, and is one where the name is a function with type arguments. */
function lowerConversion(cx: Lowering, node: SyntaxNode): Expr {
  const type = fieldOf(node, "type");
  const operand = fieldOf(node, "operand");
  if (operand === undefined) return opaqueAt(node, []);
  const callee = type?.type === "generic_type" ? fieldOf(type, "type") : undefined;
  if (callee === undefined) return cx.expr(operand);
  return callAt(node, typeExpr(cx, callee), [cx.expr(operand)]);
}

/** A type in the place of a value: `pkg.T` is a member of the package. */
function typeExpr(cx: Lowering, node: SyntaxNode): Expr {
  const [pkg, name] = node.children;
  if (node.type !== "qualified_type" || pkg === undefined || name === undefined) return nameAt(node, typeOf(cx, node)?.name ?? "");
  return memberAt(node, nameAt(pkg, textOf(cx, pkg)), textOf(cx, name));
}

/** A struct is created with its fields as one record; maps are records, slices lists. */
function lowerComposite(cx: Lowering, node: SyntaxNode): Expr {
  const type = fieldOf(node, "type");
  const body = fieldOf(node, "body");
  const value = body === undefined ? opaqueAt(node, []) : lowerValues(cx, body, node);
  const isNamed = type !== undefined && /^(?:type_identifier|qualified_type|generic_type)$/.test(type.type);
  if (!isNamed || isMap(body)) {
    const empty = value.kind === "list" && value.items.length === 0 && type?.type === "map_type";
    return empty ? { kind: "record", entries: [], start: node.start, end: node.end } : value;
  }
  const name = type.type === "generic_type" ? (fieldOf(type, "type") ?? type) : type;
  const args = value.kind === "list" ? value.items : [value];
  return callAt(node, typeExpr(cx, name), args, true);
}

/** Keys that are no names are those of a map, whatever the type is called: `gin.H{"error": …}`. */
function isMap(body: SyntaxNode | undefined): boolean {
  const [first] = body?.children ?? [];
  const key = first?.type === "keyed_element" ? first.children[0]?.children[0] : undefined;
  return key !== undefined && key.type !== "identifier";
}

function lowerValues(cx: Lowering, body: SyntaxNode, at: Span = body): Expr {
  const { start, end } = at;
  const keyed = body.children.some((child) => child.type === "keyed_element");
  if (!keyed) return { kind: "list", items: body.children.map((child) => cx.expr(child)), start, end };
  const entries = body.children.map((child): RecordEntry => {
    const [key, value] = child.children;
    const span = { start: child.start, end: child.end };
    if (child.type !== "keyed_element" || key === undefined || value === undefined) return { key: null, value: cx.expr(child), ...span };
    return { key: keyOf(cx, key), value: cx.expr(value), ...span };
  });
  return { kind: "record", entries, start, end };
}

function keyOf(cx: Lowering, element: SyntaxNode): string | null {
  const [key] = element.children;
  if (key?.type === "identifier") return textOf(cx, key);
  const value = key === undefined ? undefined : cx.expr(key);
  return value?.kind === "literal" && typeof value.value === "string" ? value.value : null;
}

/** `&x`, `*x` are `x`; `<-ch` waits. */
function lowerUnary(cx: Lowering, node: SyntaxNode): Expr {
  const operand = fieldOf(node, "operand");
  const value = operand === undefined ? opaqueAt(node, []) : cx.expr(operand);
  const { start, end } = node;
  switch (node.op) {
    case "!":
      return { kind: "not", value, start, end };
    case "<-":
      return { kind: "await", value, start, end };
    case "&":
    case "*":
    case "+":
      return value;
    case "-":
      return value.kind === "literal" && typeof value.value === "number" ? literalAt(node, -value.value) : opaqueAt(node, [value]);
    default:
      return opaqueAt(node, [value]);
  }
}

/** A chain is read in a loop: generated texts join thousands of strings. */
function lowerBinary(cx: Lowering, node: SyntaxNode): Expr {
  const chain: SyntaxNode[] = [];
  let first = node;
  while (first.type === "binary_expression") {
    chain.push(first);
    const left = fieldOf(first, "left");
    if (left === undefined) return opaqueAt(node, []);
    first = left;
  }
  let left = cx.expr(first);
  for (const step of chain.reverse()) {
    const right = fieldOf(step, "right");
    if (right !== undefined) left = operation(step, left, cx.expr(right));
  }
  return left;
}

function operation(node: SyntaxNode, left: Expr, right: Expr): Expr {
  const { start, end, op } = node;
  const logical = LOGICAL[op];
  if (logical !== undefined) return { kind: "logical", op: logical, left, right, start, end };
  if (op === "+") return joined(node, left, right) ?? { kind: "binary", op, left, right, start, end };
  if ((op === "==" || op === "!=") && right.kind === "literal" && right.value === null && left.kind === "call")
    return { kind: "binary", op, left: { ...left, fails: 1 }, right, start, end };
  return { kind: "binary", op, left, right, start, end };
}
