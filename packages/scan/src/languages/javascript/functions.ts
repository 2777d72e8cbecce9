import type {
  ArrowFunctionExpression,
  Decorator as DecoratorNode,
  Directive,
  Function as FunctionNode,
  ParamPattern,
  Statement,
} from "oxc-parser";
import { UNLINKED } from "../../ir/link.ts";
import type { Decorator, Expr, FunctionIR, Param, Stmt } from "../../ir/nodes.ts";
import type { Lowering } from "./lowering.ts";
import { dotted } from "./names.ts";
import { lowerPattern } from "./patterns.ts";
import { annotation } from "./types.ts";

/** What a function gets from where it stands. */
export interface Standing {
  readonly name: string;
  /** Where the function with its decorators starts and ends, if not where its node does. */
  readonly start?: number;
  readonly end?: number;
  readonly decorators?: readonly Decorator[];
  readonly isStatic?: boolean;
  readonly isPrivate?: boolean;
  readonly role?: FunctionIR["role"];
}

export function lowerFunction(cx: Lowering, node: FunctionNode | ArrowFunctionExpression, standing: Standing): FunctionIR {
  const breaks = cx.switchBreaks;
  cx.switchBreaks = null;
  const fn: FunctionIR = {
    kind: "functionIR",
    start: standing.start ?? node.start,
    end: standing.end ?? node.end,
    name: node.id?.name ?? standing.name,
    params: lowerParams(cx, node.params),
    body: lowerBody(cx, node),
    decorators: standing.decorators ?? [],
    guard: undefined,
    isStatic: standing.isStatic,
    isPrivate: standing.isPrivate,
    role: standing.role ?? (node.generator ? "generator" : undefined),
    directives: directivesOf(node),
    returns: annotation(node.returnType),
    file: UNLINKED,
    container: undefined,
    parent: undefined,
  };
  cx.switchBreaks = breaks;
  cx.functions.push(fn);
  return fn;
}

export function functionExpr(fn: FunctionIR): Expr {
  return { kind: "function", start: fn.start, end: fn.end, fn };
}

function lowerBody(cx: Lowering, node: FunctionNode | ArrowFunctionExpression): readonly Stmt[] {
  if (!node.body) return [];
  if (node.body.type === "BlockStatement") return cx.statements(withoutDirectives(node.body.body));
  return [{ kind: "return", start: node.body.start, end: node.body.end, value: cx.expression(node.body) }];
}

function directivesOf(node: FunctionNode | ArrowFunctionExpression): readonly string[] | undefined {
  if (node.body?.type !== "BlockStatement") return undefined;
  const found = directives(node.body.body);
  return found.length === 0 ? undefined : found;
}

/** `use strict`, `use server` …: the strings before the first statement. */
export function directives(body: readonly (Directive | Statement)[]): readonly string[] {
  const found: string[] = [];
  for (const node of body) {
    if (node.type !== "ExpressionStatement" || !node.directive) break;
    found.push(node.directive);
  }
  return found;
}

export function withoutDirectives(body: readonly (Directive | Statement)[]): readonly Statement[] {
  return body.slice(directives(body).length);
}

function lowerParams(cx: Lowering, nodes: readonly ParamPattern[]): readonly Param[] {
  const params: Param[] = [];
  for (const node of nodes) {
    if (node.type === "Identifier" && node.name === "this") continue;
    const field = node.type === "TSParameterProperty" ? true : undefined;
    const pattern = node.type === "TSParameterProperty" ? node.parameter : node;
    params.push({
      pattern: lowerPattern(cx, pattern),
      decorators: lowerDecorators(cx, node.decorators),
      rest: node.type === "RestElement" ? true : undefined,
      field,
    });
  }
  return params;
}

const NO_DECORATORS: readonly Decorator[] = [];

export function lowerDecorators(cx: Lowering, nodes: readonly DecoratorNode[] | undefined): readonly Decorator[] {
  if (!nodes || nodes.length === 0) return NO_DECORATORS;
  return nodes.map((node) => {
    const value = cx.expression(node.expression);
    const call = value.kind === "call" ? value : undefined;
    return { start: node.start, end: node.end, name: dotted(call?.callee ?? value) ?? "", args: call?.args ?? [] };
  });
}

/** The start of a node with its decorators, which may stand before `export`. */
export function startWith(start: number, decorators: readonly { readonly start: number }[] | undefined): number {
  const first = decorators?.[0];
  return first === undefined ? start : Math.min(start, first.start);
}
