import type {
  AssignmentExpression,
  BinaryExpression,
  Expression,
  LogicalExpression,
  PrivateInExpression,
  TemplateLiteral,
  UnaryExpression,
  UpdateExpression,
} from "oxc-parser";
import type { AssignExpr, Expr, LogicalExpr, MemberExpr, Pattern, Span } from "../../ir/nodes.ts";
import { exportAssigned } from "./commonjs.ts";
import type { Lowering } from "./lowering.ts";
import { plainText, privateName } from "./names.ts";
import { lowerTarget } from "./patterns.ts";

/** JavaScript's spellings of operators that the IR writes otherwise. */
const SPELLED: Readonly<Record<string, string>> = { "===": "==", "!==": "!=", instanceof: "is" };
const LOGICAL: Readonly<Record<string, LogicalExpr["op"]>> = {
  "&&": "and",
  "||": "or",
  "??": "default",
  "&&=": "and",
  "||=": "or",
  "??=": "default",
};

export function lowerLogical(cx: Lowering, node: LogicalExpression): Expr {
  const left = cx.expression(node.left);
  return { kind: "logical", start: node.start, end: node.end, op: LOGICAL[node.operator] ?? "and", left, right: cx.expression(node.right) };
}

export function lowerUnary(cx: Lowering, node: UnaryExpression): Expr {
  const { start, end } = node;
  const value = cx.expression(node.argument);
  if (node.operator === "!") return { kind: "not", start, end, value };
  if (value.kind === "literal") {
    if (node.operator === "-" && typeof value.value === "number") return { kind: "literal", start, end, value: -value.value };
    if (node.operator === "void") return { kind: "literal", start, end, value: null };
  }
  return { kind: "opaque", start, end, parts: [value] };
}

export function lowerBinary(cx: Lowering, node: BinaryExpression | PrivateInExpression): Expr {
  const { start, end } = node;
  if (node.left.type === "PrivateIdentifier") {
    const left: Expr = { kind: "literal", start: node.left.start, end: node.left.end, value: privateName(node.left) };
    return { kind: "binary", start, end, op: "in", left, right: cx.expression(node.right) };
  }
  if (node.operator === "+") return lowerSum(cx, node, node.left);
  const tested = typeTest(cx, node, node.left);
  if (tested !== undefined) return tested;
  const left = cx.expression(node.left);
  return { kind: "binary", start, end, op: SPELLED[node.operator] ?? node.operator, left, right: cx.expression(node.right) };
}

/** `typeof x === "string"` tests a type, like `x instanceof String`. */
function typeTest(cx: Lowering, node: BinaryExpression | PrivateInExpression, left: Expression): Expr | undefined {
  const op = SPELLED[node.operator] ?? node.operator;
  if ((op !== "==" && op !== "!=") || left.type !== "UnaryExpression" || left.operator !== "typeof") return undefined;
  const { start, end } = node;
  const test: Expr = { kind: "binary", start, end, op: "is", left: cx.expression(left.argument), right: cx.expression(node.right) };
  return op === "==" ? test : { kind: "not", start, end, value: test };
}

/** A chain of `+`, read in a loop because generated texts join thousands of strings; once a string takes part it is a template. */
function lowerSum(cx: Lowering, node: BinaryExpression | PrivateInExpression, first: Expression): Expr {
  const rights: { readonly node: Expression; readonly end: number }[] = [{ node: node.right, end: node.end }];
  let left = first;
  while (left.type === "BinaryExpression" && left.operator === "+") {
    rights.push({ node: left.right, end: left.end });
    left = left.left;
  }
  let sum = cx.expression(left);
  let text = isText(sum) ? partsOf(sum) : null;
  for (const right of rights.reverse()) {
    const value = cx.expression(right.node);
    if (text !== null) text.push(...partsOf(value));
    else if (isText(value)) text = [sum, ...partsOf(value)];
    else sum = { kind: "binary", start: node.start, end: right.end, op: "+", left: sum, right: value };
  }
  return text === null ? sum : { kind: "template", start: node.start, end: node.end, parts: text };
}

function isText(expr: Expr): boolean {
  return expr.kind === "template" || (expr.kind === "literal" && typeof expr.value === "string");
}

function partsOf(expr: Expr): (string | Expr)[] {
  if (expr.kind === "template") return [...expr.parts];
  return [expr.kind === "literal" ? String(expr.value) : expr];
}

export function lowerTemplate(cx: Lowering, node: TemplateLiteral): Expr {
  const { start, end } = node;
  const plain = plainText(node);
  if (plain !== null) return { kind: "literal", start, end, value: plain };
  const parts: (string | Expr)[] = [];
  node.quasis.forEach((quasi, index) => {
    const text = quasi.value.cooked ?? quasi.value.raw;
    if (text !== "") parts.push(text);
    const hole = node.expressions[index];
    if (hole) parts.push(cx.expression(hole));
  });
  return { kind: "template", start, end, parts };
}

export function lowerAssignment(cx: Lowering, node: AssignmentExpression): AssignExpr {
  const { start, end } = node;
  const target = lowerTarget(cx, node.left);
  const value = cx.expression(node.right, targetName(target));
  if (target.kind === "member") exportAssigned(cx, target, value, node);
  const op = LOGICAL[node.operator];
  if (op !== undefined) {
    return { kind: "assign", start, end, target, value: { kind: "logical", start, end, op, left: oldValue(target), right: value } };
  }
  return { kind: "assign", start, end, target, value, update: node.operator === "=" ? undefined : true };
}

export function lowerUpdate(cx: Lowering, node: UpdateExpression): AssignExpr {
  const { start, end } = node;
  return {
    kind: "assign",
    start,
    end,
    target: lowerTarget(cx, node.argument),
    value: { kind: "literal", start, end, value: 1 },
    update: true,
  };
}

/** What `x.prototype.login = function…` or `login = () => …` calls the function. */
function targetName(target: Pattern | MemberExpr): string | undefined {
  if (target.kind === "bind") return target.name;
  if (target.kind !== "member") return undefined;
  const whole = target.property === "exports" && target.object.kind === "name" && target.object.name === "module";
  return whole ? "default" : (target.property ?? undefined);
}

function oldValue(target: Pattern | MemberExpr): Expr {
  const span: Span = { start: target.start, end: target.end };
  if (target.kind === "member") return target;
  return target.kind === "bind" ? { kind: "name", ...span, name: target.name } : { kind: "opaque", ...span, parts: [] };
}
