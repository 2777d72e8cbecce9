import { visible, visibleJson } from "@telltale/vocabulary";

const longestCodeLine = 160;

/** A line of code for a frame: tabs as two spaces, cut where it is very long. */
export function codeLine(text: string): string {
  const shown = codeText(text.trimEnd());
  return shown.length > longestCodeLine ? `${shown.slice(0, longestCodeLine)}…` : shown;
}

/**
 * Where some columns (from 1, the last excluded) of a line stand in its `codeLine`, as a number of signs before them and in
 * them; undefined where they were cut off.
 */
export function columnsInCode(text: string, [from, to]: readonly [number, number]): { before: number; within: number } | undefined {
  const before = codeText(text.slice(0, from - 1)).length;
  const shown = Math.min(codeText(text.trimEnd()).length, longestCodeLine);
  if (before >= shown) return undefined;
  const within = Math.min(codeText(text.slice(from - 1, to - 1)).length, shown - before);
  return { before, within: Math.max(1, within) };
}

function codeText(text: string): string {
  return visible(text.replaceAll("\t", "  "));
}

/** JSON text, indented, in which what a terminal would obey is an escape. */
export function jsonText(value: unknown): string {
  return `${visibleJson(JSON.stringify(value, null, 2))}\n`;
}
