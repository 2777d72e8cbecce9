import type { CatchClause, Stmt } from "../../ir/nodes.ts";
import { bindAt, callAt, exprAt, letAt, memberAt, nameAt, opaqueAt } from "../tree-sitter/build.ts";
import { childOf, childrenOf, fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { declare, textOf, within, type Lowering } from "../jvm/lowering.ts";
import { lowerBody } from "./blocks.ts";
import { typeRef } from "./types.ts";

/** What these catch is everything. */
const EVERYTHING: ReadonlySet<string> = new Set(["Exception", "Throwable", "java.lang.Exception", "java.lang.Throwable"]);

/** `try` with or without resources; these are closed however the body ends. */
export function lowerTry(lo: Lowering, node: SyntaxNode): Stmt {
  const { start, end } = node;
  const block = fieldOf(node, "body");
  const resources = childrenOf(fieldOf(node, "resources") ?? node, "resource");
  const body = within(lo, [], () => {
    const opened = resources.flatMap((one) => lowerResource(lo, one));
    const inner = block === undefined ? [] : lowerBody(lo, block);
    if (block === undefined || resources.length === 0) return inner;
    const closed: Stmt = {
      kind: "try",
      start: block.start,
      end: block.end,
      body: inner,
      catches: [],
      finally: resources.map((one) => closing(lo, one)),
    };
    return [...opened, closed];
  });
  const last = childOf(childOf(node, "finally_clause") ?? node, "block");
  const ending = childOf(node, "finally_clause") === undefined || last === undefined ? undefined : lowerBody(lo, last);
  const catches = childrenOf(node, "catch_clause").map((one) => lowerCatch(lo, one));
  return { kind: "try", start, end, body, catches, ...(ending && { finally: ending }) };
}

function lowerResource(lo: Lowering, node: SyntaxNode): Stmt[] {
  const [name, value] = [fieldOf(node, "name"), fieldOf(node, "value")];
  if (name === undefined || value === undefined) return node.children.map((child) => exprAt(child, lo.expr(child)));
  const opened = lo.expr(value);
  declare(lo, textOf(lo, name));
  return [letAt(node, bindAt(name, textOf(lo, name), typeRef(lo, fieldOf(node, "type"))), opened)];
}

/** What closes a resource at the end of its `try`. */
function closing(lo: Lowering, resource: SyntaxNode): Stmt {
  const name = fieldOf(resource, "name") ?? childOf(resource, "identifier");
  const at = { start: resource.end, end: resource.end };
  const object = name === undefined ? opaqueAt(at, []) : nameAt(at, textOf(lo, name));
  return exprAt(at, callAt(at, memberAt(at, object, "close"), []));
}

function lowerCatch(lo: Lowering, node: SyntaxNode): CatchClause {
  const { start, end } = node;
  const param = childOf(node, "catch_formal_parameter");
  const name = param && fieldOf(param, "name");
  const refs = (param && childOf(param, "catch_type")?.children)?.flatMap((type) => typeRef(lo, type) ?? []) ?? [];
  const names = refs.map((ref) => ref.name);
  const block = fieldOf(node, "body");
  const body = within(lo, name === undefined ? [] : [textOf(lo, name)], () => (block === undefined ? [] : lowerBody(lo, block)));
  return {
    start,
    end,
    ...(name && { param: bindAt(name, textOf(lo, name), refs.length === 1 && !EVERYTHING.has(names[0]!) ? refs[0] : undefined) }),
    types: names.some((one) => EVERYTHING.has(one)) ? [] : names,
    body,
  };
}
