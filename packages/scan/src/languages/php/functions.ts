import type { Decorator, Expr, FunctionIR, Param, Pattern, Span } from "../../ir/nodes.ts";
import { bindAt } from "../tree-sitter/build.ts";
import { childOf, childrenOf, fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { emptyScope, makeFunction, textOf, variableOf, within, type Lowering } from "./lowering.ts";
import { nameOf } from "./names.ts";
import { typeRef } from "./types.ts";

/** A function or a method. */
export function lowerDefinition(lo: Lowering, node: SyntaxNode, isMethod: boolean): FunctionIR {
  const nameNode = fieldOf(node, "name");
  const name = nameNode === undefined ? "" : textOf(lo, nameNode);
  const scope = emptyScope();
  return within(lo, scope, () => {
    const params = lowerParams(lo, fieldOf(node, "parameters"));
    const body = lo.block(fieldOf(node, "body"));
    const visibility = childOf(node, "visibility_modifier");
    const isConstructor = isMethod && name.toLowerCase() === "__construct";
    const returns = typeRef(lo, fieldOf(node, "return_type"));
    return makeFunction(lo, node, {
      name: isConstructor ? "constructor" : name,
      params,
      body,
      decorators: attributesOf(lo, node),
      ...(scope.isGenerator ? { role: "generator" } : isConstructor ? { role: "constructor" } : {}),
      ...(returns && { returns }),
      ...(childOf(node, "static_modifier") !== undefined && { isStatic: true }),
      ...(visibility !== undefined && textOf(lo, visibility) !== "public" && { isPrivate: true }),
    });
  });
}

export function lowerParams(lo: Lowering, node: SyntaxNode | undefined): readonly Param[] {
  return (node?.children ?? []).flatMap((child) => lowerParam(lo, child) ?? []);
}

function lowerParam(lo: Lowering, node: SyntaxNode): Param | undefined {
  const name = fieldOf(node, "name");
  if (name === undefined) return undefined;
  const own = variableOf(lo, name);
  lo.scope.bound.add(own);
  const type = typeRef(lo, fieldOf(node, "type"));
  const written = fieldOf(node, "default_value");
  const initial: Expr | undefined = written === undefined ? undefined : lo.expr(written);
  const rest = node.type === "variadic_parameter";
  const pattern = { ...bindAt(node, own, type), ...(initial && { default: initial }), ...(rest && { rest: true }) } as Pattern;
  return {
    pattern,
    decorators: attributesOf(lo, node),
    ...(rest && { rest: true }),
    ...(node.type === "property_promotion_parameter" && { field: true }),
  };
}

/** `#[Route('/login', methods: ['POST'])]` is a decorator `Route`; several may stand in one bracket. */
export function attributesOf(lo: Lowering, node: SyntaxNode): readonly Decorator[] {
  const list = fieldOf(node, "attributes");
  if (list === undefined) return [];
  return childrenOf(list, "attribute_group").flatMap((group) => childrenOf(group, "attribute").flatMap((one) => attributeOf(lo, one)));
}

function attributeOf(lo: Lowering, node: SyntaxNode): readonly Decorator[] {
  const [name] = node.children;
  if (name === undefined) return [];
  const at: Span = { start: node.start, end: node.end };
  return [{ ...at, name: nameOf(lo, name), args: lo.args(fieldOf(node, "parameters")) }];
}
