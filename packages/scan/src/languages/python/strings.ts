import type { Expr } from "../../ir/nodes.ts";
import { textAt } from "../tree-sitter/build.ts";
import type { SyntaxNode } from "../tree-sitter/syntax.ts";
import type { Lowering } from "./lowering.ts";
import { textOf } from "./lowering.ts";

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "0": "\0", "\n": "" };

/** A string with or without holes: `"a"`, `b"a"`, `f"a {b}"`, `"a" "b"`. */
export function lowerString(lo: Lowering, node: SyntaxNode): Expr {
  return textAt(node, partsOf(lo, node));
}

function partsOf(lo: Lowering, node: SyntaxNode): readonly (string | Expr)[] {
  if (node.type === "concatenated_string") return node.children.flatMap((child) => partsOf(lo, child));
  if (node.type !== "string") return [lo.expr(node)];
  const [open] = node.children;
  const isRaw = open !== undefined && /r/i.test(textOf(lo, open));
  return node.children.flatMap((child): readonly (string | Expr)[] => {
    if (child.type === "string_content") return [isRaw ? textOf(lo, child) : unescaped(textOf(lo, child))];
    if (child.type !== "interpolation") return [];
    const inner = child.children.find((one) => one.field === "expression") ?? child.children[0];
    return inner === undefined ? [] : [lo.expr(inner)];
  });
}

function unescaped(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replaceAll(
    /\\(\r?\n|[^])/g,
    (whole, next: string) => ESCAPES[next === "\r\n" ? "\n" : next] ?? (/[\\'"]/.test(next) ? next : whole),
  );
}
