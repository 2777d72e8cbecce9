import type { Expr } from "../../ir/nodes.ts";
import { literalAt, opaqueAt, symbolAt } from "../tree-sitter/build.ts";
import type { SyntaxNode } from "../tree-sitter/syntax.ts";
import type { Lowering } from "./lowering.ts";
import { textOf } from "./lowering.ts";

type Part = string | Expr;

/** Text, with what stands in its holes. Commands and patterns are texts of which nothing more is known. */
export function lowerString(lo: Lowering, node: SyntaxNode): Expr {
  if (node.type === "heredoc_beginning") return heredoc(lo, node);
  const parts = partsOf(lo, node);
  if (node.type === "regex" || node.type === "subshell")
    return opaqueAt(
      node,
      parts.filter((part) => typeof part !== "string"),
    );
  const joined = join(parts);
  const [first] = joined;
  if (joined.length === 0) return literalAt(node, "");
  if (joined.length === 1 && typeof first === "string") return literalAt(node, first);
  return { kind: "template", start: node.start, end: node.end, parts: joined };
}

function partsOf(lo: Lowering, node: SyntaxNode): Part[] {
  return node.children.flatMap((child): Part[] => {
    if (child.type === "string_content" || child.type === "heredoc_content") return [textOf(lo, child)];
    if (child.type === "escape_sequence") return [unescaped(textOf(lo, child))];
    if (child.type === "interpolation") return [holeOf(lo, child)];
    return child.type === "string" || child.type === "chained_string" ? partsOf(lo, child) : [];
  });
}

function holeOf(lo: Lowering, node: SyntaxNode): Expr {
  const [only, ...more] = node.children;
  return only !== undefined && more.length === 0 ? lo.expr(only) : opaqueAt(node, node.children.map(lo.expr));
}

const ESCAPES: Readonly<Record<string, string>> = { "\\n": "\n", "\\t": "\t", "\\s": " ", '\\"': '"', "\\'": "'", "\\\\": "\\" };

function unescaped(text: string): string {
  return ESCAPES[text] ?? "";
}

function join(parts: readonly Part[]): Part[] {
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === "string" && typeof last === "string") joined[joined.length - 1] = last + part;
    else joined.push(part);
  }
  return joined;
}

/** The text stands further down, where its holes are evaluated (see `statements`). */
function heredoc(lo: Lowering, node: SyntaxNode): Expr {
  const body = lo.heredocs.get(node.start);
  if (body === undefined) return literalAt(node, "");
  const hole = opaqueAt(node, []);
  const written = body.children.flatMap((child): Part[] =>
    child.type === "heredoc_content" ? [textOf(lo, child)] : child.type === "interpolation" ? [hole] : [],
  );
  // The line that begins it ends in front of the text.
  const parts = join(written.map((part, i) => (i === 0 && typeof part === "string" ? part.replace(/^\n/, "") : part)));
  const [first] = parts;
  if (parts.length === 0) return literalAt(node, "");
  return parts.length === 1 && typeof first === "string"
    ? literalAt(node, first)
    : { kind: "template", start: node.start, end: node.end, parts };
}

/** `:name`, `:"na me"`. */
export function lowerSymbolText(lo: Lowering, node: SyntaxNode): Expr {
  if (node.type === "simple_symbol") return symbolAt(node, textOf(lo, node).slice(1));
  if (node.type === "hash_key_symbol") return symbolAt(node, textOf(lo, node));
  const value = lowerString(lo, node);
  return value.kind === "literal" ? symbolAt(node, String(value.value)) : value;
}

/** `%w[a b]`, `%i[a b]`. */
export function lowerWords(lo: Lowering, node: SyntaxNode): Expr {
  if (node.children.length === 0) return opaqueAt(node, []);
  return { kind: "list", start: node.start, end: node.end, items: node.children.map(lo.expr) };
}
