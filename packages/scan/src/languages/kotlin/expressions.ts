import type { Expr, Pattern, TemplateExpr } from "../../ir/nodes.ts";
import { methodOf, nameOf, textOf, thisAt } from "../jvm/lowering.ts";
import { bindAt, blockExpr, callAt, literalAt, memberAt, nameAt, opaqueAt } from "../tree-sitter/build.ts";
import { childOf, fieldOf, hasToken, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { lowerCall } from "./calls.ts";
import { lowerAnonymousFunction, lowerLambda } from "./functions.ts";
import type { Lowering } from "./lowering.ts";
import { lowerEnding, lowerStatement } from "./statements.ts";
import { lowerLiteral } from "./text.ts";
import { isType, typeRef } from "./types.ts";

/** Any expression; what is none is opaque, with the expressions in it. */
export function lowerExpression(lo: Lowering, node: SyntaxNode): Expr {
  return lowerLiteral(lo, node) ?? lowerControl(lo, node) ?? lowerSimple(lo, node) ?? lowerOperator(lo, node) ?? opaque(lo, node);
}

function opaque(lo: Lowering, node: SyntaxNode): Expr {
  return opaqueAt(node, node.children.filter((child) => !isType(child) && child.field !== "label").map(lo.expr));
}

const CONTROL: ReadonlySet<string> = new Set(["if_expression", "when_expression", "try_expression"]);

/** Statements in the place of an expression: `x ?: return`, `val a = if (b) c else d`. */
function lowerControl(lo: Lowering, node: SyntaxNode): Expr | undefined {
  if (CONTROL.has(node.type)) return blockExpr(node, lowerStatement(lo, node, "yield"));
  const ending = lowerEnding(lo, node);
  return ending && blockExpr(node, ending);
}

function lowerSimple(lo: Lowering, node: SyntaxNode): Expr | undefined {
  const [first] = node.children;
  switch (node.type) {
    case "identifier":
      return nameOf(lo, node, textOf(lo, node));
    case "this_expression":
      return first === undefined || textOf(lo, first) === lo.classes.at(-1)?.short ? nameAt(node, "this") : nameAt(node, textOf(lo, first));
    case "super_expression":
      return nameAt(node, "super");
    case "navigation_expression":
      return lowerNavigation(lo, node);
    case "call_expression":
      return lowerCall(lo, node);
    case "lambda_literal":
      return lowerLambda(lo, node);
    case "annotated_lambda":
      return lo.expr(childOf(node, "lambda_literal") ?? first ?? node);
    case "anonymous_function":
      return lowerAnonymousFunction(lo, node);
    case "object_literal":
      return lowerObject(lo, node);
    case "parenthesized_expression":
      return first && lo.expr(first);
    case "collection_literal":
      return { kind: "list", start: node.start, end: node.end, items: node.children.map(lo.expr) };
    case "as_expression": {
      const value = fieldOf(node, "left") ?? first;
      return value && lo.expr(value);
    }
    case "index_expression": {
      const [object, index] = node.children;
      return (
        object && {
          kind: "member",
          start: node.start,
          end: node.end,
          object: lo.expr(object),
          property: null,
          ...(index && { index: lo.expr(index) }),
        }
      );
    }
    case "callable_reference": {
      const name = node.children.at(-1);
      return (
        name &&
        (first === name
          ? nameOf(lo, name, textOf(lo, name))
          : memberAt(node, first === undefined ? thisAt(node) : lo.expr(first), textOf(lo, name)))
      );
    }
    default:
      return undefined;
  }
}

/** `a.b`, `a?.b`, `a::b`, `User::class`. */
function lowerNavigation(lo: Lowering, node: SyntaxNode): Expr | undefined {
  const [object, name] = [node.children[0], node.children.at(-1)];
  if (object === undefined || name === undefined || name === object) return undefined;
  const text = textOf(lo, name);
  const path = textOf(lo, node);
  if (/^(?:[a-z_]\w*\.)+[A-Z]\w*$/.test(path) && !isKnown(lo, object, path)) return nameAt(node, path);
  return { ...memberAt(node, lo.expr(object), text), ...(hasToken(node, "?.") && { optional: true }) };
}

function isKnown(lo: Lowering, at: SyntaxNode, path: string): boolean {
  const root = path.slice(0, path.indexOf("."));
  return lo.locals.some((names) => names.has(root)) || nameOf(lo, at, root).kind === "member";
}

function lowerObject(lo: Lowering, node: SyntaxNode): Expr {
  const parent = childOf(childOf(node, "delegation_specifiers") ?? node, "delegation_specifier");
  const body = childOf(node, "class_body");
  if (body === undefined) return opaqueAt(node, []);
  const container = lo.anonymous(parent ?? body, body);
  return callAt(node, { kind: "container", start: container.start, end: container.end, container }, [], true);
}

const LOGICAL: Readonly<Record<string, "and" | "or" | "default">> = { "&&": "and", "||": "or", "?:": "default" };
const COMPARING: Readonly<Record<string, string>> = { "===": "==", "!==": "!=" };

function lowerOperator(lo: Lowering, node: SyntaxNode): Expr | undefined {
  const { start, end, op } = node;
  const [left, right] = [fieldOf(node, "left") ?? node.children[0], fieldOf(node, "right") ?? node.children[1]];
  switch (node.type) {
    case "binary_expression": {
      if (left === undefined || right === undefined) return undefined;
      // The grammar reads `receive<Login> { … }` as two comparisons.
      if (op === ">" && left.op === "<" && right.type === "lambda_literal" && left.children[0] !== undefined)
        return callAt(node, calleeAt(lo, left.children[0]), [lo.expr(right)]);
      const logical = LOGICAL[op];
      const [a, b] = [lo.expr(left), lo.expr(right)];
      if (logical !== undefined) return { kind: "logical", start, end, op: logical, left: a, right: b };
      return op === "+" && (isText(a) || isText(b))
        ? joined(node, a, b)
        : { kind: "binary", start, end, op: COMPARING[op] ?? op, left: a, right: b };
    }
    case "assignment":
      return left && right && assign(lo, node, left, lo.expr(right), op !== "=");
    case "unary_expression":
      return lowerUnary(lo, node);
    case "is_expression": {
      const type = typeRef(node.children.find(isType), lo);
      if (left === undefined || type === undefined) return undefined;
      const test: Expr = { kind: "binary", start, end, op: "is", left: lo.expr(left), right: nameAt({ start: end, end }, type.name) };
      return hasToken(node, "!is") ? { kind: "not", start, end, value: test } : test;
    }
    case "in_expression": {
      if (left === undefined || right === undefined) return undefined;
      const test: Expr = { kind: "binary", start, end, op: "in", left: lo.expr(left), right: lo.expr(right) };
      return hasToken(node, "!in") ? { kind: "not", start, end, value: test } : test;
    }
    case "infix_expression":
      return lowerInfix(lo, node);
    default:
      return undefined;
  }
}

function calleeAt(lo: Lowering, node: SyntaxNode): Expr {
  return node.type === "identifier" ? methodOf(lo, node, textOf(lo, node)) : lo.expr(node);
}

function lowerUnary(lo: Lowering, node: SyntaxNode): Expr | undefined {
  const operand = fieldOf(node, "argument") ?? node.children[0];
  if (operand === undefined) return undefined;
  const { start, end, op } = node;
  if (op === "++" || op === "--") return assign(lo, node, operand, literalAt(node, 1), true);
  const value = lo.expr(operand);
  if (op === "!!") return value;
  if (op === "!") return { kind: "not", start, end, value };
  return op === "-" && value.kind === "literal" && typeof value.value === "number"
    ? literalAt(node, -value.value)
    : opaqueAt(node, [value]);
}

/** `a to b` is a pair; any other word is a method. */
function lowerInfix(lo: Lowering, node: SyntaxNode): Expr | undefined {
  const [left, name, right] = node.children;
  if (left === undefined || name === undefined || right === undefined) return undefined;
  const { start, end } = node;
  const word = textOf(lo, name);
  if (word === "to") return { kind: "list", start, end, items: [lo.expr(left), lo.expr(right)], tuple: true };
  return callAt(node, memberAt({ start, end: name.end }, lo.expr(left), word), [lo.expr(right)]);
}

function assign(lo: Lowering, at: SyntaxNode, left: SyntaxNode, value: Expr, update: boolean): Expr {
  const to = lo.expr(left);
  const { start, end } = at;
  if (to.kind !== "name" && to.kind !== "member") return opaqueAt(at, [to, value]);
  const target: Pattern | typeof to = to.kind === "name" ? bindAt(to, to.name) : to;
  return { kind: "assign", start, end, target: target as Pattern, value, ...(update && { update }) };
}

const isText = (expr: Expr): boolean => expr.kind === "template" || (expr.kind === "literal" && typeof expr.value === "string");

function joined(at: SyntaxNode, left: Expr, right: Expr): Expr {
  const parts: TemplateExpr["parts"] = [left, right].flatMap((side): TemplateExpr["parts"] =>
    side.kind === "template" ? side.parts : side.kind === "literal" && typeof side.value === "string" ? [side.value] : [side],
  );
  return parts.every((part) => typeof part === "string")
    ? literalAt(at, parts.join(""))
    : { kind: "template", start: at.start, end: at.end, parts };
}
