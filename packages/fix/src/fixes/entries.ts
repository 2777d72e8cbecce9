import type { FileIR, Proposal, RecordExpr, Span } from "@telltale/scan/analysis";
import type { Edit } from "../contract.ts";
import { reflowed } from "../languages/javascript/line.ts";
import { indentAt, indented, lineEnd, lineStart } from "../places/text.ts";
import type { Style } from "../style/style.ts";

/** New entries behind the last one: each on a line of its own where the others are; a call (or object) on one line is broken where it gets too long. */
export function entriesAfter(
  { text }: FileIR,
  around: Span,
  fields: RecordExpr,
  added: Proposal["details"],
  style: Style,
): readonly Edit[] {
  const last = fields.entries.at(-1)!;
  const words = added.map(({ name, value }) => (name === value ? name : `${name}: ${value}`));
  const flat = words.map((word) => `, ${word}`).join("");
  if (text.slice(fields.start, fields.end).includes("\n")) {
    const indent = indentAt(text, last.start);
    return [{ start: last.end, end: last.end, text: words.map((word) => `,${style.eol}${indent}${word}`).join("") }];
  }
  const width = lineEnd(text, last.end) - lineStart(text, last.end) + flat.length;
  const inserted: Edit = { start: last.end, end: last.end, text: flat };
  const whole = text.slice(around.start, around.end);
  if (width <= style.width || whole.includes("\n")) return [inserted];
  const more = `${text.slice(around.start, last.end)}${flat}${text.slice(last.end, around.end)}`;
  const printed = reflowed(more, style, style.width - 1 - (around.start - lineStart(text, around.start)));
  if (printed === undefined) return [inserted];
  return [{ start: around.start, end: around.end, text: indented(printed, indentAt(text, around.start), style.eol) }];
}
