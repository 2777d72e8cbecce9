import type { TypeRef } from "../../ir/nodes.ts";
import { type SyntaxNode } from "../tree-sitter/syntax.ts";
import type { Lowering } from "./lowering.ts";
import { textOf } from "./lowering.ts";

const NOTHING: ReadonlySet<string> = new Set(["None", "none"]);

/**
 * An annotation as name and arguments. Of a union the first member that is not None; a quoted type is the type;
 * `Annotated[T, …]` is `T`. undefined for what names no type.
 */
export function typeRef(lo: Lowering, node: SyntaxNode | undefined): TypeRef | undefined {
  if (node === undefined) return undefined;
  switch (node.type) {
    case "type":
      return typeRef(lo, node.children[0]);
    case "identifier":
    case "attribute":
    case "member_type":
    case "dotted_name":
      return { name: textOf(lo, node).replaceAll(/\s/g, "") };
    case "none":
      return { name: "None" };
    case "string":
      return quoted(textOf(lo, node));
    case "union_type":
    case "binary_operator":
      return firstOf(lo, node.children);
    case "generic_type":
      return generic(lo, node.children[0], node.children[1]?.children ?? []);
    case "subscript":
      return generic(lo, node.children[0], node.children.slice(1));
    default:
      return undefined;
  }
}

function generic(lo: Lowering, head: SyntaxNode | undefined, args: readonly SyntaxNode[]): TypeRef | undefined {
  const outer = typeRef(lo, head);
  if (outer === undefined) return undefined;
  const last = outer.name.slice(outer.name.lastIndexOf(".") + 1);
  if (last === "Annotated") return typeRef(lo, args[0]);
  if (last === "Union") return firstOf(lo, args);
  const inner = args.map((arg) => typeRef(lo, arg) ?? { name: "unknown" });
  return { name: outer.name, args: inner };
}

function firstOf(lo: Lowering, nodes: readonly SyntaxNode[]): TypeRef | undefined {
  for (const node of nodes) {
    const type = typeRef(lo, node);
    if (type !== undefined && !NOTHING.has(type.name)) return type;
  }
  return undefined;
}

/** `"User"`, `"User | None"`, `"Optional[User]"`: the name of a class that is declared further down. */
function quoted(text: string): TypeRef | undefined {
  const name = /^[bru]*["']+(?:Optional\[)?([A-Za-z_][\w.]*)/i.exec(text)?.[1];
  return name === undefined ? undefined : { name };
}

/** What stands in `Annotated[T, a, b]` beside the type. */
export function annotationsOf(lo: Lowering, node: SyntaxNode | undefined): readonly SyntaxNode[] {
  if (node === undefined) return [];
  if (node.type === "type") return annotationsOf(lo, node.children[0]);
  const [head, ...rest] = node.children;
  if ((node.type !== "generic_type" && node.type !== "subscript") || head === undefined) return [];
  if (!/(?:^|\.)Annotated$/.test(textOf(lo, head))) return [];
  const args = node.type === "generic_type" ? (rest[0]?.children ?? []) : rest;
  return args.slice(1).map((arg) => (arg.type === "type" ? (arg.children[0] ?? arg) : arg));
}
