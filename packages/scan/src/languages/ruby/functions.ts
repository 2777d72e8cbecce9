import type { Param, Pattern, Stmt } from "../../ir/nodes.ts";
import { bindAt, letAt, param, symbolAt } from "../tree-sitter/build.ts";
import { childOf, fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import type { Lowering, Tail } from "./lowering.ts";
import { BLOCK, emptyScope, finish, makeFunction, textOf, within } from "./lowering.ts";

/** `def name … end`, `def self.name … end`: a member of the class around, or a name of the file. */
export function lowerMethod(lo: Lowering, node: SyntaxNode, tail: Tail): Stmt[] {
  const nameNode = fieldOf(node, "name");
  const name = nameNode === undefined ? "" : textOf(lo, nameNode);
  const isSingleton = node.type === "singleton_method";
  const scopeOf = lo.class;
  const method = { name, params: [] as string[], block: undefined as string | undefined };
  const outer = lo.inMethod;
  lo.inMethod = true;
  const fn = within(lo, emptyScope(undefined, method), () => {
    const params = lo.params(fieldOf(node, "parameters"));
    for (const one of params) {
      if (one.pattern.kind !== "bind") continue;
      if (one.block) method.block = one.pattern.name;
      else method.params.push(one.pattern.name);
    }
    const bodyNode = fieldOf(node, "body");
    const isSetter = name.endsWith("=");
    const body = bodyNode === undefined ? [] : lo.statement(bodyNode, isSetter ? "drop" : "return");
    const all =
      lo.scope.yields && method.block === undefined
        ? [...params, blockParam(bindAt({ start: node.start, end: node.start }, BLOCK))]
        : params;
    return makeFunction(lo, node, {
      name,
      params: all,
      body,
      ...(name === "initialize" && scopeOf !== undefined ? { role: "constructor" as const } : {}),
      ...((scopeOf?.isStatic || isSingleton) && scopeOf !== undefined ? { isStatic: true } : {}),
      ...(scopeOf?.isPrivate && !isSingleton ? { isPrivate: true } : {}),
    });
  });
  lo.inMethod = outer;
  const symbol = symbolAt({ start: node.end, end: node.end }, name);
  const declared: Stmt[] = [];
  if (scopeOf !== undefined) scopeOf.functions.push(fn);
  else declared.push(letAt(node, bindAt(node, name), { kind: "function", start: node.start, end: node.end, fn }));
  return tail === "drop" ? declared : [...declared, finish(symbol, tail)];
}

export function lowerParams(lo: Lowering, node: SyntaxNode | undefined): readonly Param[] {
  const written = (node?.children ?? []).filter((child) => child.field !== "locals");
  const named = written.some(({ type }) => type === "keyword_parameter" || type === "hash_splat_parameter");
  return written.flatMap((child) => {
    const one = lowerParam(lo, child);
    // Where no parameter has a name, what is named goes to the last place, as a hash.
    return one === undefined ? [] : named || one.rest || one.block ? [one] : [{ ...one, byPlace: true }];
  });
}

function lowerParam(lo: Lowering, node: SyntaxNode): Param | undefined {
  const name = fieldOf(node, "name");
  switch (node.type) {
    case "identifier":
    case "destructured_parameter":
      return param(lo.pattern(node));
    case "optional_parameter":
    case "keyword_parameter": {
      if (name === undefined) return undefined;
      const value = fieldOf(node, "value");
      const initial = value === undefined ? undefined : lo.expr(value);
      const pattern = lo.pattern(name);
      const at = { ...pattern, start: node.start, end: node.end } as Pattern;
      return param(initial === undefined || at.kind !== "bind" ? at : { ...at, default: initial });
    }
    case "splat_parameter":
    case "hash_splat_parameter":
      return { ...param(name === undefined ? { kind: "anyPattern", start: node.start, end: node.end } : lo.pattern(name)), rest: true };
    case "block_parameter":
      return blockParam(name === undefined ? bindAt(node, BLOCK) : lo.pattern(name));
    default:
      return undefined;
  }
}

function blockParam(pattern: Pattern): Param {
  return { pattern, decorators: [], block: true };
}

/** The parameters of `{ |a, b| … }` or `->(a) { … }`. */
export function blockParams(lo: Lowering, node: SyntaxNode): readonly Param[] {
  return lo.params(fieldOf(node, "parameters") ?? childOf(node, "block_parameters"));
}
