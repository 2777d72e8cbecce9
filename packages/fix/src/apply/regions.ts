import type { Edit } from "../contract.ts";
import { merged } from "./texts.ts";

/** An edit by lines and columns as editors and reports count them: from 1, in UTF-16 units, the end excluded. */
export interface Replacement {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly text: string;
}

/** Edits of a text by line and column, in the order of the text. No two of them touch, so they may be made in any order. */
export function replacementsOf(text: string, edits: readonly Edit[]): readonly Replacement[] {
  const lines = lineStarts(text);
  return merged(edits).map((edit) => {
    const [line, column] = spotOf(lines, edit.start);
    const [endLine, endColumn] = spotOf(lines, edit.end);
    return { line, column, endLine, endColumn, text: edit.text };
  });
}

/** A byte order mark is no column: SARIF 2.1.0 and editors begin behind it. */
function lineStarts(text: string): readonly number[] {
  const starts = [text.startsWith("\uFEFF") ? 1 : 0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function spotOf(starts: readonly number[], offset: number): readonly [line: number, column: number] {
  const next = starts.findIndex((start) => start > offset);
  const line = next === -1 ? starts.length : Math.max(1, next);
  return [line, Math.max(1, offset - starts[line - 1]! + 1)];
}
