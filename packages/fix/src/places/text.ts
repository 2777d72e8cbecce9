import type { Span } from "@telltale/scan/analysis";

/** Offset of the first character of the line that holds an offset. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** Offset of the end of the line that holds an offset, its line break excluded. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  const at = end === -1 ? text.length : end;
  return at > 0 && text[at - 1] === "\r" && at > offset ? at - 1 : at;
}

/** White space before the first other character of a line. */
export function indentAt(text: string, offset: number): string {
  const start = lineStart(text, offset);
  return /^[ \t]*/.exec(text.slice(start, lineEnd(text, start)))![0];
}

/** Whether nothing but white space stands before the offset on its line. */
export function startsLine(text: string, offset: number): boolean {
  return text.slice(lineStart(text, offset), offset).trim() === "";
}

/** Lines of a text with an indentation in front of each that holds something, the first excluded. */
export function indented(line: string, indent: string, eol: string): string {
  return line.split("\n").join(`${eol}${indent}`);
}

export function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
