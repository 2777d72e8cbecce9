import type { Expr } from "../../ir/nodes.ts";
import { literalAt } from "../tree-sitter/build.ts";
import { hasToken, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { textOf, type Lowering } from "../jvm/lowering.ts";

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", s: " ", "0": "\0", "\n": "" };

/** A number, text, character or constant; undefined for what is no literal. */
export function lowerLiteral(lo: Lowering, node: SyntaxNode): Expr | undefined {
  switch (node.type) {
    case "string_literal":
      return literalAt(node, stringOf(lo, node));
    case "character_literal":
      return literalAt(node, unescaped(textOf(lo, node).slice(1, -1)));
    case "true":
    case "false":
      return literalAt(node, node.type === "true");
    case "null_literal":
      return literalAt(node, null);
    default:
      return /_(?:integer|floating_point)_literal$/.test(node.type) ? literalAt(node, numberOf(textOf(lo, node))) : undefined;
  }
}

function stringOf(lo: Lowering, node: SyntaxNode): string {
  const isBlock = hasToken(node, '"""');
  const text = node.children.map((part) => (part.type === "escape_sequence" ? unescaped(textOf(lo, part)) : textOf(lo, part))).join("");
  return isBlock ? text.replace(/^[ \t]*\r?\n/, "").replaceAll(/^[ \t]+/gm, "") : text;
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(?:u+([0-9a-fA-F]{4})|([0-7]{1,3})|([^]))/g, (_, unicode?: string, octal?: string, letter?: string) => {
    if (unicode !== undefined) return String.fromCharCode(Number.parseInt(unicode, 16));
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    return ESCAPES[letter ?? ""] ?? letter ?? "";
  });
}

/** `1_000L`, `0x1F`, `017`, `1.5f`. What is too large for a number is only near. */
function numberOf(text: string): number {
  const plain = text.replaceAll("_", "");
  const isHex = /^0x/i.test(plain);
  const digits = isHex ? plain.replace(/[lL]$/, "") : plain.replace(/[lLfFdD]$/, "");
  if (/^0[0-7]+$/.test(digits)) return Number.parseInt(digits, 8);
  const value = Number(digits);
  return Number.isFinite(value) ? value : 0;
}
