import type { SyntaxNode } from "@telltale/scan/analysis";
import type { Refused } from "../../contract.ts";
import { indentAt, indented, lineEnd, startsLine } from "../../places/text.ts";
import type { Seat, Spot } from "../writer.ts";
import type { Page, TreeSpec } from "./spec.ts";

/** A seat behind the last statement of a function, where its end without a return ends the outcome. */
export function endOfFunction(spec: TreeSpec, page: Page, path: readonly SyntaxNode[], { at, fn, file }: Spot): Seat | Refused | undefined {
  if (fn === undefined || at.end - at.start > 1 || at.end !== fn.end) return undefined;
  const { text, style } = page;
  const i = path.findLastIndex((node) => spec.functions.has(node.type) && node.end === at.end);
  const row = i < 0 ? undefined : rowIn(spec, path[i]!);
  const last = row?.children.at(-1);
  if (row === undefined || last === undefined || !startsLine(text, last.start) || file.text !== text)
    return { kind: "no-place", reason: "the function ends there without a statement of its own" };
  if (spec.leaves.has(last.type)) return { kind: "unclear", reason: "the function returns before its end" };
  const indent = indentAt(text, last.start);
  const end = lineEnd(text, last.end);
  return {
    offset: last.end,
    safe: true,
    indent,
    write: (line) => [{ start: end, end, text: `${style.eol}${indent}${indented(line, indent, style.eol)}` }],
  };
}

/** The row of statements that is the body of a function. */
function rowIn(spec: TreeSpec, node: SyntaxNode): SyntaxNode | undefined {
  for (let at: SyntaxNode | undefined = node, depth = 0; at !== undefined && depth < 4; depth++) {
    const row: SyntaxNode | undefined = at.children.find((child) => spec.rows.has(child.type));
    if (row !== undefined) return row.children.length === 1 && spec.rows.has(row.children[0]!.type) ? row.children[0] : row;
    at = at.children.findLast((child) => /body|block/.test(child.type));
  }
  return undefined;
}
