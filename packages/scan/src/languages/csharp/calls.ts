import type { Expr } from "../../ir/nodes.ts";
import { bindAt, callAt, letAt, literalAt, memberAt, nameAt, opaqueAt } from "../tree-sitter/build.ts";
import { childOf, fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { argsIn } from "./arguments.ts";
import { methodOf, textOf, type Lowering } from "./lowering.ts";
import { typeRef } from "./types.ts";

/** Methods that only say how a task is awaited. */
const WAITING: ReadonlySet<string> = new Set(["ConfigureAwait", "AsTask", "WaitAsync"]);

/** Methods of the container of services, whose type argument says what they give. https://learn.microsoft.com/dotnet/core/extensions/dependency-injection */
const SERVICES = /^(?:Get|GetRequired)(?:Keyed)?Service$|^(?:Resolve|GetInstance|CreateInstance)$/;

/** `a.b(c)`, `b(c)`, `a?.b<T>(c)`. */
export function lowerCall(lo: Lowering, node: SyntaxNode): Expr {
  const callee = fieldOf(node, "function");
  const list = fieldOf(node, "arguments");
  if (callee === undefined) return opaqueAt(node, argsIn(lo, list));
  const plain = lastName(lo, callee);
  if (callee.type === "identifier" && plain === "nameof") return nameOfArgument(lo, node, list);
  const object = fieldOf(callee, "expression");
  if (object !== undefined && WAITING.has(plain)) return lo.expr(object);
  if (object !== undefined && plain === "FromResult" && textOf(lo, object) === "Task") return argsIn(lo, list)[0] ?? literalAt(node, null);
  const call = callAt(node, lowerCallee(lo, callee), argsIn(lo, list));
  const type = typeArgument(lo, callee);
  return type === undefined || !SERVICES.test(plain) ? call : typed(node, call, type);
}

function lowerCallee(lo: Lowering, callee: SyntaxNode): Expr {
  if (callee.type === "identifier" || callee.type === "generic_name") {
    const [head] = callee.type === "identifier" ? [callee] : callee.children;
    return methodOf(lo, callee, textOf(lo, head ?? callee));
  }
  return lo.expr(callee);
}

/** `Login` of `a.b.Login<T>`. */
function lastName(lo: Lowering, callee: SyntaxNode): string {
  const last = fieldOf(callee, "name") ?? callee;
  return textOf(lo, last.type === "generic_name" ? (last.children[0] ?? last) : last);
}

function typeArgument(lo: Lowering, callee: SyntaxNode): ReturnType<typeof typeRef> {
  const last = fieldOf(callee, "name") ?? callee;
  const list = last.type === "generic_name" ? childOf(last, "type_argument_list") : undefined;
  return typeRef(lo, list?.children[0]);
}

/** What a service is called until it is used. */
const SERVICE = "_service";

function typed(at: SyntaxNode, call: Expr, type: NonNullable<ReturnType<typeof typeRef>>): Expr {
  const name = `${SERVICE}${at.start}`;
  const { start, end } = at;
  const given = letAt(at, bindAt({ start, end: start }, name, type), call);
  return { kind: "block", start, end, body: [given, { kind: "yield", start: end, end, value: nameAt({ start: end, end }, name) }] };
}

/** `nameof(a.B)` is the text `B`. */
function nameOfArgument(lo: Lowering, node: SyntaxNode, list: SyntaxNode | undefined): Expr {
  const text = list?.children[0] === undefined ? "" : textOf(lo, list.children[0]);
  return literalAt(node, text.slice(text.lastIndexOf(".") + 1).replace(/<.*$/, ""));
}

/** `a.B`, `a.B<T>`. */
export function lowerMember(lo: Lowering, node: SyntaxNode): Expr {
  const [object, name] = [fieldOf(node, "expression"), fieldOf(node, "name")];
  if (object === undefined || name === undefined) return opaqueAt(node, node.children.map(lo.expr));
  return memberAt(node, lo.expr(object), lastName(lo, node));
}

/** `a?.b`, `a?[1]`. */
export function lowerConditional(lo: Lowering, node: SyntaxNode): Expr {
  const condition = fieldOf(node, "condition") ?? node.children[0];
  const binding = node.children.find((child) => child !== condition);
  const { start, end } = node;
  if (condition === undefined || binding === undefined) return opaqueAt(node, node.children.map(lo.expr));
  const object = lo.expr(condition);
  if (binding.type === "member_binding_expression")
    return { kind: "member", start, end, object, property: lastName(lo, binding), optional: true };
  if (binding.type === "element_binding_expression") return element(node, object, argsIn(lo, binding), true);
  return opaqueAt(node, [object, lo.expr(binding)]);
}

/** `a[b]`. */
export function lowerElement(lo: Lowering, node: SyntaxNode): Expr {
  const object = fieldOf(node, "expression");
  const args = argsIn(lo, fieldOf(node, "subscript"));
  return object === undefined ? opaqueAt(node, args) : element(node, lo.expr(object), args, false);
}

function element({ start, end }: SyntaxNode, object: Expr, [index, ...more]: readonly Expr[], optional: boolean): Expr {
  if (index?.kind === "literal" && typeof index.value === "string" && more.length === 0)
    return { kind: "member", start, end, object, property: index.value, ...(optional && { optional }) };
  return { kind: "member", start, end, object, property: null, ...(index && { index }), ...(optional && { optional }) };
}
