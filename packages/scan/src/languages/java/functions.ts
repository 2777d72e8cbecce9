import type { Expr, FunctionIR, Param, Stmt } from "../../ir/nodes.ts";
import { bindAt, callAt, memberAt, nameAt, opaqueAt } from "../tree-sitter/build.ts";
import { childOf, fieldOf, hasToken, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { decoratorsOf } from "./annotations.ts";
import { closure, makeFunction, textOf, within, type Lowering } from "../jvm/lowering.ts";
import { lowerBody } from "./blocks.ts";
import { isType, typeRef } from "./types.ts";

/** A method or constructor. One without a body (of an interface) has an empty one. */
export function lowerMethod(lo: Lowering, node: SyntaxNode): FunctionIR {
  const params = paramsOf(lo, node);
  const body = fieldOf(node, "body");
  const isConstructor = node.type.endsWith("constructor_declaration");
  const name = fieldOf(node, "name");
  const modifiers = childOf(node, "modifiers");
  const returns = isConstructor ? undefined : typeRef(lo, fieldOf(node, "type"));
  return makeFunction(lo, node, {
    name: isConstructor ? "constructor" : name === undefined ? "" : textOf(lo, name),
    params,
    decorators: decoratorsOf(lo, node),
    body: within(lo, namesIn(params), () => (body === undefined ? [] : lowerBody(lo, body))),
    ...(isConstructor && { role: "constructor" as const }),
    ...(modifiers !== undefined && hasToken(modifiers, "static") && { isStatic: true }),
    ...(modifiers !== undefined && hasToken(modifiers, "private") && { isPrivate: true }),
    ...(returns && { returns }),
  });
}

function namesIn(params: readonly Param[]): string[] {
  return params.flatMap(({ pattern }) => (pattern.kind === "bind" ? [pattern.name] : []));
}

/** Parameters of a method, constructor, record or lambda. `field`: they are fields as well. */
export function paramsOf(lo: Lowering, node: SyntaxNode, field = false): Param[] {
  const list = fieldOf(node, "parameters");
  if (list === undefined) return [];
  if (list.type === "identifier") return [{ pattern: bindAt(list, textOf(lo, list)), decorators: [] }];
  return list.children.flatMap((one): Param[] => {
    if (one.type === "identifier") return [{ pattern: bindAt(one, textOf(lo, one)), decorators: [] }];
    if (one.type !== "formal_parameter" && one.type !== "spread_parameter") return [];
    const name = fieldOf(one, "name") ?? fieldOf(childOf(one, "variable_declarator") ?? one, "name");
    if (name === undefined) return [];
    const type = typeRef(lo, fieldOf(one, "type") ?? one.children.find(isType));
    return [
      {
        pattern: bindAt(one, textOf(lo, name), type),
        decorators: decoratorsOf(lo, one),
        ...(one.type === "spread_parameter" && { rest: true }),
        ...(field && { field }),
      },
    ];
  });
}

/** `(a, b) -> a + b`, `x -> { … }`. */
export function lowerLambda(lo: Lowering, node: SyntaxNode): Expr {
  const params = paramsOf(lo, node);
  const body = fieldOf(node, "body");
  const outer = lo.hoisted;
  lo.hoisted = [];
  const own = within(lo, namesIn(params), (): Stmt[] => {
    if (body === undefined) return [];
    if (body.type === "block") return lowerBody(lo, body);
    const value = lo.expr(body);
    return [...lo.hoisted, { kind: "return", start: body.start, end: body.end, value }];
  });
  lo.hoisted = outer;
  return closure(lo, node, { params, body: own });
}

/** What a constructor reference is given, by place. */
const GIVEN = "_given";

/** `users::find`, `User::getName`, `Denied::new`. */
export function lowerMethodReference(lo: Lowering, node: SyntaxNode): Expr {
  const [object, method] = node.children.filter((child) => child.type !== "type_arguments");
  if (object === undefined) return opaqueAt(node, []);
  if (method !== undefined) return memberAt(node, lo.expr(object), textOf(lo, method));
  const made = callAt(node, nameAt(object, typeRef(lo, object)?.name ?? ""), [nameAt(node, GIVEN)], true);
  return closure(lo, node, {
    params: [{ pattern: bindAt({ start: node.start, end: node.start }, GIVEN), decorators: [] }],
    body: [{ kind: "return", start: node.start, end: node.end, value: made }],
  });
}
