import type { SyntaxNode } from "@telltale/scan/analysis";
import { indentAt, startsLine } from "../../places/text.ts";
import type { Opened, Page, Slot } from "./spec.ts";

/** Statements of languages that have blocks in braces. */
export interface BraceSpec {
  readonly rows: ReadonlySet<string>;
  /** Statements that may have a body without braces, with the fields or types that hold it. */
  readonly bare: (node: SyntaxNode, parent: SyntaxNode) => boolean;
  /** What stands between the braces and the statements, where that is a node of its own. */
  readonly inner?: ReadonlySet<string>;
  /** Braces stand on lines of their own, where a file does not show how it has them. */
  readonly ownLines?: true;
}

/** A line of its own for a statement between the braces of one line, or without braces. */
export function createOpen(spec: BraceSpec): (page: Page, slot: Slot) => Opened | undefined {
  const open = (page: Page, { node, around }: Slot): Opened | undefined => {
    const { text, style } = page;
    const parent = around.at(-1);
    if (parent === undefined) return undefined;
    if (spec.bare(node, parent)) return openBare(page, node, parent, spec.ownLines === true);
    if (!spec.rows.has(parent.type)) return undefined;
    if (startsLine(text, node.start)) return { edits: [], indent: indentAt(text, node.start) };
    const block = spec.inner?.has(parent.type) ? (around.at(-2) ?? parent) : parent;
    if (parent.children.length !== 1 || text[block.start] !== "{" || text[block.end - 1] !== "}") return undefined;
    const before = text.slice(block.start + 1, node.start);
    const after = text.slice(node.end, block.end - 1);
    // Where it is not all of one line, or a comment stands between, it is left alone.
    if (!/^[ \t]*$/.test(before) || !/^[ \t;]*$/.test(after)) return undefined;
    const base = indentAt(text, block.start);
    const indent = `${base}${style.unit}`;
    return {
      edits: [{ start: block.start + 1, end: node.start, text: `${style.eol}${indent}` }],
      indent,
      closing: [{ start: node.end, end: block.end - 1, text: `${after.trim()}${style.eol}${base}` }],
    };
  };
  return open;
}

/** `if (a) return b;` gets its braces. */
function openBare({ text, style }: Page, node: SyntaxNode, parent: SyntaxNode, ownLines: boolean): Opened | undefined {
  const base = indentAt(text, parent.start);
  const headEnd = text.slice(0, node.start).trimEnd().length;
  if (/\/[/*]|#/.test(text.slice(headEnd, node.start))) return undefined;
  const indent = `${base}${style.unit}`;
  const own = bracesOnOwnLines(text, ownLines);
  const opening = own ? `${style.eol}${base}{` : " {";
  // What follows on the same line is an `else` or the end of the line.
  const follows = /^[ \t]*else\b/.test(text.slice(node.end)) || /^\s*else\b/.test(text.slice(node.end));
  const closing = follows && !own ? `${style.eol}${base}} ` : `${style.eol}${base}}`;
  const gap = follows && !own ? /^\s*/.exec(text.slice(node.end))![0].length : 0;
  return {
    edits: [{ start: headEnd, end: node.start, text: `${opening}${style.eol}${indent}` }],
    indent,
    closing: [{ start: node.end, end: node.end + gap, text: closing }],
  };
}

/** Whether a file puts the braces of its branches on lines of their own; where it has none, as `fallback` says. */
function bracesOnOwnLines(text: string, fallback: boolean): boolean {
  const own = text.match(/^[ \t]*(?:if|for|foreach|while|switch|else|try|catch)\b[^{};\n]*\r?\n[ \t]*\{/gm)?.length ?? 0;
  const same = text.match(/^[ \t]*(?:\}[ \t]*)?(?:if|for|foreach|while|switch|else|try|catch)\b[^\n]*\{[ \t]*\r?$/gm)?.length ?? 0;
  return own === same ? fallback : own > same;
}
