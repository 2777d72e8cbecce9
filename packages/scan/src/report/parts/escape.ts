import { visible, visibleJson } from "@telltale/vocabulary";

const longestCodeLine = 160;

/** A line of code for a frame: tabs as two spaces, cut where it is very long. */
export function codeLine(text: string): string {
  const shown = visible(text.replaceAll("\t", "  ").trimEnd());
  return shown.length > longestCodeLine ? `${shown.slice(0, longestCodeLine)}…` : shown;
}

/** JSON text, indented, in which what a terminal would obey is an escape. */
export function jsonText(value: unknown): string {
  return `${visibleJson(JSON.stringify(value, null, 2))}\n`;
}
