import type { FileIR, Span } from "@telltale/scan/analysis";
import { indentAt } from "../places/text.ts";

/** Text of several lines from one file, as deep as the place in another where it goes. */
export function reindented(text: string, from: FileIR, at: Span, indent: string, into: FileIR): string {
  if (!text.includes("\n")) return text;
  const was = indentAt(from.text, at.start);
  const eol = into.text.includes("\r\n") ? "\r\n" : "\n";
  return text
    .split(/\r?\n/)
    .map((line, i) => (i === 0 ? line : line.startsWith(was) ? indent + line.slice(was.length) : line))
    .join(eol);
}
