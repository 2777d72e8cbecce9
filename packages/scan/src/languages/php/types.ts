import type { TypeRef } from "../../ir/nodes.ts";
import type { SyntaxNode } from "../tree-sitter/syntax.ts";
import { textOf, type Lowering } from "./lowering.ts";
import { nameOf } from "./names.ts";

const NOTHING: ReadonlySet<string> = new Set(["null", "void", "false", "mixed", "never"]);

/** A type as a name; of a union the first member that is a class. undefined for what names none. */
export function typeRef(lo: Lowering, node: SyntaxNode | undefined): TypeRef | undefined {
  if (node === undefined) return undefined;
  switch (node.type) {
    case "named_type":
      return typeRef(lo, node.children[0]);
    case "name":
    case "qualified_name":
    case "relative_name":
      return { name: nameOf(lo, node) };
    case "primitive_type":
      return NOTHING.has(textOf(lo, node).toLowerCase()) ? undefined : { name: textOf(lo, node) };
    case "optional_type":
      return nullable(typeRef(lo, node.children[0]));
    case "union_type":
    case "intersection_type":
    case "disjunctive_normal_form_type":
    case "type_list":
      return unionOf(lo, node);
    default:
      return undefined;
  }
}

function unionOf(lo: Lowering, node: SyntaxNode): TypeRef | undefined {
  const known = node.children.flatMap((child) => typeRef(lo, child) ?? []);
  const first = known.find((type) => /^\p{Lu}/u.test(type.name)) ?? known[0];
  const isNullable = node.children.some((child) => /^(?:null|false)$/i.test(textOf(lo, child)));
  return isNullable ? nullable(first) : first;
}

function nullable(type: TypeRef | undefined): TypeRef | undefined {
  return type === undefined ? undefined : { ...type, nullable: true };
}
