import type { Expr, FunctionIR, Param, Stmt } from "../../ir/nodes.ts";
import { bindAt, callAt, exprAt, letAt, nameAt } from "../tree-sitter/build.ts";
import { childOf, childrenOf, fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { argsIn } from "./arguments.ts";
import { decoratorsOf } from "./attributes.ts";
import { closure, declare, hoisting, makeFunction, textOf, within, type Lowering } from "./lowering.ts";
import { lowerBody } from "./blocks.ts";
import { returnedType, typeRef } from "./types.ts";

export function hasModifier(lo: Lowering, node: SyntaxNode, modifier: string): boolean {
  return childrenOf(node, "modifier").some((one) => textOf(lo, one) === modifier);
}

/** A method, constructor, operator or local function. One without a body (of an interface) has an empty one. */
export function lowerMethod(lo: Lowering, node: SyntaxNode): FunctionIR {
  const params = paramsOf(lo, node);
  const isConstructor = node.type === "constructor_declaration";
  const name = fieldOf(node, "name");
  const returns = isConstructor ? undefined : returnedType(lo, fieldOf(node, "returns") ?? fieldOf(node, "type"));
  const body = within(lo, namesIn(params), () => [...initializer(lo, node), ...bodyOf(lo, fieldOf(node, "body"))]);
  return makeFunction(lo, node, {
    name: isConstructor ? "constructor" : name === undefined ? "" : textOf(lo, name),
    params,
    decorators: decoratorsOf(lo, node),
    body,
    ...(isConstructor && { role: "constructor" as const }),
    ...(hasModifier(lo, node, "static") && { isStatic: true }),
    ...(isPrivate(lo, node) && { isPrivate: true }),
    ...(returns && { returns }),
  });
}

const OPEN = /^(?:public|internal|protected)$/;

/** Members are private where nothing else is said; those of interfaces are public. */
function isPrivate(lo: Lowering, node: SyntaxNode): boolean {
  if (hasModifier(lo, node, "private")) return true;
  const isMember = node.type === "method_declaration" && childOf(node, "explicit_interface_specifier") === undefined;
  return isMember && fieldOf(node, "body") !== undefined && !childrenOf(node, "modifier").some((one) => OPEN.test(textOf(lo, one)));
}

/** `: base(a)`, `: this(a)`. */
function initializer(lo: Lowering, node: SyntaxNode): Stmt[] {
  const at = childOf(node, "constructor_initializer");
  const target = at?.children.find((child) => child.type === "base" || child.type === "this");
  if (at === undefined || target === undefined) return [];
  return [exprAt(at, callAt(at, nameAt(target, target.type === "base" ? "super" : "this"), argsIn(lo, childOf(at, "argument_list"))))];
}

/** A block, or `=> value`. */
export function bodyOf(lo: Lowering, body: SyntaxNode | undefined): Stmt[] {
  if (body === undefined) return [];
  if (body.type === "block") return lowerBody(lo, body);
  const value = body.type === "arrow_expression_clause" ? body.children[0] : body;
  return value === undefined ? [] : hoisting(lo, () => [returned(lo, value)]);
}

function returned(lo: Lowering, value: SyntaxNode): Stmt {
  const { start, end } = value;
  const [thrown] = value.children;
  if (value.type === "throw_expression" && thrown !== undefined) return { kind: "throw", start, end, value: lo.expr(thrown) };
  return { kind: "return", start, end, value: lo.expr(value) };
}

export function namesIn(params: readonly Param[]): string[] {
  return params.flatMap(({ pattern }) => (pattern.kind === "bind" ? [pattern.name] : []));
}

/** Parameters of a method, primary constructor, lambda or local function. `field`: they are fields as well. */
export function paramsOf(lo: Lowering, node: SyntaxNode, field = false): Param[] {
  const list = fieldOf(node, "parameters") ?? childOf(node, "parameter_list");
  if (list === undefined) return [];
  if (list.type === "implicit_parameter" || list.type === "identifier")
    return [{ pattern: bindAt(list, textOf(lo, list)), decorators: [] }];
  const params = childrenOf(list, "parameter").flatMap((one) => paramOf(lo, one, field) ?? []);
  const rest = fieldOf(list, "name");
  if (rest === undefined) return params;
  const type = typeRef(lo, fieldOf(list, "type"));
  return [...params, { pattern: bindAt(rest, textOf(lo, rest), type), decorators: [], rest: true, ...(field && { field }) }];
}

function paramOf(lo: Lowering, node: SyntaxNode, field: boolean): Param | undefined {
  const name = fieldOf(node, "name");
  if (name === undefined) return undefined;
  const type = typeRef(lo, fieldOf(node, "type"));
  const initial = node.children.find((child) => child.start >= name.end);
  const value = initial === undefined ? undefined : lo.expr(initial);
  const bind = bindAt(node, textOf(lo, name), type);
  return {
    pattern: bind.kind === "bind" && value !== undefined ? { ...bind, default: value } : bind,
    decorators: decoratorsOf(lo, node),
    ...(field && { field }),
  };
}

/** `(a, b) => a + b`, `x => { … }`, `delegate (int a) { … }`. */
export function lowerLambda(lo: Lowering, node: SyntaxNode): Expr {
  const params = paramsOf(lo, node);
  const body = fieldOf(node, "body") ?? childOf(node, "block");
  const outer = lo.hoisted;
  lo.hoisted = [];
  const own = within(lo, namesIn(params), () => bodyOf(lo, body));
  lo.hoisted = outer;
  return closure(lo, node, { params, body: own, decorators: decoratorsOf(lo, node) });
}

/** A function inside a block is known in all of it. */
export function lowerLocalFunction(lo: Lowering, node: SyntaxNode): Stmt[] {
  const name = fieldOf(node, "name");
  if (name === undefined) return [];
  declare(lo, textOf(lo, name));
  const outer = lo.hoisted;
  lo.hoisted = [];
  const fn = lowerMethod(lo, node);
  lo.hoisted = outer;
  return [letAt(node, bindAt(name, fn.name), { kind: "function", start: node.start, end: node.end, fn })];
}
