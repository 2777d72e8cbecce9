import type { FileIR } from "@telltale/scan/analysis";
import type { Settings } from "./settings.ts";
import type { Style } from "./style.ts";

/** Where no formatter says otherwise. */
const WIDTH = 100;
const WIDEST = 140;

/**
 * How a file is written: as the project's formatter is told, else as it is. `prettier`: its main version, where it formats.
 * `usual`: what the other files of the project do where this one shows nothing.
 */
export function styleOf(file: FileIR, settings: Settings, prettier?: number, usual?: () => Style["commas"] | undefined): Style {
  const { text } = file;
  return {
    eol: text.includes("\r\n") ? "\r\n" : "\n",
    unit: unitOf(text) ?? (settings.tabs ? "\t" : " ".repeat(settings.step ?? 2)),
    quote: (settings.single ?? moreOf(text, /'[^'"\n]*'/g, /"[^'"\n]*"/g)) ? "'" : '"',
    semicolons: settings.semi ?? moreOf(text, /;[ \t]*\r?$/gm, /^[ \t]*(?:import|const|let|return)\b.*[\w'")\]][ \t]*\r?$/gm, true),
    width: settings.width ?? (prettier === undefined ? widthOf(text) : 80),
    commas:
      settings.commas ??
      (prettier === undefined ? (commasOf(text) ?? usual?.() ?? "all") : prettier >= 3 ? "all" : prettier === 2 ? "es5" : "none"),
    spaced: settings.spaced ?? !moreOf(text, /[({,=]\s*\{[\w'"]/g, /\{ [\w'"]/g),
  };
}

/** As long as the longest line of code, within what is usual. */
function widthOf(text: string): number {
  const longest = text
    .split("\n")
    .reduce((most, line) => (/["'`]/.test(line) && line.length > WIDEST ? most : Math.max(most, line.trimEnd().length)), 0);
  return Math.min(WIDEST, Math.max(WIDTH, longest));
}

/** Whether the first pattern is met more often than the second. */
function moreOf(text: string, first: RegExp, second: RegExp, draw = false): boolean {
  const [a, b] = [text.match(first)?.length ?? 0, text.match(second)?.length ?? 0];
  return a === b ? draw : a > b;
}

/** By how much lines are indented more than the line before them, most often; undefined where nothing is indented. */
function unitOf(text: string): string | undefined {
  const counts = new Map<string, number>();
  let before = "";
  for (const line of text.split("\n")) {
    if (line.trim() === "" || /^\s*\*/.test(line)) continue;
    const indent = /^[ \t]*/.exec(line)![0];
    if (indent.length > before.length && indent.startsWith(before)) {
      const more = indent.slice(before.length);
      counts.set(more, (counts.get(more) ?? 0) + 1);
    }
    before = indent;
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** Commas behind the last of several lines; undefined where nothing shows it. */
export function commasOf(text: string): Style["commas"] | undefined {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  const without = count(/^[ \t]*[\w$]+: .*[\w'")\]}][ \t]*\r?\n[ \t]*\}/gm);
  const args = count(/,[ \t]*\r?\n[ \t]*\)/g);
  const entries = count(/,[ \t]*\r?\n[ \t]*[}\]]/g);
  if (args > 0) return "all";
  if (entries > 0) return count(/[\w'")\]}][ \t]*\r?\n[ \t]*\)/g) > 0 ? "es5" : "all";
  return without > 0 ? "none" : undefined;
}
