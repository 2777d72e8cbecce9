import type { Expr, RecordEntry } from "../../ir/nodes.ts";
import { callAt, literalAt, memberAt, nameAt, nilAt, opaqueAt, param } from "../tree-sitter/build.ts";
import { childrenOf, fieldOf, fieldsOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { lowerCall } from "./calls.ts";
import type { Lowering } from "./lowering.ts";
import { emptyScope, makeFunction, textOf, within } from "./lowering.ts";
import { lowerBinary, lowerBoolean, lowerComparison, lowerUnary } from "./operators.ts";
import { lowerString } from "./strings.ts";

/** One case a node type of tree-sitter-python. */
export function lowerExpression(lo: Lowering, node: SyntaxNode): Expr {
  const { start, end } = node;
  const [first] = node.children;
  switch (node.type) {
    case "identifier":
      return nameAt(node, nameOf(lo, textOf(lo, node)));
    case "attribute": {
      const [object, attribute] = [fieldOf(node, "object"), fieldOf(node, "attribute")];
      if (object === undefined || attribute === undefined) return opaqueAt(node, node.children.map(lo.expr));
      return memberAt(node, lo.expr(object), textOf(lo, attribute));
    }
    case "call":
      return lowerCall(lo, node);
    case "string":
    case "concatenated_string":
      return lowerString(lo, node);
    case "integer":
      return literalAt(node, numberOf(textOf(lo, node)));
    case "float":
      return literalAt(node, Number.parseFloat(textOf(lo, node).replaceAll("_", "")) || 0);
    case "true":
      return literalAt(node, true);
    case "false":
      return literalAt(node, false);
    case "none":
      return nilAt(node);
    case "parenthesized_expression":
    case "type":
      return first === undefined ? opaqueAt(node, []) : lo.expr(first);
    case "subscript":
      return lowerSubscript(lo, node);
    case "dictionary":
      // What is empty here may be filled later: nothing is known of it.
      if (node.children.length === 0) return opaqueAt(node, []);
      return { kind: "record", start, end, entries: node.children.flatMap((child) => lowerPair(lo, child)) };
    case "list":
    case "set":
      if (node.children.length === 0) return opaqueAt(node, []);
      return { kind: "list", start, end, items: node.children.map(lo.expr) };
    case "tuple":
    case "expression_list":
    case "pattern_list":
      return { kind: "list", start, end, items: node.children.map(lo.expr), tuple: true };
    case "list_splat":
    case "dictionary_splat":
    case "list_splat_pattern":
      return first === undefined ? opaqueAt(node, []) : { kind: "spread", start, end, value: lo.expr(first) };
    case "boolean_operator":
      return lowerBoolean(lo, node);
    case "not_operator": {
      const value = fieldOf(node, "argument") ?? first;
      return value === undefined ? opaqueAt(node, []) : { kind: "not", start, end, value: lo.expr(value) };
    }
    case "comparison_operator":
      return lowerComparison(lo, node);
    case "binary_operator":
      return lowerBinary(lo, node);
    case "unary_operator":
      return lowerUnary(lo, node);
    case "await":
      return first === undefined ? opaqueAt(node, []) : { kind: "await", start, end, value: lo.expr(first) };
    case "conditional_expression": {
      const [then, test, otherwise] = node.children;
      if (then === undefined || test === undefined || otherwise === undefined) return opaqueAt(node, node.children.map(lo.expr));
      return { kind: "choice", start, end, test: lo.expr(test), then: lo.expr(then), otherwise: lo.expr(otherwise) };
    }
    case "named_expression": {
      const [name, value] = [fieldOf(node, "name"), fieldOf(node, "value")];
      if (name === undefined || value === undefined) return opaqueAt(node, node.children.map(lo.expr));
      return { kind: "assign", start, end, value: lo.expr(value), target: lo.pattern(name) };
    }
    case "lambda":
      return lowerLambda(lo, node);
    case "list_comprehension":
    case "set_comprehension":
    case "dictionary_comprehension":
    case "generator_expression":
      return lowerComprehension(lo, node);
    case "yield":
      lo.scope.isGenerator = true;
      return opaqueAt(node, node.children.map(lo.expr));
    case "pair":
      return opaqueAt(node, node.children.map(lo.expr));
    case "keyword_argument": {
      const value = fieldOf(node, "value");
      return value === undefined ? opaqueAt(node, []) : lo.expr(value);
    }
    default:
      return opaqueAt(node, node.children.filter(({ type }) => !NO_EXPRESSIONS.has(type)).map(lo.expr));
  }
}

/** Nodes that hold no value of their own. */
const NO_EXPRESSIONS: ReadonlySet<string> = new Set(["block", "parameters", "type_conversion", "format_specifier", "import_prefix"]);

function nameOf(lo: Lowering, name: string): string {
  return name === lo.scope.self ? "this" : name;
}

function numberOf(text: string): number {
  const value = Number(text.replaceAll("_", "").replace(/[lLjJ]$/, ""));
  return Number.isNaN(value) ? 0 : value;
}

/** `a["b"]` and `a[0]` are members, `a[b]` a computed one. */
function lowerSubscript(lo: Lowering, node: SyntaxNode): Expr {
  const { start, end } = node;
  const [value, ...written] = node.children;
  if (value === undefined) return opaqueAt(node, []);
  const object = lo.expr(value);
  const [key, ...more] = written.map(lo.expr);
  if (key === undefined) return opaqueAt(node, [object]);
  if (more.length > 0) {
    const index: Expr = { kind: "list", start: key.start, end: more.at(-1)!.end, items: [key, ...more], tuple: true };
    return { kind: "member", start, end, object, property: null, index };
  }
  if (key.kind === "literal" && (typeof key.value === "string" || typeof key.value === "number"))
    return { kind: "member", start, end, object, property: String(key.value) };
  return { kind: "member", start, end, object, property: null, index: key };
}

function lowerPair(lo: Lowering, node: SyntaxNode): readonly RecordEntry[] {
  const { start, end } = node;
  const [first] = node.children;
  if (node.type === "dictionary_splat") return first === undefined ? [] : [{ start, end, key: null, value: lo.expr(first), spread: true }];
  const [key, value] = [fieldOf(node, "key"), fieldOf(node, "value")];
  if (key === undefined || value === undefined) return [];
  const name = lo.expr(key);
  return [{ start, end, key: name.kind === "literal" ? String(name.value) : null, value: lo.expr(value) }];
}

function lowerLambda(lo: Lowering, node: SyntaxNode): Expr {
  const body = fieldOf(node, "body");
  return within(lo, emptyScope(lo.scope.self), () => {
    const params = lo.params(fieldOf(node, "parameters"));
    const value = body === undefined ? nilAt(node) : lo.expr(body);
    const fn = makeFunction(lo, node, { params, body: [{ kind: "return", start: value.start, end: value.end, value }] });
    return { kind: "function", start: node.start, end: node.end, fn };
  });
}

/** `[f(x) for x in xs if c(x)]`: what `xs.map(x => c(x) && f(x))` would do; its value is not told apart. */
function lowerComprehension(lo: Lowering, node: SyntaxNode): Expr {
  const [clause, ...inner] = childrenOf(node, "for_in_clause");
  const over = clause && fieldOf(clause, "right");
  if (clause === undefined || over === undefined) return opaqueAt(node, node.children.map(lo.expr));
  const collection = lo.expr(over);
  const body = within(lo, emptyScope(lo.scope.self), () => {
    const target = fieldOf(clause, "left");
    const params = target === undefined ? [] : [param(lo.pattern(target))];
    const nested = inner.flatMap((one) => fieldsOf(one, "right"));
    const tests = childrenOf(node, "if_clause").flatMap((one) => one.children);
    const values = fieldsOf(node, "body").flatMap((one) => (one.type === "pair" ? one.children : [one]));
    const parts = [...nested, ...tests, ...values].map(lo.expr);
    const value = opaqueAt(node, parts);
    return makeFunction(lo, node, { params, body: [{ kind: "return", start: node.start, end: node.end, value }] });
  });
  const closure: Expr = { kind: "function", start: node.start, end: node.end, fn: body };
  return opaqueAt(node, [callAt(node, memberAt(node, collection, "map"), [closure])]);
}
