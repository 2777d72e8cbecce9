import type { TypeRef } from "../../ir/nodes.ts";
import type { SyntaxNode } from "../tree-sitter/syntax.ts";
import { textOf, type Lowering } from "../jvm/lowering.ts";

/** Rules of the grammar that are types. */
const TYPES: ReadonlySet<string> = new Set([
  "type_identifier",
  "scoped_type_identifier",
  "generic_type",
  "array_type",
  "annotated_type",
  "integral_type",
  "floating_point_type",
  "boolean_type",
  "void_type",
]);

export function isType(node: SyntaxNode): boolean {
  return TYPES.has(node.type);
}

/** A written type; undefined for `var`, `void` and `Object`, which say none. */
export function typeRef(lo: Lowering, node: SyntaxNode | undefined): TypeRef | undefined {
  if (node === undefined) return undefined;
  switch (node.type) {
    case "void_type":
      return undefined;
    case "generic_type":
      return generic(lo, node);
    case "array_type": {
      const element = typeRef(lo, node.children[0]);
      return element === undefined ? { name: "Array" } : { name: "Array", args: [element] };
    }
    case "annotated_type":
      return typeRef(lo, node.children.findLast(isType));
    case "wildcard":
      return typeRef(lo, node.children.find(isType)) ?? { name: "Object" };
    default: {
      const name = textOf(lo, node).replaceAll(/\s/g, "");
      return name === "var" || name === "Object" ? undefined : { name };
    }
  }
}

function generic(lo: Lowering, node: SyntaxNode): TypeRef | undefined {
  const [head, args] = node.children;
  const outer = typeRef(lo, head);
  const inner = (args?.children ?? []).flatMap((arg) => typeRef(lo, arg) ?? []);
  return outer === undefined || inner.length === 0 ? outer : { name: outer.name, args: inner };
}

/** Last name of a type as written: `Users` of `shop.Users<Row>`. */
export function typeName(lo: Lowering, node: SyntaxNode): string {
  return typeRef(lo, node)?.name ?? "";
}
