import type { TypeRef } from "../../ir/nodes.ts";
import { textOf, type Lowering } from "../jvm/lowering.ts";
import { childOf, type SyntaxNode } from "../tree-sitter/syntax.ts";

const TYPES: ReadonlySet<string> = new Set([
  "user_type",
  "nullable_type",
  "non_nullable_type",
  "parenthesized_type",
  "function_type",
  "type",
]);

export function isType(node: SyntaxNode): boolean {
  return TYPES.has(node.type);
}

/** A written type, without its question mark; undefined for `Any`, which says nothing, and for types of functions. */
export function typeRef(node: SyntaxNode | undefined, lo: Lowering): TypeRef | undefined {
  if (node === undefined || node.type === "function_type") return undefined;
  if (node.type !== "user_type") return typeRef(node.children.find(isType), lo);
  const name = node.children
    .filter((child) => child.type === "identifier")
    .map((child) => textOf(lo, child))
    .join(".");
  const args = (childOf(node, "type_arguments")?.children ?? []).flatMap(
    (one) => typeRef(isType(one) ? one : one.children.find(isType), lo) ?? [],
  );
  if (name === "Any" || name === "Unit" || name === "") return undefined;
  return args.length === 0 ? { name } : { name, args };
}
