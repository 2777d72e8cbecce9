import type { Expr, FunctionIR, Param, Pattern, Stmt } from "../../ir/nodes.ts";
import { closure, declare, makeFunction, textOf, within } from "../jvm/lowering.ts";
import { bindAt } from "../tree-sitter/build.ts";
import { childOf, fieldOf, hasToken, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { decoratorsOf } from "./annotations.ts";
import type { Lowering } from "./lowering.ts";
import { isType, typeRef } from "./types.ts";

export function lowerFunction(lo: Lowering, node: SyntaxNode, isStatic = false): FunctionIR {
  const isConstructor = node.type === "secondary_constructor";
  const name = fieldOf(node, "name");
  const params = paramsOf(lo, childOf(node, "function_value_parameters"));
  const written = node.children.findLast((child) => isType(child) && child.field !== "receiver");
  const receiver = node.children.findIndex(isType);
  const hasReturn = written !== undefined && (name === undefined || written.start > name.start);
  const returns = hasReturn && receiver >= 0 ? typeRef(written, lo) : undefined;
  const modifiers = childOf(node, "modifiers");
  const visibility = modifiers === undefined ? "" : textOf(lo, modifiers);
  return makeFunction(lo, node, {
    name: isConstructor ? "constructor" : name === undefined ? "" : textOf(lo, name),
    params,
    decorators: decoratorsOf(lo, node),
    body: within(lo, boundIn(params), () => bodyOf(lo, childOf(node, "function_body") ?? childOf(node, "block"))),
    ...(isConstructor && { role: "constructor" as const }),
    ...(isStatic && { isStatic }),
    ...(/\bprivate\b/.test(visibility) && { isPrivate: true }),
    ...(returns && { returns }),
  });
}

/** `{ … }`, or `= value`. */
export function bodyOf(lo: Lowering, body: SyntaxNode | undefined): Stmt[] {
  if (body === undefined) return [];
  const block = body.type === "block" ? body : childOf(body, "block");
  if (block !== undefined && !(body.type === "function_body" && hasToken(body, "="))) return lo.block(block.children, "drop");
  return lo.block(body.children, "return");
}

function boundIn(params: readonly Param[]): string[] {
  return params.flatMap(({ pattern }) => namesIn(pattern));
}

export function namesIn(pattern: Pattern): string[] {
  if (pattern.kind === "bind") return [pattern.name];
  return pattern.kind === "listPattern" ? pattern.items.flatMap(namesIn) : [];
}

/** Parameters of a function; annotations and default values stand beside them in the tree. */
export function paramsOf(lo: Lowering, list: SyntaxNode | undefined): Param[] {
  const params: Param[] = [];
  let before: SyntaxNode | undefined;
  for (const child of list?.children ?? []) {
    if (child.type === "parameter_modifiers") before = child;
    else if (child.type === "parameter") {
      const [name] = child.children;
      const pattern = bindAt(child, name === undefined ? "" : textOf(lo, name), typeRef(child.children.find(isType), lo));
      const rest = before !== undefined && /\bvararg\b/.test(textOf(lo, before));
      params.push({ pattern, decorators: before === undefined ? [] : decoratorsOf(lo, before), ...(rest && { rest }) });
      before = undefined;
    } else {
      const last = params.pop();
      if (last?.pattern.kind === "bind") params.push({ ...last, pattern: { ...last.pattern, default: lo.expr(child) } });
      else if (last !== undefined) params.push(last);
    }
  }
  return params;
}

/** `{ a, (b, c) -> … }`; without parameters it has one that is called `it`. */
export function lowerLambda(lo: Lowering, node: SyntaxNode): Expr {
  const { patterns, statements } = partsOf(lo, node);
  const names = patterns.flatMap(namesIn);
  const body = within(lo, names, () => lo.block(statements, "return"));
  return closure(lo, node, { params: patterns.map((pattern) => ({ pattern, decorators: [] })), body });
}

interface Parts {
  readonly patterns: readonly Pattern[];
  readonly statements: readonly SyntaxNode[];
}

export function partsOf(lo: Lowering, node: SyntaxNode): Parts {
  const list = childOf(node, "lambda_parameters");
  const statements = node.children.filter((child) => child !== list);
  if (list !== undefined) return { patterns: list.children.flatMap((one) => patternOf(lo, one) ?? []), statements };
  const usesIt = /\bit\b/.test(textOf(lo, node));
  return { patterns: usesIt ? [bindAt({ start: node.start, end: node.start }, "it")] : [], statements };
}

/** `user`, `user: User`, `(a, b)`. */
export function patternOf(lo: Lowering, node: SyntaxNode): Pattern | undefined {
  const { start, end } = node;
  if (node.type === "multi_variable_declaration")
    return { kind: "listPattern", start, end, items: node.children.flatMap((one) => patternOf(lo, one) ?? []) };
  const name = node.type === "identifier" ? node : childOf(node, "identifier");
  if (name === undefined) return undefined;
  const text = textOf(lo, name);
  return text === "_" ? { kind: "anyPattern", start, end } : bindAt(node, text, typeRef(node.children.find(isType), lo));
}

/** `fun(x: Int): Int { … }` as a value. */
export function lowerAnonymousFunction(lo: Lowering, node: SyntaxNode): Expr {
  const params = paramsOf(lo, childOf(node, "function_value_parameters"));
  return closure(lo, node, { params, body: within(lo, boundIn(params), () => bodyOf(lo, childOf(node, "function_body"))) });
}

export function declareAll(lo: Lowering, pattern: Pattern): void {
  for (const name of namesIn(pattern)) declare(lo, name);
}
