import type { Expr, Span } from "../../ir/nodes.ts";
import type { SyntaxNode } from "../tree-sitter/syntax.ts";
import { textOf, type Lowering } from "./lowering.ts";

const ESCAPES: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** The text of a string literal. */
export function stringOf(cx: Pick<Lowering, "text">, node: SyntaxNode): string {
  if (node.type === "raw_string_literal") return textOf(cx, node).slice(1, -1).replaceAll("\r", "");
  return node.children.map((part) => (part.type === "escape_sequence" ? escaped(textOf(cx, part)) : textOf(cx, part))).join("");
}

function escaped(sequence: string): string {
  const letter = sequence[1] ?? "";
  if (Object.hasOwn(ESCAPES, letter)) return ESCAPES[letter]!;
  if (/[0-7]/.test(letter)) return String.fromCodePoint(Number.parseInt(sequence.slice(1), 8));
  if (!/[xuU]/.test(letter)) return letter;
  const code = Number.parseInt(sequence.slice(2), 16);
  return code <= 0x10_ffff ? String.fromCodePoint(code) : "\uFFFD";
}

/** `a + b` where a text takes part. */
export function joined(at: Span, left: Expr, right: Expr): Expr | undefined {
  if (!isText(left) && !isText(right)) return undefined;
  return { kind: "template", parts: [...partsOf(left), ...partsOf(right)], start: at.start, end: at.end };
}

function isText(expr: Expr): boolean {
  return expr.kind === "template" || (expr.kind === "literal" && typeof expr.value === "string");
}

function partsOf(expr: Expr): readonly (string | Expr)[] {
  if (expr.kind === "template") return expr.parts;
  return [expr.kind === "literal" ? String(expr.value) : expr];
}

const VERB = /%(?:[-+# 0]*(?:\[\d+\])?[\d*]*(?:\.[\d*]+)?[a-zA-Z%])/g;

/** `fmt.Sprintf("%s has %d", name, count)`: the text with its arguments in the holes; undefined where they do not fit. */
export function formatted(at: Span, format: Expr | undefined, args: readonly Expr[]): Expr | undefined {
  if (format?.kind !== "literal" || typeof format.value !== "string" || args.some((arg) => arg.kind === "spread")) return undefined;
  const parts: (string | Expr)[] = [];
  let from = 0;
  let next = 0;
  for (const match of format.value.matchAll(VERB)) {
    const text = format.value.slice(from, match.index) + (match[0].endsWith("%") ? "%" : "");
    if (text !== "") parts.push(text);
    from = match.index + match[0].length;
    const arg = match[0].endsWith("%") ? undefined : args[next++];
    if (arg !== undefined) parts.push(arg);
  }
  if (next !== args.length) return undefined;
  if (from < format.value.length) parts.push(format.value.slice(from));
  return { kind: "template", parts, start: at.start, end: at.end };
}
