import type { FunctionIR, Stmt } from "../../ir/nodes.ts";
import { fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { argsOf } from "./arguments.ts";
import { constantName } from "./constants.ts";
import { statically } from "./containers.ts";
import { blockParams } from "./functions.ts";
import type { ClassScope, Lowering, Tail } from "./lowering.ts";
import { emptyScope, finish, makeFunction, textOf, within } from "./lowering.ts";
import { nilAt } from "../tree-sitter/build.ts";

/** Calls in the body of a class that say something about the class itself. Undefined: an ordinary call. */
export function lowerMacro(lo: Lowering, node: SyntaxNode, tail: Tail): Stmt[] | undefined {
  const scope = lo.class;
  if (scope === undefined || lo.inMethod || fieldOf(node, "receiver") !== undefined) return undefined;
  const method = node.type === "identifier" ? node : fieldOf(node, "method");
  if (method?.type !== "identifier") return undefined;
  const stmts = MACROS.get(textOf(lo, method))?.(lo, node, scope);
  return stmts && (tail === "drop" ? stmts : [...stmts, finish(nilAt({ start: node.end, end: node.end }), tail)]);
}

type Macro = (lo: Lowering, node: SyntaxNode, scope: ClassScope) => Stmt[] | undefined;

const MACROS: ReadonlyMap<string, Macro> = new Map<string, Macro>([
  ["private", visibility(true)],
  ["protected", visibility(true)],
  ["public", visibility(false)],
  ["private_class_method", (lo, node, scope) => marked(lo, node, scope, true)],
  ["include", mixedIn],
  ["prepend", mixedIn],
  ["included", (lo, node) => blockBody(lo, node)],
  ["prepended", (lo, node) => blockBody(lo, node)],
  ["class_methods", (lo, node) => statically(lo, () => blockBody(lo, node) ?? [])],
  ["define_method", definedMethod],
]);

/** `private` alone holds for what follows, with names or a definition for these. */
function visibility(isPrivate: boolean): Macro {
  return (lo, node, scope) => {
    if (node.type === "call" && fieldOf(node, "arguments") !== undefined) return marked(lo, node, scope, isPrivate);
    scope.isPrivate = isPrivate;
    return [];
  };
}

function marked(lo: Lowering, node: SyntaxNode, scope: ClassScope, isPrivate: boolean): Stmt[] {
  const before = scope.functions.length;
  const args = fieldOf(node, "arguments")?.children ?? [];
  const stmts = args.filter(({ type }) => type === "method" || type === "singleton_method").flatMap((one) => lo.statement(one, "drop"));
  const names = new Set(
    args
      .flatMap((one) => (one.type === "array" || one.type === "symbol_array" ? one.children : [one]))
      .map((one) => textOf(lo, one).replace(/^:/, "")),
  );
  for (const [i, fn] of scope.functions.entries()) if (i >= before || names.has(fn.name)) setPrivate(fn, isPrivate);
  return stmts;
}

function setPrivate(fn: FunctionIR, isPrivate: boolean): void {
  Object.assign(fn, { isPrivate });
}

/** Modules that are mixed in are looked through behind the parent class. */
function mixedIn(lo: Lowering, node: SyntaxNode, scope: ClassScope): undefined {
  for (const arg of fieldOf(node, "arguments")?.children ?? []) {
    const name = constantName(lo, arg);
    if (name !== undefined) scope.extends.push({ name });
  }
  return undefined;
}

/** What a concern runs where it is included, as if it stood here. */
function blockBody(lo: Lowering, node: SyntaxNode): Stmt[] | undefined {
  const body = fieldOf(node, "block");
  if (body === undefined) return undefined;
  const inner = fieldOf(body, "body");
  return inner === undefined ? [] : lo.statement(inner, "drop");
}

/** `define_method(:name) do |a| … end`. */
function definedMethod(lo: Lowering, node: SyntaxNode, scope: ClassScope): Stmt[] | undefined {
  const [name] = argsOf(lo, node);
  const block = fieldOf(node, "block");
  if (name?.kind !== "literal" || typeof name.value !== "string" || block === undefined) return undefined;
  const method = { name: name.value, params: [], block: undefined };
  lo.inMethod = true;
  const fn = within(lo, emptyScope(undefined, method), () => {
    const params = blockParams(lo, block);
    const inner = fieldOf(block, "body");
    return makeFunction(lo, node, {
      name: method.name,
      params,
      body: inner === undefined ? [] : lo.statement(inner, "return"),
      ...(scope.isPrivate && { isPrivate: true }),
      ...(scope.isStatic && { isStatic: true }),
    });
  });
  lo.inMethod = false;
  scope.functions.push(fn);
  return [];
}
