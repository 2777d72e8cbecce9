import type { Expr, Pattern, TemplateExpr } from "../../ir/nodes.ts";
import { bindAt, blockExpr, literalAt, nameAt, opaqueAt } from "../tree-sitter/build.ts";
import { childrenOf, fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { argsIn, lowerArgument, lowerDeclaration } from "./arguments.ts";
import { lowerCall, lowerConditional, lowerElement, lowerMember } from "./calls.ts";
import { lowerAnonymous, lowerInitializer, lowerNew, lowerWith } from "./creations.ts";
import { lowerLambda } from "./functions.ts";
import { lowerLiteral } from "./literals.ts";
import { declare, nameOf, textOf, type Lowering } from "./lowering.ts";
import { lowerTest } from "./patterns.ts";
import { lowerSwitchExpression } from "./switch.ts";
import { isType, typeName } from "./types.ts";

/** Any expression; what is none is opaque, with the expressions in it. */
export function lowerExpression(lo: Lowering, node: SyntaxNode): Expr {
  return lowerLiteral(lo, node) ?? lowerSimple(lo, node) ?? lowerOperator(lo, node) ?? opaque(lo, node);
}

function lowerSimple(lo: Lowering, node: SyntaxNode): Expr | undefined {
  const [first] = node.children;
  switch (node.type) {
    case "identifier":
      return nameOf(lo, node, textOf(lo, node));
    case "this":
      return nameAt(node, "this");
    case "base":
      return nameAt(node, "super");
    case "generic_name":
    case "qualified_name":
    case "predefined_type":
      return nameAt(node, typeName(lo, node));
    case "parenthesized_expression":
    case "checked_expression":
    case "ref_expression":
      return first && lo.expr(first);
    case "member_access_expression":
      return lowerMember(lo, node);
    case "conditional_access_expression":
      return lowerConditional(lo, node);
    case "element_access_expression":
      return lowerElement(lo, node);
    case "invocation_expression":
      return lowerCall(lo, node);
    case "lambda_expression":
    case "anonymous_method_expression":
      return lowerLambda(lo, node);
    case "typeof_expression": {
      const type = fieldOf(node, "type");
      return type && nameAt(type, typeName(lo, type));
    }
    case "switch_expression":
      return lowerSwitchExpression(lo, node);
    case "argument":
      return lowerArgument(lo, node);
    case "declaration_expression":
      return lowerDeclaration(lo, node);
    default:
      return lowerMade(lo, node);
  }
}

function lowerMade(lo: Lowering, node: SyntaxNode): Expr | undefined {
  const { start, end } = node;
  switch (node.type) {
    case "object_creation_expression":
    case "implicit_object_creation_expression":
      return lowerNew(lo, node);
    case "anonymous_object_creation_expression":
      return lowerAnonymous(lo, node);
    case "with_expression":
      return lowerWith(lo, node);
    case "initializer_expression":
      return lowerInitializer(lo, node);
    case "array_creation_expression":
    case "implicit_array_creation_expression": {
      const items = node.children
        .filter((child) => child.type === "initializer_expression")
        .flatMap((child) => child.children.map(lo.expr));
      return { kind: "list", start, end, items };
    }
    case "tuple_expression":
      return { kind: "list", start, end, items: childrenOf(node, "argument").map((one) => lowerArgument(lo, one)), tuple: true };
    // The grammar reads `[1, ..rest]` as an index of nothing.
    case "element_binding_expression":
    case "collection_expression":
      return {
        kind: "list",
        start,
        end,
        items: node.type === "element_binding_expression" ? argsIn(lo, node) : node.children.map(lo.expr),
      };
    default:
      return undefined;
  }
}

function opaque(lo: Lowering, node: SyntaxNode): Expr {
  return opaqueAt(node, node.children.filter((child) => !isType(child)).map(lo.expr));
}

function lowerOperator(lo: Lowering, node: SyntaxNode): Expr | undefined {
  const { start, end } = node;
  const [first] = node.children;
  switch (node.type) {
    case "assignment_expression":
      return lowerAssignment(lo, node);
    case "await_expression":
      return first && { kind: "await", start, end, value: lo.expr(first) };
    case "binary_expression":
      return lowerBinary(lo, node);
    case "prefix_unary_expression":
    case "postfix_unary_expression":
      return first && lowerUnary(lo, node, first);
    case "conditional_expression": {
      const [test, then, otherwise] = ["condition", "consequence", "alternative"].map((field) => fieldOf(node, field));
      if (!test || !then || !otherwise) return undefined;
      return { kind: "choice", start, end, test: lo.expr(test), then: lo.expr(then), otherwise: lo.expr(otherwise) };
    }
    case "cast_expression": {
      const value = fieldOf(node, "value");
      return value && lo.expr(value);
    }
    case "as_expression": {
      const value = fieldOf(node, "left");
      return value && lo.expr(value);
    }
    case "is_expression": {
      const [left, right] = [fieldOf(node, "left"), fieldOf(node, "right")];
      return left && right && { kind: "binary", start, end, op: "is", left: lo.expr(left), right: nameAt(right, typeName(lo, right)) };
    }
    case "is_pattern_expression":
      return lowerTest(lo, node);
    case "throw_expression":
      return blockExpr(node, [{ kind: "throw", start, end, value: first === undefined ? null : lo.expr(first) }]);
    default:
      return undefined;
  }
}

function lowerUnary(lo: Lowering, node: SyntaxNode, operand: SyntaxNode): Expr {
  const { start, end, op } = node;
  const isPrefix = node.type === "prefix_unary_expression";
  if (op === "++" || op === "--") return assign(lo, node, operand, literalAt(node, 1), true);
  const value = lo.expr(operand);
  // `user!` only calms the compiler.
  if (op === "!") return isPrefix ? { kind: "not", start, end, value } : value;
  if (op === "-" && value.kind === "literal" && typeof value.value === "number") return literalAt(node, -value.value);
  return opaqueAt(node, [value]);
}

function lowerAssignment(lo: Lowering, node: SyntaxNode): Expr | undefined {
  const [left, right] = [fieldOf(node, "left"), fieldOf(node, "right")];
  if (left === undefined || right === undefined) return undefined;
  const value = lo.expr(right);
  if (textOf(lo, left) === "_") return value;
  if (node.op !== "??=") return assign(lo, node, left, value, node.op !== "=");
  const { start, end } = node;
  return assign(lo, node, left, { kind: "logical", start, end, op: "default", left: lo.expr(left), right: value }, false);
}

function assign(lo: Lowering, at: SyntaxNode, left: SyntaxNode, value: Expr, update: boolean): Expr {
  const { start, end } = at;
  if (left.type === "tuple_expression") return { kind: "assign", start, end, target: tupleTarget(lo, left), value };
  const to = lo.expr(left);
  if (to.kind !== "name" && to.kind !== "member") return opaqueAt(at, [to, value]);
  const target = to.kind === "name" ? bindAt(to, to.name) : to;
  return { kind: "assign", start, end, target, value, ...(update && { update }) };
}

/** `(a, var b) = f()`: both are names from here on. */
function tupleTarget(lo: Lowering, node: SyntaxNode): Pattern {
  const items = childrenOf(node, "argument").map((one): Pattern => {
    const value = one.children.at(-1) ?? one;
    const name = value.type === "declaration_expression" ? (fieldOf(value, "name") ?? value) : value;
    const local = textOf(lo, name);
    if (local === "_" || !/^[\p{L}_@][\w]*$/u.test(local)) return { kind: "anyPattern", start: name.start, end: name.end };
    declare(lo, local);
    return bindAt(name, local);
  });
  return { kind: "listPattern", start: node.start, end: node.end, items, tuple: true };
}

const LOGICAL: Readonly<Record<string, "and" | "or" | "default">> = { "&&": "and", "||": "or", "??": "default" };

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
