import type { SyntaxNode } from "@telltale/scan/analysis";
import { isRefused, type Edit, type Refused } from "../../contract.ts";
import { holds, indentAt, indented, lineStart, startsLine } from "../../places/text.ts";
import { followsText, isMultiLine, startWithComments } from "../trees/lines.ts";
import { isBrokenAround, treeOf } from "../trees/tree.ts";
import { worksIn } from "../trees/work.ts";
import type { Seat, Spot } from "../writer.ts";
import { atKeptLevel } from "./level.ts";
import { open, type Opened, type Page } from "./open.ts";
import { dealsWithError, isDecision } from "./decisions.ts";
import { WIDTH } from "./line.ts";
import { stepsOf } from "./pipes.ts";
import { SECTIONS, slotAround, type Slot } from "./slot.ts";

/** Functions of Plug, Phoenix and LiveView, and of applications, that make an answer, a path or a text. */
const ANSWERS =
  /^(?:Plug\.Conn\.|Phoenix\.\w+\.|Routes\.|~)|(?:^|\.)(?:put_\w+|delete_(?:session|resp_\w+|csrf_token)|assign\w*|redirect\w*|render\w*|json|text|html|halt|push_\w+|send_resp|send_file|send_download|\w*_(?:message|path|url|title|text|error|html|changeset))$/;

const refuse = (kind: Refused["kind"], reason: string): Refused => ({ kind, reason });
const NO_LINE = refuse("no-place", "there is no line for it without rewriting the expression around it");

/** Where a line about an outcome stands, at a level that the application keeps. */
export function seat(spot: Spot): Seat | Refused {
  const found = seatFor(spot);
  return isRefused(found) ? found : atKeptLevel(found, spot);
}

/** Before the expression that ends the outcome, or, for a success, after the work in it. */
function seatFor({ file, fn, at, kind, style, leads, mixed }: Spot): Seat | Refused {
  const tree = treeOf(file);
  if (tree === undefined || isBrokenAround(tree, at, fn)) return refuse("no-place", "the parser cannot read the code around it");
  const slot = slotAround(tree, file.text, at);
  if (slot === undefined) return refuse("no-place", "an operator or a function capture decides whether it is reached");
  const { node } = slot;
  if (isDecision(node, file.text) && ((node.start === at.start && node.end === at.end) || !inSection(node, at)))
    return refuse("unclear", "what ends it is a value that no branch matches, and no code of its own");
  const page: Page = { text: file.text, tree, style };
  if (kind === "success" && dealsWithError(slot, file.text))
    return refuse("unclear", "the branch deals with an error, which is no success");
  if (kind === "success" && mixed === true) return refuse("unclear", "one and the same code ends in several outcomes");
  const works = kind === "success" ? worksIn(file, node, ANSWERS) : [];
  // A call that leads to the end does the work, whatever it is called.
  const ends = [...works.map((work) => work.end), ...(kind === "success" && leads === true ? [at.end] : [])];
  if (ends.length > 0) return afterWork(page, slot, Math.max(...ends));
  if (kind === "failure" && DECIDES.test(file.text.slice(at.start, at.end))) return whereHalted(page, slot);
  return before(page, slot);
}

/** Functions that refuse by themselves, and say so by halting. https://hexdocs.pm/plug/Plug.BasicAuth.html#basic_auth/2 */
const DECIDES = /^(?:Plug\.BasicAuth\.)?basic_auth\b/;

/** `conn = basic_auth(conn, …)`, the line where that halted, `conn`. */
function whereHalted(page: Page, slot: Slot): Seat | Refused {
  const { unit } = page.style;
  const seat = kept(page, slot, open(page, slot), "conn");
  if (isRefused(seat)) return seat;
  return {
    ...seat,
    indent: seat.indent + unit,
    write: (line) => seat.write(`if conn.halted do\n${unit}${indented(line, unit, "\n")}\nend`),
  };
}

/** Whether a span lies in a branch, and not in what decides between them. */
function inSection(node: SyntaxNode, at: { readonly start: number; readonly end: number }): boolean {
  return node.children.some((child) => child.type === "do_block" && holds(child, at));
}

/** A line in front of an expression, set off by an empty line where one of the two has several lines. */
function before(page: Page, slot: Slot): Seat | Refused {
  const opened = open(page, slot);
  if (opened === undefined) return NO_LINE;
  const { node } = slot;
  const at = opened.edits.length > 0 ? node.start : startWithComments(page.text, page.tree, node.start);
  return {
    offset: node.start,
    safe: true,
    indent: opened.indent,
    write: (line) => [
      ...opened.edits,
      ...setOff(page, slot, opened, at, line),
      { start: at, end: at, text: inFront(page, node, opened, line) },
      ...opened.closing,
    ],
  };
}

