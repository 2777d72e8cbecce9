import type { Expr } from "../../ir/nodes.ts";
import { literalAt } from "../tree-sitter/build.ts";
import type { SyntaxNode } from "../tree-sitter/syntax.ts";
import { nameOf, textOf, type Lowering } from "../jvm/lowering.ts";

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b" };

/** Text with its holes: `"$name ${user.id}"`. */
export function lowerText(lo: Lowering, node: SyntaxNode): Expr {
  const parts: (string | Expr)[] = [];
  const add = (part: string | Expr): void => {
    const last = parts.at(-1);
    if (typeof part === "string" && typeof last === "string") parts[parts.length - 1] = last + part;
    else if (part !== "") parts.push(part);
  };
  let dollar = false;
  for (const child of node.children) {
    const text = textOf(lo, child);
    if (child.type === "interpolation") {
      const [hole] = child.children;
      if (hole !== undefined) add(lo.expr(hole));
    } else if (child.type === "escape_sequence") add(unescaped(text));
    // The grammar parts `$name` into two contents.
    else if (dollar) for (const part of named(lo, child, text)) add(part);
    else if (text !== "$") add(text);
    dollar = child.type === "string_content" && text === "$";
  }
  const [only] = parts;
  if (parts.length === 0) return literalAt(node, "");
  if (parts.length === 1 && typeof only === "string") return literalAt(node, only);
  return { kind: "template", start: node.start, end: node.end, parts };
}

function named(lo: Lowering, at: SyntaxNode, text: string): (string | Expr)[] {
  const name = /^[\p{L}_]\w*/u.exec(text)?.[0];
  if (name === undefined) return [`$${text}`];
  return [nameOf(lo, { start: at.start, end: at.start + name.length }, name), text.slice(name.length)];
}

function unescaped(text: string): string {
  const unicode = /^\\u([0-9a-fA-F]{4})$/.exec(text)?.[1];
  return unicode === undefined ? (ESCAPES[text.slice(1)] ?? text.slice(1)) : String.fromCharCode(Number.parseInt(unicode, 16));
}

/** A number, character or constant; constants are identifiers of the grammar. */
export function lowerLiteral(lo: Lowering, node: SyntaxNode): Expr | undefined {
  const text = textOf(lo, node);
  switch (node.type) {
    case "number_literal":
    case "float_literal": {
      const value = Number(
        text
          .replaceAll("_", "")
          .replace(/(?:[uU]?[lL]|[uU])$/, "")
          .replace(/(?<!0[xX].*)[fF]$/, ""),
      );
      return literalAt(node, Number.isFinite(value) ? value : 0);
    }
    case "character_literal":
      return literalAt(node, text.slice(1, -1));
    case "string_literal":
    case "multiline_string_literal":
      return lowerText(lo, node);
    case "identifier":
    case "null":
    case "boolean_literal":
      if (text === "null") return literalAt(node, null);
      return text === "true" || text === "false" ? literalAt(node, text === "true") : undefined;
    default:
      return undefined;
  }
}
