import type { Expr, Span } from "../../ir/nodes.ts";
import { literalAt } from "../tree-sitter/build.ts";
import type { SyntaxNode } from "../tree-sitter/syntax.ts";
import { textOf, type Lowering } from "./lowering.ts";

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "0": "\0", e: "\u001b", v: "\v", f: "\f" };

/** A string of any kind, with or without holes. */
export function lowerString(lo: Lowering, node: SyntaxNode): Expr {
  return joined(node, partsOf(lo, node));
}

/** Text and holes as one expression: a literal where there are no holes. */
export function joined(at: Span, parts: readonly (string | Expr)[]): Expr {
  const merged: (string | Expr)[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (typeof part === "string" && typeof last === "string") merged[merged.length - 1] = last + part;
    else merged.push(part);
  }
  const whole = merged.filter((part) => part !== "");
  if (whole.every((part) => typeof part === "string")) return literalAt(at, whole.join(""));
  return { kind: "template", start: at.start, end: at.end, parts: whole };
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
