import type { Expr } from "../../ir/nodes.ts";
import { lowerAttribute } from "./attributes.ts";
import { callForm } from "./calls.ts";
import { lowerParentheses } from "./control.ts";
import { lowerAnonymous, lowerCapture } from "./functions.ts";
import { lowerAccess, lowerCall, lowerDot, lowerPipe } from "./invoke.ts";
import type { Lowering } from "./lowering.ts";
import { nameAt, nilAt, opaqueAt, symbolAt, textOf } from "./lowering.ts";
import { moduleName } from "./modules.ts";
import { sidesOf } from "./syntax.ts";
import type { SyntaxNode } from "./syntax.ts";
import { joinText, lowerSigil, lowerText } from "./text.ts";
import { lowerList, lowerMap, lowerTuple, recordOf } from "./values.ts";

type Lower = (lo: Lowering, node: SyntaxNode) => Expr;

const BY_TYPE: Readonly<Record<string, Lower>> = {
  identifier: lowerIdentifier,
  alias: (lo, node) => nameAt(node, moduleName(lo, node) ?? textOf(lo, node)),
  atom: (lo, node) => symbolAt(node, textOf(lo, node).slice(1)),
  quoted_atom: lowerText,
  string: lowerText,
  charlist: lowerText,
  sigil: lowerSigil,
  integer: lowerNumber,
  float: lowerNumber,
  char: lowerChar,
  boolean: (lo, node) => literal(node, textOf(lo, node) === "true"),
  nil: (_, node) => nilAt(node),
  list: lowerList,
  tuple: lowerTuple,
  map: lowerMap,
  keywords: (lo, node) => recordOf(lo, node.children),
  bitstring: lowerParts,
  call: lowerCallNode,
  dot: lowerDot,
  access_call: lowerAccess,
  anonymous_function: lowerAnonymous,
  block: (lo, node) => (node.children[0]?.type === "stab_clause" ? opaqueAt(node, []) : lowerParentheses(lo, node)),
  binary_operator: lowerBinary,
  unary_operator: lowerUnary,
};

/** Operators whose spelling the IR shares or renames; `in` and the short-circuit ones are apart. */
const RENAMED: Readonly<Record<string, string>> = { "===": "==", "!==": "!=" };
const LOGICAL: Readonly<Record<string, "and" | "or">> = {
  and: "and",
  "&&": "and",
  or: "or",
  "||": "or",
};
/** Ranges, and what is part of other syntax: nobody follows their value. */
const WITHOUT_VALUE = new Set(["..", "//", "=>", "\\\\", "->", "|"]);
/** What the right side says of the left one is a condition or a type: the value is the left one. */
const REMARKS = new Set(["when", "::"]);
/** `<-` outside of `with` and `for` belongs to a macro that binds as these do. */
const BINDS = new Set(["=", "<-"]);

/** Every expression that is no special form. What has no meaning here is opaque, its parts kept. */
export function lowerExpression(lo: Lowering, node: SyntaxNode): Expr {
  return BY_TYPE[node.type]?.(lo, node) ?? opaqueAt(node, []);
}

function lowerParts(lo: Lowering, node: SyntaxNode): Expr {
  return opaqueAt(
    node,
    node.children.map((child) => lo.expr(child)),
  );
}

function literal(node: SyntaxNode, value: string | number | boolean): Expr {
  return { kind: "literal", start: node.start, end: node.end, value };
}

function lowerIdentifier(lo: Lowering, node: SyntaxNode): Expr {
  const name = textOf(lo, node);
  return name === "..." ? opaqueAt(node, []) : nameAt(node, moduleName(lo, node) ?? name);
}

function lowerNumber(lo: Lowering, node: SyntaxNode): Expr {
  return literal(node, Number(textOf(lo, node).replaceAll("_", "")));
}

/** `?a` is the number of the character. */
function lowerChar(lo: Lowering, node: SyntaxNode): Expr {
  return literal(node, textOf(lo, node).slice(1).codePointAt(0) ?? 0);
}

function lowerCallNode(lo: Lowering, node: SyntaxNode): Expr {
  const form = callForm(lo, node);
  return form ? lowerCall(lo, form) : opaqueAt(node, []);
}

function lowerBinary(lo: Lowering, node: SyntaxNode): Expr {
  const { op, start, end } = node;
  if (op === "|>") return lowerPipe(lo, node);
  const [left, right] = sidesOf(node);
  if (!left || !right || WITHOUT_VALUE.has(op)) return lowerParts(lo, node);
  if (REMARKS.has(op)) return lo.expr(left);
  if (BINDS.has(op)) return { kind: "assign", start, end, target: lo.pattern(left), value: lo.expr(right) };
  const sides = { start, end, left: lo.expr(left), right: lo.expr(right) };
  const logical = LOGICAL[op];
  if (logical) return { kind: "logical", op: logical, ...sides };
  if (op === "<>") return joinText(node, sides.left, sides.right);
  if (op === "not in") return { kind: "not", start, end, value: { kind: "binary", op: "in", ...sides } };
  return { kind: "binary", op: RENAMED[op] ?? op, ...sides };
}

function negative(node: SyntaxNode, value: Expr): Expr {
  if (value.kind === "literal" && typeof value.value === "number") return literal(node, -value.value);
  return {
    kind: "binary",
    start: node.start,
    end: node.end,
    op: "-",
    left: literal(node, 0),
    right: value,
  };
}

function lowerUnary(lo: Lowering, node: SyntaxNode): Expr {
  const [operand] = node.children;
  const { op, start, end } = node;
  if (!operand) return opaqueAt(node, []);
  if (op === "&") return lowerCapture(lo, node);
  if (op === "@") return lowerAttribute(lo, node);
  const value = lo.expr(operand);
  if (op === "!" || op === "not") return { kind: "not", start, end, value };
  if (op === "-") return negative(node, value);
  return op === "+" || op === "^" ? value : opaqueAt(node, [value]);
}
