import type { Expr } from "../../ir/nodes.ts";
import { textAt } from "../tree-sitter/build.ts";
import type { SyntaxNode } from "../tree-sitter/syntax.ts";
import { textOf, type Lowering } from "./lowering.ts";

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "0": "\0", e: "\u001b", v: "\v", f: "\f" };

/** A string of any kind, with or without holes. */
export function lowerString(lo: Lowering, node: SyntaxNode): Expr {
  return textAt(node, partsOf(lo, node));
}

export function piecesOf(expr: Expr): readonly (string | Expr)[] {
  if (expr.kind === "template") return expr.parts;
  return expr.kind === "literal" && typeof expr.value === "string" ? [expr.value] : [expr];
}

function partsOf(lo: Lowering, node: SyntaxNode): readonly (string | Expr)[] {
  return node.children.flatMap((child): readonly (string | Expr)[] => {
    switch (child.type) {
      case "string_content":
      case "nowdoc_string":
        return [textOf(lo, child)];
      case "escape_sequence":
        return [unescaped(textOf(lo, child))];
      case "heredoc_body":
      case "nowdoc_body":
        return partsOf(lo, child);
      case "heredoc_start":
      case "heredoc_end":
        return [];
      default:
        return [lo.expr(child)];
    }
  });
}

function unescaped(text: string): string {
  const next = text.slice(1);
  return ESCAPES[next] ?? (/^[\\'"$]$/.test(next) ? next : text);
}
