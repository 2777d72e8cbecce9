import type { Argument, ArrayExpressionElement, CallExpression, Expression, MemberExpression, ObjectPropertyKind } from "oxc-parser";
import type { Expr, RecordEntry } from "../../ir/nodes.ts";
import { containerExpr, lowerClass } from "./classes.ts";
import { functionExpr, lowerFunction } from "./functions.ts";
import { lowerElement, lowerFragment } from "./jsx.ts";
import type { Lowering } from "./lowering.ts";
import { keyName } from "./names.ts";
import { lowerAssignment, lowerBinary, lowerLogical, lowerTemplate, lowerUnary, lowerUpdate } from "./operators.ts";

/** One case a node type (https://github.com/estree/estree and its TypeScript extension); TypeScript's wrappers are left out. */
export function lowerExpression(cx: Lowering, node: Expression, name = ""): Expr {
  const { start, end } = node;
  switch (node.type) {
    case "Identifier":
      return node.name === "undefined" ? { kind: "literal", start, end, value: null } : { kind: "name", start, end, name: node.name };
    case "MemberExpression":
      return lowerMember(cx, node);
    case "CallExpression":
      return lowerCall(cx, node);
    case "Literal":
      return lowerLiteral(node);
    case "ObjectExpression":
      return { kind: "record", start, end, entries: node.properties.map((property) => lowerProperty(cx, property)) };
    case "ArrowFunctionExpression":
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "TSDeclareFunction":
    case "TSEmptyBodyFunctionExpression":
      return functionExpr(lowerFunction(cx, node, { name }));
    case "AwaitExpression":
      return { kind: "await", start, end, value: lowerExpression(cx, node.argument) };
    case "BinaryExpression":
      return lowerBinary(cx, node);
    case "LogicalExpression":
      return lowerLogical(cx, node);
    case "AssignmentExpression":
      return lowerAssignment(cx, node);
    case "ThisExpression":
      return { kind: "name", start, end, name: "this" };
    case "Super":
      return { kind: "name", start, end, name: "super" };
    case "TemplateLiteral":
      return lowerTemplate(cx, node);
    case "UnaryExpression":
      return lowerUnary(cx, node);
    case "UpdateExpression":
      return lowerUpdate(cx, node);
    case "ConditionalExpression":
      return {
        kind: "choice",
        start,
        end,
        test: lowerExpression(cx, node.test),
        then: lowerExpression(cx, node.consequent, name),
        otherwise: lowerExpression(cx, node.alternate, name),
      };
    case "ArrayExpression":
      return { kind: "list", start, end, items: node.elements.map((item) => lowerItem(cx, item, start)) };
    case "NewExpression":
      return {
        kind: "call",
        start,
        end,
        callee: lowerExpression(cx, node.callee),
        args: lowerArguments(cx, node.arguments),
        creates: true,
      };
    case "ChainExpression":
    case "ParenthesizedExpression":
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSTypeAssertion":
    case "TSNonNullExpression":
    case "TSInstantiationExpression":
      return lowerExpression(cx, node.expression, name);
    case "JSXElement":
      return lowerElement(cx, node);
    case "JSXFragment":
      return lowerFragment(cx, node);
    case "ClassDeclaration":
    case "ClassExpression":
      return containerExpr(lowerClass(cx, node, name));
    case "ImportExpression":
      return {
        kind: "call",
        start,
        end,
        callee: { kind: "name", start, end: start + "import".length, name: "import" },
        args: [lowerExpression(cx, node.source)],
      };
    case "TaggedTemplateExpression":
      return { kind: "call", start, end, callee: lowerExpression(cx, node.tag), args: [lowerTemplate(cx, node.quasi)] };
    case "SequenceExpression":
      return { kind: "opaque", start, end, parts: node.expressions.map((part) => lowerExpression(cx, part)) };
    case "YieldExpression":
      return { kind: "opaque", start, end, parts: node.argument ? [lowerExpression(cx, node.argument)] : [] };
    case "MetaProperty":
      return {
        kind: "member",
        start,
        end,
        object: { kind: "name", start: node.meta.start, end: node.meta.end, name: node.meta.name },
        property: node.property.name,
      };
    case "V8IntrinsicExpression":
      return { kind: "opaque", start, end, parts: lowerArguments(cx, node.arguments) };
  }
}

function lowerMember(cx: Lowering, node: MemberExpression): Expr {
  const { start, end } = node;
  const optional = node.optional ? true : undefined;
  const property = keyName(node.property, node.computed);
  const index = property === null && node.property.type !== "PrivateIdentifier" ? lowerExpression(cx, node.property) : undefined;
  return { kind: "member", start, end, object: lowerExpression(cx, node.object), property, index, optional };
}

function lowerCall(cx: Lowering, node: CallExpression): Expr {
  const { start, end } = node;
  const callee = lowerExpression(cx, node.callee);
  return {
    kind: "call",
    start,
    end,
    callee,
    args: lowerArguments(cx, node.arguments),
    creates: undefined,
    optional: node.optional ? true : undefined,
  };
}

function lowerArguments(cx: Lowering, nodes: readonly Argument[]): Expr[] {
  return nodes.map((node) => lowerItem(cx, node, node.start));
}

function lowerItem(cx: Lowering, node: ArrayExpressionElement, at: number): Expr {
  if (node === null) return { kind: "literal", start: at, end: at, value: null };
  if (node.type !== "SpreadElement") return lowerExpression(cx, node);
  return { kind: "spread", start: node.start, end: node.end, value: lowerExpression(cx, node.argument) };
}

/** Regular expressions have no meaning here, big integers are numbers. */
function lowerLiteral(node: Extract<Expression, { type: "Literal" }>): Expr {
  const { start, end, value } = node;
  if ("regex" in node) return { kind: "opaque", start, end, parts: [] };
  if (typeof value === "bigint") return { kind: "literal", start, end, value: Number(value) };
  return { kind: "literal", start, end, value: typeof value === "object" ? null : value };
}

function lowerProperty(cx: Lowering, node: ObjectPropertyKind): RecordEntry {
  const { start, end } = node;
  if (node.type === "SpreadElement") return { start, end, key: null, value: lowerExpression(cx, node.argument), spread: true };
  const key = keyName(node.key, node.computed);
  const { value } = node;
  if ((node.method || node.kind !== "init") && value.type === "FunctionExpression") {
    const role = node.kind === "get" ? "getter" : node.kind === "set" ? "setter" : undefined;
    return { start, end, key, value: functionExpr(lowerFunction(cx, value, { name: key ?? "", start, end, role })) };
  }
  return { start, end, key, value: lowerExpression(cx, value, key ?? "") };
}
