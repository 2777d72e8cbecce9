import type { Expr, Span } from "../../ir/nodes.ts";
import type { Lowering } from "./lowering.ts";
import { textOf } from "./lowering.ts";
import { childOf } from "./syntax.ts";
import type { SyntaxNode } from "./syntax.ts";

type Part = string | Expr;

/** Escapes of one character: https://hexdocs.pm/elixir/String.html#module-escape-characters */
const ESCAPES: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\u0007",
  b: "\b",
  d: "\u007F",
  e: "\u001B",
  f: "\f",
  n: "\n",
  r: "\r",
  s: " ",
  t: "\t",
  v: "\v",
  "\n": "",
};

/** Strings, charlists, quoted atoms and sigils: a literal, or a template where something is interpolated. */
export function lowerText(lo: Lowering, node: SyntaxNode): Expr {
  return fromParts(node, partsOf(lo, node), node.type === "quoted_atom");
}

/** `a <> b`: text on either side runs together. */
export function joinText(at: Span, left: Expr, right: Expr): Expr {
  return fromParts(at, [...partsOfExpr(left), ...partsOfExpr(right)], false);
}

/** `~w(a b)` is a list, `~w(a b)a` one of atoms; every other sigil is its text. */
export function lowerSigil(lo: Lowering, node: SyntaxNode): Expr {
  const name = childOf(node, "sigil_name");
  const value = lowerText(lo, node);
  if (!name || textOf(lo, name).toLowerCase() !== "w" || value.kind !== "literal") return value;
  const modifiers = childOf(node, "sigil_modifiers");
  const symbol = modifiers !== undefined && textOf(lo, modifiers).includes("a");
  const words = String(value.value)
    .split(/\s+/)
    .filter((word) => word !== "");
  const { start, end } = node;
  return {
    kind: "list",
    start,
    end,
    items: words.map((word) => ({
      kind: "literal",
      start,
      end,
      value: word,
      ...(symbol && { symbol }),
    })),
  };
}

function fromParts(at: Span, parts: readonly Part[], symbol: boolean): Expr {
  const { start, end } = at;
  const joined = joinStrings(parts);
  const [only = ""] = joined;
  if (joined.length <= 1 && typeof only === "string") return { kind: "literal", start, end, value: only, ...(symbol && { symbol }) };
  return { kind: "template", start, end, parts: joined };
}

function partsOfExpr(expr: Expr): readonly Part[] {
  if (expr.kind === "template") return expr.parts;
  return expr.kind === "literal" && typeof expr.value === "string" && !expr.symbol ? [expr.value] : [expr];
}

function joinStrings(parts: readonly Part[]): Part[] {
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === "string" && typeof last === "string") joined[joined.length - 1] = last + part;
    else if (part !== "") joined.push(part);
  }
  return joined;
}

function partsOf(lo: Lowering, node: SyntaxNode): Part[] {
  const raw = node.type === "sigil" && isUpperCase(lo, node);
  const margin = marginOf(lo, node);
  const parts: Part[] = [];
  for (const child of node.children) {
    if (child.type === "quoted_content") parts.push(withoutMargin(textOf(lo, child), margin, parts.length === 0));
    else if (child.type === "escape_sequence") parts.push(raw ? textOf(lo, child) : unescape(textOf(lo, child)));
    else if (child.type === "interpolation") parts.push(child.children[0] ? lo.expr(child.children[0]) : "");
  }
  return parts;
}

function isUpperCase(lo: Lowering, sigil: SyntaxNode): boolean {
  const name = childOf(sigil, "sigil_name");
  return name !== undefined && /^[A-Z]/.test(textOf(lo, name));
}

/** How far a heredoc is indented, which is how far its closing quotes are; undefined for other text. */
function marginOf(lo: Lowering, node: SyntaxNode): number | undefined {
  const closing = /\n([ \t]*)(?:"""|''')[a-zA-Z0-9]*$/.exec(lo.text.slice(Math.max(node.start, node.end - 200), node.end));
  return closing?.[1]?.length;
}

function withoutMargin(text: string, margin: number | undefined, first: boolean): string {
  if (margin === undefined) return text;
  const body = first ? text.replace(/^\r?\n/, "").replace(new RegExp(`^[ \\t]{0,${margin}}`), "") : text;
  return body.replaceAll(new RegExp(`\\n[ \\t]{0,${margin}}`, "g"), "\n");
}

function unescape(sequence: string): string {
  const code = /^\\[xu]\{?([0-9a-fA-F]+)\}?$/.exec(sequence)?.[1];
  if (code === undefined) return ESCAPES[sequence.slice(1)] ?? sequence.slice(1);
  const point = Number.parseInt(code, 16);
  return point <= 0x10ffff ? String.fromCodePoint(point) : "";
}
