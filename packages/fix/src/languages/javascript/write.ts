import type { FileIR } from "@telltale/scan/analysis";
import type { Edit } from "../../contract.ts";
import type { Seat } from "../writer.ts";
import { indentAt, indented, lineEnd, lineStart, startsLine } from "../../places/text.ts";
import type { Style } from "../../style/style.ts";
import { LINE, type Draft } from "./draft.ts";
import type { Host } from "./host.ts";
import { bare, nodesIn, within, type Node, type Sited } from "./syntax.ts";

/** A draft as a seat: its edits once the line is known. */
export function seatOf(file: FileIR, host: Host, draft: Draft, style: Style): Seat {
  const { safe } = draft;
  const base = { safe };
  switch (host.sort) {
    case "end":
      return { ...base, ...atEnd(file, host.block, style) };
    case "list":
      return { ...base, ...inList(file, host.stmt, draft, style) };
    case "bare":
      return { ...base, ...inBraces(file, host.stmt, draft, style) };
    case "arrow":
      return { ...base, ...inArrow(file, host.body, draft, style) };
  }
}

/** The line stands after the statement. */
const isBehind = ({ after }: Draft): boolean => after.some((one) => one.includes(LINE));

type Written = Pick<Seat, "offset" | "indent" | "write">;

/** The text of lines, each with what stands before and after it. */
function joined(lines: readonly string[], line: string, indent: string, eol: string, how: (text: string) => string): string {
  return lines
    .map((one) =>
      how(
        indented(
          one.replace(LINE, () => indented(line, one.slice(0, one.indexOf(LINE)), "\n")),
          indent,
          eol,
        ),
      ),
    )
    .join("");
}

function inList(file: FileIR, sited: Sited, draft: Draft, style: Style): Written {
  const { node: stmt } = sited;
  const { text } = file;
  if (isOneLine(file, sited)) return inOneLine(file, sited, draft, style);
  const fresh = startsLine(text, stmt.start);
  const first = nodesIn(sited.up!.node, sited.under)[0] === stmt;
  const inCase = !fresh && sited.up!.node.type === "SwitchCase";
  const indent = inCase || (!fresh && first) ? indentAt(text, sited.up!.node.start) + style.unit : indentAt(text, stmt.start);
  const end = afterEnd(text, stmt.end);
  return {
    offset: isBehind(draft) || draft.before.length > 1 ? stmt.end : stmt.start,
    indent,
    write: (line) => [
      ...draft.around,
      ...(fresh
        ? insert(
            stmt.start,
            joined(draft.before, line, indent, style.eol, (one) => one + style.eol + indent),
          )
        : []),
      ...(fresh || draft.before.length === 0
        ? []
        : broken(
            text,
            stmt.start,
            joined(draft.before, line, indent, style.eol, (one) => one + style.eol + indent),
            indent,
            style,
          )),
      ...draft.inside,
      ...insert(
        end,
        joined(draft.after, line, indent, style.eol, (one) => style.eol + indent + one),
      ),
      ...(fresh || inCase || !first ? [] : ownBrace(file, sited, style)),
    ],
  };
}

/** `{ throw new Error(⏎…⏎); }`: the statement stands on lines of its own now, and so does the brace behind it. */
function ownBrace({ text }: FileIR, { node: stmt, up }: Sited, style: Style): readonly Edit[] {
  const block = up!.node;
  const gap = text.slice(stmt.end, block.end - 1);
  if (block.type !== "BlockStatement" || nodesIn(block, "body").at(-1) !== stmt || !/^[ \t]*$/.test(gap)) return [];
  return [{ start: stmt.end, end: block.end - 1, text: style.eol + indentAt(text, block.start) }];
}

function insert(at: number, text: string): readonly Edit[] {
  return text === "" ? [] : [{ start: at, end: at, text }];
}

/** The white space before an offset becomes a line break. */
function broken(text: string, at: number, more: string, indent: string, style: Style): readonly Edit[] {
  const start = at - /[ \t]*$/.exec(text.slice(lineStart(text, at), at))![0].length;
  return [{ start, end: at, text: `${style.eol}${indent}${more}` }];
}

/** Behind the comment that ends the line of a statement. */
function afterEnd(text: string, end: number): number {
  const rest = text.slice(end, lineEnd(text, end));
  return /^\s*(?:\/\/.*|\/\*[^*]*\*\/\s*)$/.test(rest) ? end + rest.trimEnd().length : end;
}

function isOneLine(file: FileIR, { up }: Sited): boolean {
  const block = up!.node;
  return block.type === "BlockStatement" && !file.text.slice(block.start, block.end).includes("\n");
}

/** `{ return x; }`: every statement gets a line of its own. */
function inOneLine(file: FileIR, sited: Sited, draft: Draft, style: Style): Written {
  const block = sited.up!.node;
  const outer = indentAt(file.text, block.start);
  const indent = outer + style.unit;
  const stmts = nodesIn(block, "body");
  const how = (one: string): string => one + style.eol + indent;
  return {
    offset: isBehind(draft) ? sited.node.end : sited.node.start,
    indent,
    write: (line) => [
      ...draft.around,
      ...stmts.flatMap((stmt) =>
        broken(file.text, stmt.start, stmt === sited.node ? joined(draft.before, line, indent, style.eol, how) : "", indent, style),
      ),
      ...draft.inside,
      ...insert(
        sited.node.end,
        joined(draft.after, line, indent, style.eol, (one) => style.eol + indent + one),
      ),
      ...broken(file.text, block.end - 1, "", outer, style),
    ],
  };
}

