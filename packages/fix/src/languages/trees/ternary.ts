import type { Span, SyntaxNode } from "@telltale/scan/analysis";
import { holds, indentAt, indented, startsLine } from "../../places/text.ts";
import type { Seat } from "../writer.ts";
import type { Page, TreeSpec } from "./spec.ts";

/** `return a ? b : c` becomes two returns, with a line before the one that ends the outcome. */
export function choiceSeat(spec: TreeSpec, page: Page, path: readonly SyntaxNode[], at: Span): Seat | undefined {
  const choosing = spec.choosing;
  const i = path.findLastIndex((node) => choosing?.types.has(node.type));
  const [choice, parent, row] = [path[i], path[i - 1], path[i - 2]];
  if (
    choosing === undefined ||
    choice === undefined ||
    parent?.type !== "return_statement" ||
    row === undefined ||
    !spec.rows.has(row.type)
  )
    return undefined;
  const { text, style } = page;
  const parts = choosing.order.map((place) => choice.children[place]);
  const [test, yes, no] = parts;
  if (test === undefined || yes === undefined || no === undefined || !startsLine(text, parent.start)) return undefined;
  const first = holds(yes, at);
  // What stands between the parts, comments above all, would be lost.
  if ((!first && !holds(no, at)) || page.tree.comments.some((one) => holds(parent, one))) return undefined;
  const [base, inner] = [indentAt(text, parent.start), `${indentAt(text, parent.start)}${style.unit}`];
  const { eol } = style;
  const say = (span: Span): string => text.slice(span.start, span.end);
  return {
    offset: parent.start,
    safe: true,
    indent: first ? inner : base,
    write: (line) => {
      const put = (indent: string): string => `${indented(line, indent, eol)}${eol}${indent}`;
      const close = choosing.close === "" ? "" : `${eol}${base}${choosing.close}`;
      const replaced =
        `${choosing.head(say(test))}${eol}${inner}${first ? put(inner) : ""}return ${say(yes)}${choosing.end}${close}${eol}` +
        `${choosing.close === "" ? "" : eol}${base}${first ? "" : put(base)}return ${say(no)}${choosing.end}`;
      return [{ start: parent.start, end: parent.end, text: replaced }];
    },
  };
}
