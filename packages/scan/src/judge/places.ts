import type { FileIR, Span } from "../ir/nodes.ts";
import type { Place } from "../report/result.ts";

const starts = new WeakMap<FileIR, readonly number[]>();

function lineStarts(file: FileIR): readonly number[] {
  const known = starts.get(file);
  if (known !== undefined) return known;
  const lines = [0];
  for (let at = file.text.indexOf("\n"); at !== -1; at = file.text.indexOf("\n", at + 1)) lines.push(at + 1);
  starts.set(file, lines);
  return lines;
}

/** Line and column of an offset, both from 1. */
export function lineAt(file: FileIR, offset: number): { readonly line: number; readonly column: number } {
  const lines = lineStarts(file);
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lines[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - lines[low]! + 1 };
}

export function placeOf(file: FileIR, span: Span): Place {
  const from = lineAt(file, span.start);
  const to = lineAt(file, Math.max(span.start, span.end));
  return { file: file.path, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}
