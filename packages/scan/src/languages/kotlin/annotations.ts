import type { Decorator, Expr, RecordEntry } from "../../ir/nodes.ts";
import { textOf, type Lowering } from "../jvm/lowering.ts";
import { childOf, hasToken, type SyntaxNode } from "../tree-sitter/syntax.ts";

/** The annotations among the modifiers of a declaration. */
export function decoratorsOf(lo: Lowering, node: SyntaxNode): Decorator[] {
  const holder = node.type === "parameter_modifiers" ? node : childOf(node, "modifiers");
  return (holder?.children ?? []).flatMap((one) => (one.type === "annotation" ? decorator(lo, one) : []));
}

function decorator(lo: Lowering, node: SyntaxNode): Decorator[] {
  const outer = lo.annotating;
  lo.annotating = true;
  const made = node.children.flatMap((child): Decorator[] => {
    const type = child.type === "constructor_invocation" ? child.children[0] : child.type === "user_type" ? child : undefined;
    if (type === undefined) return [];
    const name = textOf(lo, type).replaceAll(/\s|<[^]*>/g, "");
    return [{ start: node.start, end: node.end, name, args: argumentsOf(lo, childOf(child, "value_arguments")) }];
  });
  lo.annotating = outer;
  return made;
}

/** Values without a name come first; those with one are a record. `["a", "b"]` is a list. */
function argumentsOf(lo: Lowering, list: SyntaxNode | undefined): Expr[] {
  if (list === undefined) return [];
  const entries: RecordEntry[] = [];
  const plain: Expr[] = [];
  for (const one of list.children) {
    const value = one.children.at(-1);
    if (value === undefined) continue;
    const [name] = one.children;
    if (hasToken(one, "=") && name !== undefined && name !== value)
      entries.push({ start: one.start, end: one.end, key: textOf(lo, name), value: lo.expr(value) });
    else plain.push(lo.expr(value));
  }
  return entries.length === 0 ? plain : [...plain, { kind: "record", start: list.start, end: list.end, entries }];
}
