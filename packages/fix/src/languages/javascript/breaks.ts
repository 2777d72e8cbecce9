import type { Edit } from "../../contract.ts";
import { indentAt, indented } from "../../places/text.ts";
import type { Spot } from "../writer.ts";
import { reflowed } from "./line.ts";
import { textOf, type Node } from "./syntax.ts";

/** `return value` with something else in place of `return`, broken where that makes its line too long. */
export function breaks({ file, style }: Spot, stmt: Node, value: Node, lead: string): readonly Edit[] {
  const indent = indentAt(file.text, stmt.start);
  const text = textOf(file, value);
  const room = style.width - indent.replaceAll("\t", "  ").length - lead.length - (style.semicolons ? 1 : 0);
  const printed = reflowed(text, style, room);
  if (printed === undefined) return [{ start: stmt.start, end: value.start, text: lead }];
  return [{ start: stmt.start, end: value.end, text: lead + indented(printed, indent, style.eol) }];
}
