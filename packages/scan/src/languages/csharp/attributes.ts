import type { Decorator, Expr, RecordEntry } from "../../ir/nodes.ts";
import { nameAt, opaqueAt } from "../tree-sitter/build.ts";
import { childOf, childrenOf, fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { textOf, type Lowering } from "./lowering.ts";
import { typeRef } from "./types.ts";

/** What attributes are said of, where it is not the declaration itself. */
const OF_OTHERS: ReadonlySet<string> = new Set(["return", "assembly", "module", "field", "param"]);

/** The attributes of a declaration or parameter, those in one bracket apart. */
export function decoratorsOf(lo: Lowering, node: SyntaxNode): Decorator[] {
  return childrenOf(node, "attribute_list").flatMap((list) => {
    const target = childOf(list, "attribute_target_specifier");
    if (target !== undefined && OF_OTHERS.has(textOf(lo, target).replaceAll(/[:\s]/g, ""))) return [];
    return childrenOf(list, "attribute").map((one) => decorator(lo, one));
  });
}

function decorator(lo: Lowering, node: SyntaxNode): Decorator {
  const head = fieldOf(node, "name") ?? node;
  const type = typeRef(lo, head);
  const name = (type?.name ?? textOf(lo, head)).replace(/(?<=\w)Attribute$/, "");
  const outer = lo.annotating;
  lo.annotating = true;
  const args = argumentsOf(lo, childOf(node, "attribute_argument_list"));
  lo.annotating = outer;
  const types = (type?.args ?? []).map((one) => nameAt(head, one.name));
  return { start: node.start, end: node.end, name, args: [...types, ...args] };
}

/** `("x", Name = "y", order: 1)`: the values in their order, then what has a name as one record. */
function argumentsOf(lo: Lowering, list: SyntaxNode | undefined): Expr[] {
  if (list === undefined) return [];
  const plain: Expr[] = [];
  const entries: RecordEntry[] = [];
  for (const one of childrenOf(list, "attribute_argument")) {
    const { start, end } = one;
    const value = one.children.at(-1);
    const named = one.children.length > 1 ? one.children[0] : undefined;
    const left = value?.type === "assignment_expression" ? fieldOf(value, "left") : named;
    const right = value?.type === "assignment_expression" ? fieldOf(value, "right") : value;
    const lowered = right === undefined ? opaqueAt(one, []) : lo.expr(right);
    if (left === undefined) plain.push(lowered);
    else entries.push({ start, end, key: textOf(lo, left), value: lowered });
  }
  return entries.length === 0 ? plain : [...plain, { kind: "record", start: list.start, end: list.end, entries }];
}