/** `if (x) return y;` gets braces. */
function inBraces(file: FileIR, sited: Sited, draft: Draft, style: Style): Written {
  const { node: stmt } = sited;
  const { text } = file;
  const owner = indentAt(text, sited.up!.node.start);
  const outer = startsLine(text, sited.up!.node.start) || !startsLine(text, stmt.start) ? owner : owner;
  const indent = outer + style.unit;
  const gap = /\s*$/.exec(text.slice(0, stmt.start))![0].length;
  const end = afterEnd(text, stmt.end);
  const shift = gap > 0 && text.slice(stmt.start - gap, stmt.start).includes("\n") ? "" : style.unit;
  return {
    offset: isBehind(draft) ? stmt.end : stmt.start,
    indent,
    write: (line) => [
      ...draft.around,
      {
        start: stmt.start - gap,
        end: stmt.start,
        text: ` {${style.eol}${indent}${joined(draft.before, line, indent, style.eol, (one) => one + style.eol + indent)}`,
      },
      ...draft.inside,
      ...deeper(file, stmt, shift, draft.inside),
      ...insert(end, `${joined(draft.after, line, indent, style.eol, (one) => style.eol + indent + one)}${style.eol}${outer}}`),
      ...elseBeside(file, sited, end),
    ],
  };
}

/** `} else`, on one line, where the `if` before it has got braces. */
function elseBeside({ text }: FileIR, { under }: Sited, end: number): readonly Edit[] {
  const gap = under === "consequent" ? /^\s*(?=else\b)/.exec(text.slice(end))?.[0] : undefined;
  return gap === undefined ? [] : [{ start: end, end: end + gap.length, text: " " }];
}

/** Lines of a statement that stands one step deeper now; those of texts in backquotes stay. */
function deeper(file: FileIR, stmt: Node, unit: string, taken: readonly Edit[]): readonly Edit[] {
  if (unit === "") return [];
  const fixed = [...within(stmt)].filter(({ type }) => type === "TemplateLiteral" || type === "JSXText");
  const edits: Edit[] = [];
  for (let at = file.text.indexOf("\n", stmt.start) + 1; at > 0 && at < stmt.end; at = file.text.indexOf("\n", at) + 1) {
    if (/^\s*$/.test(file.text.slice(at, lineEnd(file.text, at)))) continue;
    if (fixed.some(({ start, end }) => start < at && at <= end) || taken.some(({ start, end }) => start <= at && at < end)) continue;
    edits.push({ start: at, end: at, text: unit });
  }
  return edits;
}

/** `=> value` becomes `=> { …; return value; }`. */
function inArrow(file: FileIR, { node: body, up }: Sited, draft: Draft, style: Style): Written {
  const { text } = file;
  const value = bare(body);
  const outer = indentAt(text, up!.node.start);
  const arrow = text.lastIndexOf("=>", body.start) + 2;
  const gap = text.slice(arrow, body.start);
  const ownLine = gap.includes("\n");
  const base = startsLine(text, up!.node.start) || !ownLine ? indentAt(text, arrow - 1) : outer;
  const indent = base + style.unit;
  const end = style.semicolons ? ";" : "";
  return {
    offset: value.start,
    indent,
    write: (line) => [
      ...draft.around,
      {
        start: arrow,
        end: value.start,
        text: `${gap.trim() === "" ? "" : gap.trimEnd()} {${style.eol}${indent}${joined(draft.before, line, indent, style.eol, (one) => one + style.eol + indent)}${draft.lead ?? "return "}`,
      },
      ...draft.inside,
      ...deeper(file, value, ownLine ? "" : style.unit, draft.inside),
      {
        start: value.end,
        end: body.end,
        text: `${end}${joined(draft.after, line, indent, style.eol, (one) => style.eol + indent + one)}${style.eol}${base}}`,
      },
    ],
  };
}

/** Before the brace that ends a function. */
function atEnd({ text }: FileIR, block: Node, style: Style): Written {
  const brace = block.end - 1;
  const outer = indentAt(text, brace);
  const indent = startsLine(text, brace) ? outer + style.unit : indentAt(text, block.start) + style.unit;
  const gap = /\s*$/.exec(text.slice(block.start + 1, brace))![0].length;
  const last = nodesIn(block, "body").at(-1);
  return {
    offset: last?.end ?? brace,
    indent,
    write: (line) => {
      const written = indented(line, indent, style.eol);
      if (startsLine(text, brace)) {
        const at = lineStart(text, brace);
        return [{ start: at, end: at, text: `${indent}${written}${style.eol}` }];
      }
      return [{ start: brace - gap, end: brace, text: `${style.eol}${indent}${written}${style.eol}${indentAt(text, block.start)}` }];
    },
  };
}
