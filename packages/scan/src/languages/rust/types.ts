import type { TypeRef } from "../../ir/nodes.ts";
import { childOf, fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { textOf, type Lowering } from "./lowering.ts";

/** Types that only hold another one: what they hold is the type to speak of. */
const WRAPPERS: ReadonlySet<string> = new Set([
  "Arc",
  "Rc",
  "Box",
  "Ref",
  "RefMut",
  "Cow",
  "Mutex",
  "RwLock",
  "OnceCell",
  "OnceLock",
  "LazyLock",
  "Lazy",
  "Pin",
  "State",
  "Extension",
  "Json",
  "Form",
  "Query",
  "Path",
  "Data",
  "Result",
  "ReqData",
]);

type Reader = Pick<Lowering, "text" | "scope">;

/** What a type is called, without references, lifetimes and wrappers; modules before it are left out. */
export function typeOf(cx: Reader, node: SyntaxNode | undefined): TypeRef | undefined {
  if (node === undefined) return undefined;
  switch (node.type) {
    case "type_identifier":
    case "identifier": {
      const name = textOf(cx, node);
      // Anything at all is no type to speak of.
      if (name === "Any") return undefined;
      return name === "Self" && cx.scope.self !== "" ? { name: cx.scope.self } : { name };
    }
    case "primitive_type":
      return { name: textOf(cx, node) };
    case "scoped_type_identifier":
    case "scoped_identifier":
      return typeOf(cx, fieldOf(node, "name"));
    case "generic_type":
      return genericOf(cx, node);
    case "dynamic_type":
    case "abstract_type":
      return typeOf(cx, fieldOf(node, "trait"));
    case "reference_type":
    case "pointer_type":
      return typeOf(cx, fieldOf(node, "type"));
    case "array_type":
      return { name: "Array", args: [typeOf(cx, fieldOf(node, "element"))].flatMap((one) => one ?? []) };
    case "tuple_type":
      return node.children.length === 0
        ? undefined
        : { name: "tuple", args: node.children.map((one) => typeOf(cx, one) ?? { name: "any" }) };
    default:
      return undefined;
  }
}

function genericOf(cx: Reader, node: SyntaxNode): TypeRef | undefined {
  const type = typeOf(cx, fieldOf(node, "type"));
  const given = childOf(node, "type_arguments")?.children.filter((one) => one.type !== "lifetime") ?? [];
  if (type === undefined) return undefined;
  const args = given.flatMap((one) => typeOf(cx, one) ?? []);
  const [first] = args;
  if (type.name === "Option") return first === undefined ? undefined : { ...first, nullable: true };
  if (type.name === "Vec") return { name: "Array", args };
  if (type.name.endsWith("Result") || WRAPPERS.has(type.name)) return given.length === 0 ? undefined : typeOf(cx, given[0]);
  return { name: type.name, args };
}

/** Whether a written type is an `Option`. */
export function isOption(cx: Reader, node: SyntaxNode | undefined): boolean {
  return node !== undefined && /^(?:\w+::)*Option\s*</.test(textOf(cx, node));
}
