import type { Expr, Span } from "../../ir/nodes.ts";
import { literalAt, memberAt, nameAt } from "../tree-sitter/build.ts";
import { fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { statusOf } from "./constants.ts";
import { textOf, type Lowering } from "./lowering.ts";

/** The names of a path, without type arguments: `a::B::<T>::new` → a, B, new. `Self` is the type around it. */
export function segmentsOf(cx: Lowering, node: SyntaxNode): readonly string[] {
  switch (node.type) {
    case "scoped_identifier":
    case "scoped_type_identifier": {
      const [path, name] = [fieldOf(node, "path"), fieldOf(node, "name")];
      return [...(path === undefined ? [] : segmentsOf(cx, path)), ...(name === undefined ? [] : [textOf(cx, name)])];
    }
    case "generic_type":
    case "generic_type_with_turbofish":
    case "generic_function":
    case "bracketed_type":
    case "reference_type": {
      const inner = fieldOf(node, "type") ?? fieldOf(node, "function") ?? node.children.find((one) => one.type !== "lifetime");
      return inner === undefined ? [] : segmentsOf(cx, inner);
    }
    case "qualified_type":
      return segmentsOf(cx, fieldOf(node, "type") ?? node.children[0] ?? node);
    default: {
      const text = textOf(cx, node);
      return [text === "Self" && cx.scope.self !== "" ? cx.scope.self : text];
    }
  }
}

/** A path as members of its first name. What stands in another module of the project is imported under its own name. */
export function lowerPath(cx: Lowering, node: SyntaxNode): Expr {
  const segments = segmentsOf(cx, node);
  const status = statusOf(segments);
  return status === undefined ? reached(cx, node, segments) : literalAt(node, status);
}

function reached(cx: Lowering, at: Span, segments: readonly string[]): Expr {
  const modules = segments.findIndex((one, i) => i === segments.length - 1 || /^[A-Z]/.test(one));
  const rooted = /^(?:crate|super|self)$/.test(segments[0] ?? "");
  if (modules < 1 || (modules < 2 && !rooted)) return membersOf(at, segments);
  const source = segments.slice(0, modules).join("::");
  const name = segments[modules]!;
  const other = cx.imports.some((one) => one.local === name && (one.source !== source || one.imported !== name));
  const local = other ? `${source}::${name}` : name;
  if (!cx.imports.some((one) => one.local === local)) cx.imports.push({ local, imported: name, source, start: at.start, end: at.end });
  return membersOf(at, [local, ...segments.slice(modules + 1)]);
}

export function membersOf(at: Span, [first = "", ...rest]: readonly string[]): Expr {
  return rest.reduce<Expr>((object, name) => memberAt(at, object, name), nameAt(at, first === "self" ? "this" : first));
}
