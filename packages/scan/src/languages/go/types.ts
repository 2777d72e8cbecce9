import type { TypeRef } from "../../ir/nodes.ts";
import { fieldOf, fieldsOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { textOf, type Lowering } from "./lowering.ts";

/** What a type is called: `pkg.Name` for those of packages, `Array`, `Map`, `func`, `chan` for those without a name. */
export function typeOf(cx: Pick<Lowering, "text">, node: SyntaxNode | undefined): TypeRef | undefined {
  if (node === undefined) return undefined;
  const inner = node.children[0];
  switch (node.type) {
    case "type_identifier":
      // Anything at all is no type to speak of.
      return textOf(cx, node) === "any" ? undefined : { name: textOf(cx, node) };
    case "qualified_type":
    case "identifier":
    case "selector_expression":
      return { name: textOf(cx, node).replace(/\s+/g, "") };
    case "pointer_type": {
      const type = typeOf(cx, inner);
      return type === undefined ? undefined : { ...type, nullable: true };
    }
    case "parenthesized_type":
    case "negated_type":
    case "type_elem":
      return typeOf(cx, inner);
    case "generic_type":
      return generic(cx, node);
    case "slice_type":
    case "array_type":
    case "implicit_length_array_type":
      return { name: "Array", args: listOf(cx, [fieldOf(node, "element")]) };
    case "map_type":
      return { name: "Map", args: listOf(cx, [fieldOf(node, "key"), fieldOf(node, "value")]) };
    case "function_type":
      return { name: "func" };
    case "channel_type":
      return { name: "chan", args: listOf(cx, [fieldOf(node, "value")]) };
    case "struct_type":
      return { name: "struct" };
    default:
      return undefined;
  }
}

function generic(cx: Pick<Lowering, "text">, node: SyntaxNode): TypeRef | undefined {
  const type = typeOf(cx, fieldOf(node, "type"));
  const args = fieldOf(node, "type_arguments");
  return type === undefined ? undefined : { ...type, args: listOf(cx, args?.children ?? []) };
}

function listOf(cx: Pick<Lowering, "text">, nodes: readonly (SyntaxNode | undefined)[]): TypeRef[] {
  return nodes.flatMap((node) => typeOf(cx, node) ?? []);
}

const ANY: TypeRef = { name: "any" };

/** The results of a function: their types, and their names where they have some. */
export function resultsOf(cx: Pick<Lowering, "text">, result: SyntaxNode | undefined): { types: TypeRef[]; names: string[] } {
  if (result === undefined) return { types: [], names: [] };
  if (result.type !== "parameter_list") return { types: [typeOf(cx, result) ?? ANY], names: [] };
  const types: TypeRef[] = [];
  const names: string[] = [];
  for (const one of result.children) {
    const type = typeOf(cx, fieldOf(one, "type")) ?? ANY;
    const own = fieldsOf(one, "name").map((name) => textOf(cx, name));
    names.push(...own);
    for (let i = 0; i < Math.max(1, own.length); i++) types.push(type);
  }
  return { types, names };
}

/** What a function gives: its only result, or a tuple of several. */
export function returnsOf(types: readonly TypeRef[]): TypeRef | undefined {
  if (types.length > 1) return { name: "tuple", args: types };
  return types[0]?.name === "any" ? undefined : types[0];
}
