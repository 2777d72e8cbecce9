import type { TypeRef } from "../../ir/nodes.ts";
import { fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { textOf, type Lowering } from "./lowering.ts";

/** Rules of the grammar that are types and nothing else. */
const TYPES: ReadonlySet<string> = new Set([
  "predefined_type",
  "implicit_type",
  "nullable_type",
  "array_type",
  "pointer_type",
  "function_pointer_type",
  "tuple_type",
  "ref_type",
  "scoped_type",
  "type_argument_list",
]);

export function isType(node: SyntaxNode): boolean {
  return TYPES.has(node.type);
}

/** A written type; undefined for `var`, `void`, `object` and `dynamic`, which say none. */
export function typeRef(lo: Lowering, node: SyntaxNode | undefined): TypeRef | undefined {
  if (node === undefined) return undefined;
  switch (node.type) {
    case "implicit_type":
      return undefined;
    case "nullable_type": {
      const inner = typeRef(lo, node.children[0]);
      return inner && { ...inner, nullable: true };
    }
    case "ref_type":
    case "scoped_type":
    case "pointer_type":
      return typeRef(lo, fieldOf(node, "type") ?? node.children[0]);
    case "array_type": {
      const element = typeRef(lo, fieldOf(node, "type"));
      return element === undefined ? { name: "Array" } : { name: "Array", args: [element] };
    }
    case "tuple_type":
      return { name: "tuple", args: node.children.map((one) => typeRef(lo, fieldOf(one, "type")) ?? { name: "object" }) };
    case "generic_name":
      return generic(lo, node);
    case "qualified_name":
    case "alias_qualified_name":
      return qualified(lo, node);
    default: {
      const name = textOf(lo, node).replaceAll(/\s/g, "");
      return ["void", "object", "dynamic", "var"].includes(name) ? undefined : { name };
    }
  }
}

function generic(lo: Lowering, node: SyntaxNode): TypeRef {
  const [head, list] = node.children;
  const name = head === undefined ? "" : textOf(lo, head);
  const args = (list?.children ?? []).map((arg) => typeRef(lo, arg) ?? { name: "object" });
  return args.length === 0 ? { name } : { name, args };
}

/** `Shop.Users.Row<T>`: a dotted name; arguments are those of its last part. */
function qualified(lo: Lowering, node: SyntaxNode): TypeRef {
  const [before, last] = [fieldOf(node, "qualifier") ?? node.children[0], fieldOf(node, "name") ?? node.children.at(-1)];
  const outer = before === undefined ? undefined : typeRef(lo, before);
  const inner = last === undefined || last === before ? undefined : typeRef(lo, last);
  const name = [node.type === "alias_qualified_name" ? undefined : outer?.name, inner?.name].filter((part) => part !== undefined).join(".");
  return inner?.args === undefined ? { name } : { name, args: inner.args };
}

/** Name of a type as written, without its arguments. */
export function typeName(lo: Lowering, node: SyntaxNode): string {
  return typeRef(lo, node)?.name ?? textOf(lo, node);
}

/** Types whose value is what an `await` gives. */
const TASKS: ReadonlySet<string> = new Set(["Task", "ValueTask"]);

/** What a function gives once it is awaited. */
export function returnedType(lo: Lowering, node: SyntaxNode | undefined): TypeRef | undefined {
  const type = typeRef(lo, node);
  return type !== undefined && TASKS.has(type.name) ? type.args?.[0] : type;
}
