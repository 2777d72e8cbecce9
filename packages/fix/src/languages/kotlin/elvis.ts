import type { SyntaxNode } from "@telltale/scan/analysis";
import { indentAt, lineEnd } from "../../places/text.ts";
import type { Opened, Page, Slot } from "../trees/spec.ts";

const JUMPS: ReadonlySet<string> = new Set(["return_expression", "throw_expression"]);

/** What leaves the function where a value is missing: `?: return` , `?: throw`. */
export const isJumpBehindElvis = (node: SyntaxNode, parent: SyntaxNode | undefined): boolean =>
  parent?.type === "binary_expression" && node.field === "right" && parent.op === "?:" && JUMPS.has(node.type);

/** `?: return b` becomes `?: run { return b }`, with a line for each. */
export function openElvis({ text, style }: Page, { node }: Slot): Opened | undefined {
  if (text.slice(node.end, lineEnd(text, node.end)).trim() !== "") return undefined;
  const base = indentAt(text, node.start);
  const indent = `${base}${style.unit}`;
  return {
    edits: [{ start: node.start, end: node.start, text: `run {${style.eol}${indent}` }],
    indent,
    closing: [{ start: node.end, end: node.end, text: `${style.eol}${base}}` }],
  };
}
