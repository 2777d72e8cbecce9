import type { Expr } from "../../ir/nodes.ts";
import { blockExpr, literalAt, nameAt, nilAt, opaqueAt } from "../tree-sitter/build.ts";
import type { SyntaxNode } from "../tree-sitter/syntax.ts";
import { lowerArray } from "./arrays.ts";
import { lowerAssignment, lowerIncrement, lowerUpdated } from "./assignments.ts";
import { lowerCall, lowerClassConstant, lowerConstant, lowerCreation, lowerMember, lowerMemberCall, lowerWord } from "./calls.ts";
import { lowerClosure } from "./closures.ts";
import { textOf, variableOf, type Lowering } from "./lowering.ts";
import { nameOf } from "./names.ts";
import { lowerBinary, lowerConditional, lowerUnary } from "./operators.ts";
import { lowerString } from "./strings.ts";
import { lowerMatch } from "./switch.ts";

/** One case a node type of tree-sitter-php. */
export function lowerExpression(lo: Lowering, node: SyntaxNode): Expr {
  const { start, end } = node;
  const [first] = node.children;
  switch (node.type) {
    case "variable_name":
      return nameAt(node, variableOf(lo, node));
    case "name":
    case "qualified_name":
    case "relative_name":
      return lowerConstant(lo, node);
    case "relative_scope":
      return nameAt(node, nameOf(lo, node));
    case "function_call_expression":
      return lowerCall(lo, node);
    case "member_call_expression":
    case "nullsafe_member_call_expression":
    case "scoped_call_expression":
      return lowerMemberCall(lo, node);
    case "member_access_expression":
    case "nullsafe_member_access_expression":
    case "scoped_property_access_expression":
      return lowerMember(lo, node);
    case "class_constant_access_expression":
      return lowerClassConstant(lo, node);
    case "object_creation_expression":
      return lowerCreation(lo, node);
    case "subscript_expression":
      return lowerSubscript(lo, node);
    case "string":
    case "encapsed_string":
    case "heredoc":
    case "nowdoc":
      return lowerString(lo, node);
    case "integer":
      return literalAt(node, numberOf(textOf(lo, node)));
    case "float":
      return literalAt(node, Number.parseFloat(textOf(lo, node).replaceAll("_", "")) || 0);
    case "boolean":
      return literalAt(node, /^true$/i.test(textOf(lo, node)));
    case "null":
      return nilAt(node);
    case "array_creation_expression":
      return lowerArray(lo, node);
    case "assignment_expression":
    case "reference_assignment_expression":
      return lowerAssignment(lo, node);
    case "augmented_assignment_expression":
      return lowerUpdated(lo, node);
    case "update_expression":
      return lowerIncrement(lo, node);
    case "binary_expression":
      return lowerBinary(lo, node);
    case "unary_op_expression":
      return lowerUnary(lo, node);
    case "conditional_expression":
      return lowerConditional(lo, node);
    case "match_expression":
      return lowerMatch(lo, node);
    case "anonymous_function":
    case "arrow_function":
      return lowerClosure(lo, node);
    case "variadic_unpacking":
      return first === undefined ? opaqueAt(node, []) : { kind: "spread", start, end, value: lo.expr(first) };
    case "parenthesized_expression":
    case "error_suppression_expression":
    case "clone_expression":
    case "by_ref":
    case "argument":
      return first === undefined ? opaqueAt(node, []) : lo.expr(first);
    case "cast_expression": {
      const value = node.children.at(-1);
      return value === undefined ? opaqueAt(node, []) : lo.expr(value);
    }
    case "throw_expression":
      return blockExpr(node, [{ kind: "throw", start, end, value: first === undefined ? null : lo.expr(first) }]);
    case "print_intrinsic":
      return lowerWord(lo, node, "print");
    case "include_expression":
    case "include_once_expression":
    case "require_expression":
    case "require_once_expression":
      return lowerWord(lo, node, "include");
    case "yield_expression":
      lo.scope.isGenerator = true;
      return opaqueAt(node, node.children.map(lo.expr));
    default:
      return opaqueAt(node, node.children.filter(({ type }) => !NO_EXPRESSIONS.has(type)).map(lo.expr));
  }
}

/** Nodes that hold no value of their own. */
const NO_EXPRESSIONS: ReadonlySet<string> = new Set([
  "compound_statement",
  "formal_parameters",
  "cast_type",
  "php_tag",
  "php_end_tag",
  "text",
]);

function numberOf(text: string): number {
  const plain = text.replaceAll("_", "");
  const value = Number(/^0\d/.test(plain) ? `0o${plain.slice(1)}` : plain);
  return Number.isNaN(value) ? 0 : value;
}

/** `a['b']` and `a[0]` are members, `a[$b]` a computed one; `a[]` is the place behind the last. */
function lowerSubscript(lo: Lowering, node: SyntaxNode): Expr {
  const { start, end } = node;
  const [value, written] = node.children;
  if (value === undefined) return opaqueAt(node, []);
  const object = lo.expr(value);
  if (written === undefined) return { kind: "member", start, end, object, property: null };
  const key = lo.expr(written);
  if (key.kind === "literal" && (typeof key.value === "string" || typeof key.value === "number"))
    return { kind: "member", start, end, object, property: String(key.value) };
  return { kind: "member", start, end, object, property: null, index: key };
}
