import type { Expr, Pattern, TemplateExpr } from "../../ir/nodes.ts";
import { bindAt, literalAt, memberAt, nameAt, opaqueAt } from "../tree-sitter/build.ts";
import { childrenOf, fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { lowerCall, lowerNew, qualified } from "./calls.ts";
import { lowerLambda, lowerMethodReference } from "./functions.ts";
import { lowerLiteral } from "./literals.ts";
import { nameOf, textOf, type Lowering } from "../jvm/lowering.ts";
import { lowerTest } from "./patterns.ts";
import { lowerSwitchExpression } from "./switch.ts";
import { isType } from "./types.ts";

/** Any expression; what is none is opaque, with the expressions in it. */
export function lowerExpression(lo: Lowering, node: SyntaxNode): Expr {
  return lowerLiteral(lo, node) ?? lowerSimple(lo, node) ?? lowerOperator(lo, node) ?? opaque(lo, node);
}

function lowerSimple(lo: Lowering, node: SyntaxNode): Expr | undefined {
  switch (node.type) {
    case "identifier":
      return nameOf(lo, node, textOf(lo, node));
    case "this":
    case "super":
      return nameAt(node, node.type);
    case "type_identifier":
    case "scoped_type_identifier":
      return nameAt(node, textOf(lo, node).replaceAll(/\s/g, ""));
    case "generic_type":
    case "parenthesized_expression":
      return node.children[0] && lo.expr(node.children[0]);
    case "field_access":
    case "scoped_identifier":
      return lowerField(lo, node);
    case "method_invocation":
    case "explicit_constructor_invocation":
      return lowerCall(lo, node);
    case "object_creation_expression":
      return lowerNew(lo, node);
    case "class_literal":
      return node.children[0] && memberAt(node, lo.expr(node.children[0]), "class");
    case "lambda_expression":
      return lowerLambda(lo, node);
    case "method_reference":
      return lowerMethodReference(lo, node);
    case "array_creation_expression":
      return lowerArray(lo, node);
    case "array_initializer":
    case "element_value_array_initializer":
      return { kind: "list", start: node.start, end: node.end, items: node.children.map(lo.expr) };
    case "switch_expression":
      return lowerSwitchExpression(lo, node);
    default:
      return undefined;
  }
}

function opaque(lo: Lowering, node: SyntaxNode): Expr {
  return opaqueAt(node, node.children.filter((child) => !isType(child)).map(lo.expr));
}

/** `a.b`, `Outer.this`, `com.shop.Users.LIMIT`. */
function lowerField(lo: Lowering, node: SyntaxNode): Expr | undefined {
  const object = fieldOf(node, "object") ?? fieldOf(node, "scope");
  const field = fieldOf(node, "field") ?? fieldOf(node, "name");
  if (object === undefined || field === undefined) return undefined;
  if (field.type === "this") return textOf(lo, object) === lo.classes.at(-1)?.short ? nameAt(node, "this") : lo.expr(object);
  return qualified(lo, node) ?? memberAt(node, lo.expr(object), textOf(lo, field));
}

function lowerArray(lo: Lowering, node: SyntaxNode): Expr {
  const { start, end } = node;
  const value = fieldOf(node, "value");
  if (value !== undefined) return { kind: "list", start, end, items: value.children.map(lo.expr) };
  return opaqueAt(
    node,
    childrenOf(node, "dimensions_expr").flatMap((one) => one.children.map(lo.expr)),
  );
}

function lowerOperator(lo: Lowering, node: SyntaxNode): Expr | undefined {
  const { start, end } = node;
  switch (node.type) {
    case "assignment_expression":
      return lowerAssignment(lo, node);
    case "update_expression": {
      const [operand] = node.children;
      return operand && assign(lo, node, operand, literalAt(node, 1), true);
    }
    case "binary_expression":
      return lowerBinary(lo, node);
    case "unary_expression": {
      const operand = fieldOf(node, "operand");
      if (operand === undefined) return undefined;
      return node.op === "!" ? { kind: "not", start, end, value: lo.expr(operand) } : signed(node, node.op, lo.expr(operand));
    }
    case "ternary_expression": {
      const [test, then, otherwise] = ["condition", "consequence", "alternative"].map((field) => fieldOf(node, field));
      if (!test || !then || !otherwise) return undefined;
      return { kind: "choice", start, end, test: lo.expr(test), then: lo.expr(then), otherwise: lo.expr(otherwise) };
    }
    case "cast_expression": {
      const value = fieldOf(node, "value");
      return value && lo.expr(value);
    }
    case "array_access": {
      const [array, index] = [fieldOf(node, "array"), fieldOf(node, "index")];
      return array && index && { kind: "member", start, end, object: lo.expr(array), property: null, index: lo.expr(index) };
    }
    case "instanceof_expression":
      return lowerTest(lo, node);
    default:
      return undefined;
  }
}

function signed(node: SyntaxNode, op: string, value: Expr): Expr {
  if (op === "-" && value.kind === "literal" && typeof value.value === "number") return literalAt(node, -value.value);
  return opaqueAt(node, [value]);
}

function lowerAssignment(lo: Lowering, node: SyntaxNode): Expr | undefined {
  const [left, right] = [fieldOf(node, "left"), fieldOf(node, "right")];
  return left && right && assign(lo, node, left, lo.expr(right), node.op !== "=");
}

function assign(lo: Lowering, at: SyntaxNode, left: SyntaxNode, value: Expr, update: boolean): Expr {
  const to = lo.expr(left);
  const { start, end } = at;
  if (to.kind !== "name" && to.kind !== "member") return opaqueAt(at, [to, value]);
  const target: Pattern | typeof to = to.kind === "name" ? bindAt(to, to.name) : to;
  return { kind: "assign", start, end, target: target as Pattern, value, ...(update && { update }) };
}

const LOGICAL: Readonly<Record<string, "and" | "or">> = { "&&": "and", "||": "or" };

function lowerBinary(lo: Lowering, node: SyntaxNode): Expr | undefined {
  const [left, right] = [fieldOf(node, "left"), fieldOf(node, "right")];
  if (!left || !right) return undefined;
  const { start, end, op } = node;
  const logical = LOGICAL[op];
  const [a, b] = [lo.expr(left), lo.expr(right)];
  if (logical !== undefined) return { kind: "logical", start, end, op: logical, left: a, right: b };
  return op === "+" && (isText(a) || isText(b)) ? joined(node, a, b) : { kind: "binary", start, end, op, left: a, right: b };
}

const isText = (expr: Expr): boolean => expr.kind === "template" || (expr.kind === "literal" && typeof expr.value === "string");

/** `"a" + b + "c"`: one text with holes, or one literal. */
function joined(at: SyntaxNode, left: Expr, right: Expr): Expr {
  const parts = [...partsOf(left), ...partsOf(right)].reduce<(string | Expr)[]>((all, part) => {
    const last = all.at(-1);
    if (typeof part === "string" && typeof last === "string") all[all.length - 1] = last + part;
    else all.push(part);
    return all;
  }, []);
  const [only] = parts;
  if (parts.length === 1 && typeof only === "string") return literalAt(at, only);
  return { kind: "template", start: at.start, end: at.end, parts };
}

function partsOf(expr: Expr): TemplateExpr["parts"] {
  if (expr.kind === "template") return expr.parts;
  return expr.kind === "literal" && typeof expr.value === "string" ? [expr.value] : [expr];
}
