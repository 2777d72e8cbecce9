import type { Decorator, Expr, Field, FunctionIR, Param, Pattern, Span, Stmt } from "../../ir/nodes.ts";
import { bindAt } from "../tree-sitter/build.ts";
import { childrenOf, fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { assignedFields } from "./fields.ts";
import type { Lowering } from "./lowering.ts";
import { emptyScope, makeFunction, textOf, within } from "./lowering.ts";
import { annotationsOf, typeRef } from "./types.ts";

/** A function, or a method where it is given the fields of its class. `at` holds its decorators as well. */
export function lowerDefinition(
  lo: Lowering,
  node: SyntaxNode,
  decorators: readonly Decorator[],
  at: Span,
  fields: Field[] | undefined,
): FunctionIR {
  const nameNode = fieldOf(node, "name");
  const name = nameNode === undefined ? "" : textOf(lo, nameNode);
  const isStatic = fields !== undefined && decorators.some((one) => one.name === "staticmethod");
  const self = fields !== undefined && !isStatic ? selfOf(lo, node) : undefined;
  const scope = emptyScope(self ?? (fields === undefined ? lo.scope.self : undefined));
  return within(lo, scope, () => {
    const all = lo.params(fieldOf(node, "parameters"));
    const params = self === undefined ? all : all.slice(1);
    const body = withoutDocs(lo.block(fieldOf(node, "body")));
    const role = scope.isGenerator ? "generator" : roleOf(name, decorators, fields !== undefined);
    const returns = typeRef(lo, fieldOf(node, "return_type"));
    if (role === "constructor" && fields !== undefined) assignedFields(params, body, fields);
    return makeFunction(lo, at, {
      name,
      params,
      body,
      decorators,
      ...(role && { role }),
      ...(returns && { returns }),
      ...(isStatic || decorators.some((one) => one.name === "classmethod") ? { isStatic: true } : {}),
      ...(fields !== undefined && /^__\w*[^_]$/.test(name) ? { isPrivate: true } : {}),
    });
  });
}

function selfOf(lo: Lowering, node: SyntaxNode): string | undefined {
  const first = fieldOf(node, "parameters")?.children[0];
  const name = first?.type === "identifier" ? first : first?.type === "typed_parameter" ? first.children[0] : undefined;
  return name?.type === "identifier" ? textOf(lo, name) : undefined;
}

function roleOf(name: string, decorators: readonly Decorator[], isMethod: boolean): FunctionIR["role"] {
  if (!isMethod) return undefined;
  if (name === "__init__") return "constructor";
  if (decorators.some((one) => /(?:^|[._])(?:cached_)?property$/.test(one.name))) return "getter";
  return decorators.some((one) => one.name.endsWith(".setter")) ? "setter" : undefined;
}

/** A text that stands alone at the beginning is the documentation. */
export function withoutDocs(body: readonly Stmt[]): readonly Stmt[] {
  const [first] = body;
  return first?.kind === "expr" && first.value.kind === "literal" && typeof first.value.value === "string" ? body.slice(1) : body;
}

export function lowerParams(lo: Lowering, node: SyntaxNode | undefined): readonly Param[] {
  return (node?.children ?? []).flatMap((child) => lowerParam(lo, child) ?? []);
}

function lowerParam(lo: Lowering, node: SyntaxNode): Param | undefined {
  const [first] = node.children;
  const value = fieldOf(node, "value");
  switch (node.type) {
    case "identifier":
      return { pattern: bound(lo, node, node, undefined), decorators: [] };
    case "default_parameter":
    case "typed_default_parameter": {
      const name = fieldOf(node, "name");
      if (name === undefined) return undefined;
      const type = fieldOf(node, "type");
      const initial = value === undefined ? undefined : lo.expr(value);
      return { pattern: bound(lo, node, name, type, initial), decorators: markersOf(lo, type) };
    }
    case "typed_parameter": {
      const type = fieldOf(node, "type");
      const rest = first !== undefined && first.type !== "identifier";
      const name = rest ? first.children[0] : first;
      if (name === undefined) return undefined;
      return { pattern: bound(lo, node, name, type), decorators: markersOf(lo, type), ...(rest && { rest: true }) };
    }
    case "list_splat_pattern":
    case "dictionary_splat_pattern":
      return first === undefined
        ? undefined
        : { pattern: { ...bound(lo, node, first, undefined), rest: true } as Pattern, decorators: [], rest: true };
    case "tuple_pattern":
      return { pattern: lo.pattern(node), decorators: [] };
    default:
      return undefined;
  }
}

function bound(lo: Lowering, at: Span, name: SyntaxNode, type: SyntaxNode | undefined, initial?: Expr): Pattern {
  const own = textOf(lo, name);
  lo.scope.bound.add(own);
  const pattern = bindAt(at, own, typeRef(lo, type));
  return initial === undefined ? pattern : ({ ...pattern, default: initial } as Pattern);
}

/** What `Annotated` adds to the type of a parameter: `Depends(get_user)`, `Header()`. */
function markersOf(lo: Lowering, type: SyntaxNode | undefined): readonly Decorator[] {
  return annotationsOf(lo, type).flatMap((node) => lowerDecorator(lo, node, node) ?? []);
}

/** Decorators of a definition, from the first to the last as they are written. */
export function decoratorsOf(lo: Lowering, node: SyntaxNode): readonly Decorator[] {
  return childrenOf(node, "decorator").flatMap((one) =>
    one.children[0] === undefined ? [] : (lowerDecorator(lo, one, one.children[0]) ?? []),
  );
}

function lowerDecorator(lo: Lowering, at: Span, node: SyntaxNode): Decorator | undefined {
  const value = lo.expr(node);
  const call = value.kind === "call" ? value : undefined;
  const name = dotted(call?.callee ?? value);
  return name === "" ? undefined : { start: at.start, end: at.end, name, args: call?.args ?? [] };
}

function dotted(expr: Expr): string {
  if (expr.kind === "name") return expr.name;
  if (expr.kind === "call") return dotted(expr.callee);
  if (expr.kind !== "member" || expr.property === null) return "";
  const object = dotted(expr.object);
  return object === "" ? "" : `${object}.${expr.property}`;
}
