import type { Expr } from "../../ir/nodes.ts";
import { literalAt } from "../tree-sitter/build.ts";
import type { SyntaxNode } from "../tree-sitter/syntax.ts";
import { textOf, type Lowering } from "./lowering.ts";

const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  b: "\b",
  f: "\f",
  v: "\v",
  a: "\u0007",
  e: "\u001b",
  "0": "\0",
};

/** A number, text, character or constant; undefined for what is no literal. */
export function lowerLiteral(lo: Lowering, node: SyntaxNode): Expr | undefined {
  switch (node.type) {
    case "string_literal":
    case "character_literal":
      return literalAt(node, unescaped(textOf(lo, node).replace(/u8$/i, "").slice(1, -1)));
    case "verbatim_string_literal":
      return literalAt(node, textOf(lo, node).slice(2, -1).replaceAll('""', '"'));
    case "raw_string_literal":
      return literalAt(node, rawText(lo, node));
    case "boolean_literal":
      return literalAt(node, textOf(lo, node) === "true");
    case "null_literal":
    case "default_expression":
      return literalAt(node, null);
    case "integer_literal":
    case "real_literal":
      return literalAt(node, numberOf(textOf(lo, node)));
    case "interpolated_string_expression":
      return interpolated(lo, node);
    default:
      return undefined;
  }
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{1,4})|([^]))/g, (_, unicode?: string, hex?: string, letter?: string) => {
    const code = unicode ?? hex;
    return code === undefined ? (ESCAPES[letter ?? ""] ?? letter ?? "") : String.fromCharCode(Number.parseInt(code, 16));
  });
}

/** A text of several lines begins after its quotes and is as far in as its end. */
function rawText(lo: Lowering, node: SyntaxNode): string {
  const text = textOf(lo, node)
    .replace(/^"{3,}/, "")
    .replace(/"{3,}(?:u8)?$/i, "");
  return text.includes("\n") ? text.replace(/^[ \t]*\r?\n/, "").replaceAll(/^[ \t]+/gm, "") : text;
}

/** `1_000L`, `0x1F`, `0b11`, `1.5m`. What is too large for a number is only near. */
function numberOf(text: string): number {
  const plain = text.replaceAll("_", "");
  const value = Number(/^0[xb]/i.test(plain) ? plain.replace(/[ul]+$/i, "") : plain.replace(/[ulfdm]+$/i, ""));
  return Number.isFinite(value) ? value : 0;
}

/** `$"a {b:N} c"`: a template; formats say nothing. Without holes it is plain text. */
function interpolated(lo: Lowering, node: SyntaxNode): Expr {
  const isPlain = textOf(lo, node).includes('"""') || /^[$@]*@/.test(textOf(lo, node));
  const parts: (string | Expr)[] = [];
  for (const part of node.children) {
    if (part.type === "interpolation") {
      const hole = part.children.find((child) => !child.type.startsWith("interpolation_"));
      if (hole !== undefined) parts.push(lo.expr(hole));
    } else if (part.type === "string_content" || part.type === "escape_sequence") {
      const written = textOf(lo, part).replaceAll("{{", "{").replaceAll("}}", "}");
      const text = isPlain ? written : unescaped(written);
      if (typeof parts.at(-1) === "string") parts.push(`${String(parts.pop())}${text}`);
      else parts.push(text);
    }
  }
  const [only] = parts;
  if (parts.length === 0) return literalAt(node, "");
  return parts.length === 1 && typeof only === "string"
    ? literalAt(node, only)
    : { kind: "template", start: node.start, end: node.end, parts };
}