function inFront({ text, style }: Page, node: SyntaxNode, { indent }: Opened, line: string): string {
  const gap = line.includes("\n") || isMultiLine(text, node) ? style.eol : "";
  return `${indented(line, indent, style.eol)}${style.eol}${gap}${indent}`;
}

/** An empty line between what stands above and a line that takes several. */
function setOff({ text, style }: Page, { node, around }: Slot, { edits }: Opened, at: number, line: string): readonly Edit[] {
  const first = edits.length > 0 || around.at(-1)?.children[0] === node;
  if (first || !line.includes("\n") || !followsText(text, at)) return [];
  const start = lineStart(text, at);
  return [{ start, end: start, text: style.eol }];
}

/** A line behind the work in an expression: behind the expression, in its pipe, or with its value kept until the line is written. */
function afterWork(page: Page, slot: Slot, workEnd: number): Seat | Refused {
  const { node, around } = slot;
  const opened = open(page, slot);
  if (opened === undefined) return NO_LINE;
  const row = around.at(-1)!;
  const isLast = row.type === "pair" || row.children.findLast((one) => !SECTIONS.has(one.type)) === node;
  if (!isLast) return behind(page, node, opened);
  const step = stepsOf(node).find(({ end }) => end >= workEnd);
  if (step !== undefined && startsLine(page.text, page.text.lastIndexOf("|>", step.start))) return inPipe(page, node, step, opened);
  return kept(page, slot, opened);
}

/** The next line. */
function behind({ text, style }: Page, node: SyntaxNode, { edits, indent, closing }: Opened): Seat {
  const end = node.end;
  return {
    offset: end,
    safe: true,
    indent,
    write: (line) => {
      const gap = line.includes("\n") || isMultiLine(text, node) ? style.eol : "";
      return [...edits, { start: end, end, text: `${style.eol}${gap}${indent}${indented(line, indent, style.eol)}` }, ...closing];
    },
  };
}

/** `|> tap(fn _ -> … end)` behind the step that does the work: what is piped stays as it is. */
function inPipe({ text, style }: Page, node: SyntaxNode, step: SyntaxNode, { edits, closing }: Opened): Seat {
  const indent = indentAt(text, step.start);
  return {
    offset: node.start,
    safe: true,
    indent: `${indent}${style.unit}`,
    write: (line) => {
      const short = `|> tap(fn _ -> ${line} end)`;
      const fits = !line.includes("\n") && indent.length + short.length <= WIDTH;
      const inner = `${indent}${style.unit}`;
      const tap = fits ? short : `|> tap(fn _ ->${style.eol}${inner}${indented(line, inner, style.eol)}${style.eol}${indent}end)`;
      return [...edits, { start: step.end, end: step.end, text: `${style.eol}${indent}${tap}` }, ...closing];
    },
  };
}

/** `result = …`, the line, `result`. */
function kept(page: Page, slot: Slot, opened: Opened | undefined, own?: string): Seat | Refused {
  const { text, style } = page;
  const { node } = slot;
  if (opened === undefined) return NO_LINE;
  const { edits, indent, closing } = opened;
  const name = own ?? ["result", "outcome", "returned"].find((one) => !new RegExp(`\\b${one}\\b`).test(text));
  if (name === undefined) return refuse("no-place", "no name is free to keep its value under");
  return {
    offset: node.start,
    safe: true,
    indent,
    write: (line) => {
      const tall = isMultiLine(text, node);
      const wide = !tall && indent.length + name.length + " = ".length + node.end - node.start > WIDTH;
      const broken = wide || (tall && isBrokenBehindEquals(node));
      const gap = tall || wide || line.includes("\n") ? style.eol : "";
      return [
        ...edits,
        ...(tall || wide ? setOff(page, slot, opened, node.start, "\n") : []),
        { start: node.start, end: node.start, text: broken ? `${name} =${style.eol}${indent}${style.unit}` : `${name} = ` },
        ...(broken ? indentedMore(page, node) : []),
        {
          start: node.end,
          end: node.end,
          text: `${style.eol}${gap}${indent}${indented(line, indent, style.eol)}${style.eol}${gap}${indent}${name}`,
        },
        ...closing,
      ];
    },
  };
}

/** What the formatter puts on the next line behind `=` where it takes several: calls and chains, not a map or a list. */
const isBrokenBehindEquals = ({ type }: SyntaxNode): boolean => type === "call" || type === "binary_operator";

/** The lines of an expression behind its first, one step further in; where a text goes over several lines, they stay. */
function indentedMore({ text, style }: Page, node: SyntaxNode): readonly Edit[] {
  const own = text.slice(node.start, node.end);
  if (own.includes('"""') || /"[^"\n]*\n/.test(own.replace(/"[^"\n]*"/g, ""))) return [];
  return [...own.matchAll(/\n(?=[ \t]*[^\s])/g)].map(({ index }) => {
    const at = node.start + index + 1;
    return { start: at, end: at, text: style.unit };
  });
}
