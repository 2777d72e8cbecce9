import type { Expr, Span } from "../../ir/nodes.ts";
import type { SyntaxNode } from "../tree-sitter/syntax.ts";
import { textOf, type Lowering } from "./lowering.ts";

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", "0": "\0" };

/** The text of a string literal. */
export function stringOf(cx: Pick<Lowering, "text">, node: SyntaxNode): string {
  return node.children.map((part) => (part.type === "escape_sequence" ? escaped(textOf(cx, part)) : textOf(cx, part))).join("");
}

function escaped(sequence: string): string {
  const letter = sequence[1] ?? "";
  if (Object.hasOwn(ESCAPES, letter)) return ESCAPES[letter]!;
  if (letter === "\n" || letter === "\r") return "";
  if (letter !== "x" && letter !== "u") return letter;
  const code = Number.parseInt(sequence.slice(2).replaceAll(/[{}_]/g, ""), 16);
  return code <= 0x10_ffff ? String.fromCodePoint(code) : "\uFFFD";
}

/** `1_000u64`, `0xff`, `1.5f32`. */
export function numberOf(text: string): number {
  const plain = text.replaceAll("_", "").replace(/(?<!^0x[\da-f]*)(?:[iu](?:8|16|32|64|128|size)|f(?:32|64))$/i, "");
  const value = Number(plain);
  return Number.isNaN(value) ? 0 : value;
}

/** `a + b` where a text takes part. */
export function joined(at: Span, left: Expr, right: Expr): Expr | undefined {
  if (!isText(left) && !isText(right)) return undefined;
  return { kind: "template", parts: [...partsOf(left), ...partsOf(right)], start: at.start, end: at.end };
}

function isText(expr: Expr): boolean {
  return expr.kind === "template" || (expr.kind === "literal" && typeof expr.value === "string" && expr.symbol !== true);
}

function partsOf(expr: Expr): readonly (string | Expr)[] {
  if (expr.kind === "template") return expr.parts;
  return [expr.kind === "literal" ? String(expr.value) : expr];
}

const HOLE = /\{\{|\}\}|\{([^{}:]*)(?::[^{}]*)?\}/g;

/** `"{} has {count}"` with its arguments in the holes. A text without holes stays a text. */
export function formatted(at: Span, format: Expr | undefined, args: readonly Expr[]): Expr | undefined {
  if (format?.kind !== "literal" || typeof format.value !== "string") return undefined;
  const parts: (string | Expr)[] = [];
  let from = 0;
  let next = 0;
  for (const match of format.value.matchAll(HOLE)) {
    const before = format.value.slice(from, match.index) + (match[1] === undefined ? match[0][0] : "");
    if (before !== "") parts.push(before);
    from = match.index + match[0].length;
    if (match[1] === undefined) continue;
    const hole = /^[a-z_]\w*$/i.test(match[1]) ? nameIn(format, match[1]) : /^\d+$/.test(match[1]) ? args[Number(match[1])] : args[next++];
    if (hole !== undefined) parts.push(hole);
  }
  if (from < format.value.length) parts.push(format.value.slice(from));
  if (parts.every((part) => typeof part === "string")) return { ...format, value: parts.join("") };
  return { kind: "template", parts, start: at.start, end: at.end };
}

function nameIn({ start, end }: Span, name: string): Expr {
  return { kind: "name", name, start, end };
}
