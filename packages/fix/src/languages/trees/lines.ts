import type { Span, SyntaxTree } from "@telltale/scan/analysis";
import { lineEnd, lineStart, startsLine } from "../../places/text.ts";

/** Where what stands before a statement begins: with the comments of their own lines right above it, else with itself. */
export function startWithComments(text: string, { comments }: SyntaxTree, start: number): number {
  let at = start;
  for (;;) {
    const before = text.slice(0, lineStart(text, at));
    const above = comments.findLast((one) => one.end <= at && before.slice(one.end).trim() === "");
    if (above === undefined || !startsLine(text, above.start) || /\n[ \t]*\r?\n/.test(text.slice(above.end, at))) return at;
    at = above.start;
  }
}

/** Whether the line above the one that holds an offset is there and holds something. */
export function followsText(text: string, offset: number): boolean {
  const start = lineStart(text, offset);
  return start > 0 && text.slice(lineStart(text, start - 1), start).trim() !== "";
}

/** Whether the line below the one that holds an offset is there and holds something. */
export function precedesText(text: string, offset: number): boolean {
  const next = text.indexOf("\n", offset) + 1;
  return next > 0 && next < text.length && text.slice(next, lineEnd(text, next)).trim() !== "";
}

export const isMultiLine = (text: string, { start, end }: Span): boolean => text.slice(start, end).includes("\n");
