import type { ImportIR } from "@telltale/scan/analysis";
import type { Edit, Refused } from "../../contract.ts";
import { lineEnd, lineStart } from "../../places/text.ts";
import type { BringAsk } from "../writer.ts";

/** How a language writes an import of one name, and what its imports look like; groups are parted by empty lines. */
export interface ImportLines {
  readonly write: (one: ImportIR) => string;
  readonly line: RegExp;
}

/** Imports a name as another file does: among the lines that are like it, in their order. Files of one folder know each other where `beside` says so. */
export const createBring =
  ({ write, line, beside }: ImportLines & { readonly beside: boolean }) =>
  ({ root, from, into, style }: BringAsk): readonly Edit[] | Refused => {
    const missing: Refused = { kind: "no-place", reason: `no file shows where ${root} comes from` };
    const theirs = from.imports.find(({ local }) => local === root);
    if (theirs === undefined) return beside && folderOf(from.path) === folderOf(into.path) ? [] : missing;
    if (theirs.source.startsWith(".") && folderOf(from.path) !== folderOf(into.path)) return missing;
    const text = write(theirs);
    const lines = [...into.text.matchAll(line)].map((match) => ({
      text: match[0].trim(),
      start: lineStart(into.text, match.index),
      end: lineEnd(into.text, match.index),
    }));
    if (lines.length === 0) return missing;
    const before = lines.findLast((one) => one.text < text && stem(one.text) === stem(text)) ?? lines.findLast((one) => one.text < text);
    if (before === undefined) return [{ start: lines[0]!.start, end: lines[0]!.start, text: `${text}${style.eol}` }];
    return [{ start: before.end, end: before.end, text: `${style.eol}${text}` }];
  };

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);

/** What an import comes from, up to its first dot. */
const stem = (text: string): string => /^(?:import|from|using)\s+(?:static\s+)?(\w+)/.exec(text)?.[1] ?? "";
