import type { SyntaxNode, SyntaxTree } from "@telltale/scan/analysis";
import type { Edit } from "../../contract.ts";
import { indentAt, lineEnd, startsLine } from "../../places/text.ts";
import type { Style } from "../../style/style.ts";
import { followsText, precedesText } from "../trees/lines.ts";
import { keyOf, sectionCall, type Slot } from "./slot.ts";

/** What makes an expression one of a row that starts its own line. */
export interface Opened {
  readonly edits: readonly Edit[];
  /** Its indentation then. */
  readonly indent: string;
  /** What stands behind the expression then: `end`. */
  readonly closing: readonly Edit[];
}

export interface Page {
  readonly text: string;
  readonly tree: SyntaxTree;
  readonly style: Style;
}

/** Gives an expression a line of its own: `do: x` and `pattern -> x` become blocks. Undefined where it cannot be done with few changes. */
export function open(page: Page, { node, around }: Slot): Opened | undefined {
  const { text } = page;
  const parent = around.at(-1);
  if (parent === undefined) return undefined;
  if (parent.type === "pair") return openSection(page, node, around);
  if (startsLine(text, node.start)) return { edits: [], indent: indentAt(text, node.start), closing: [] };
  return parent.type === "body" && parent.children[0] === node ? openArm(page, node, around) : undefined;
}

/** `nil -> x` gets a line for `x`, and its siblings as well: the formatter breaks all arms or none. */
function openArm(page: Page, node: SyntaxNode, around: readonly SyntaxNode[]): Opened | undefined {
  const { text, style } = page;
  const [block, stab] = around.slice(-3);
  if (block === undefined || stab === undefined || !startsLine(text, stab.start)) return undefined;
  const arms = block.children.filter((one) => one.type === "stab_clause");
  const edits = arms.flatMap((arm, i) => [...openBody(page, arm), ...(i + 1 < arms.length ? setApart(page, arm) : [])]);
  if (!edits.some((edit) => edit.end === node.start)) return undefined;
  const before = edits.filter(({ start }) => start < node.end);
  return { edits: before, indent: indentAt(text, stab.start) + style.unit, closing: edits.filter(({ start }) => start >= node.end) };
}

/** A line break behind the arrow of an arm, where there is none yet. */
function openBody({ text, style }: Page, arm: SyntaxNode): readonly Edit[] {
  const body = arm.children.findLast((child) => child.type === "body");
  const first = body?.children[0];
  if (first === undefined || !startsLine(text, arm.start) || startsLine(text, first.start)) return [];
  const arrow = text.lastIndexOf("->", first.start);
  if (text.slice(arrow + 2, first.start).trim() !== "") return [];
  return [{ start: arrow + 2, end: first.start, text: `${style.eol}${indentAt(text, arm.start)}${style.unit}` }];
}

/** An empty line below an arm, where there is none yet. */
function setApart({ text, style }: Page, arm: SyntaxNode): readonly Edit[] {
  const last = arm.children.findLast((child) => child.type === "body")?.children.at(-1) ?? arm;
  if (!precedesText(text, last.end)) return [];
  const end = lineEnd(text, last.end);
  return [{ start: end, end, text: style.eol }];
}

/** `if a, do: x, else: y` becomes `if a do … else … end`. */
function openSection(page: Page, node: SyntaxNode, around: readonly SyntaxNode[]): Opened | undefined {
  const { text, style } = page;
  const call = sectionCall(around, text);
  if (call === undefined) return undefined;
  const outer = openCall(page, call, around.slice(0, -4));
  const args = around.at(-3)!;
  const pairs = around.at(-2)!.children;
  const head = args.children.at(-2);
  const keys = pairs.map((pair) => keyOf(pair, text));
  if (outer === undefined || head === undefined || keys[0] !== "do" || keys.length > 2 || (keys.length === 2 && keys[1] !== "else"))
    return undefined;
  const [first, second] = pairs.map((pair) => pair.children[1]);
  if (first === undefined) return undefined;
  const inner = `${style.eol}${outer.indent}${style.unit}`;
  const brackets = unwrap(text, call, args);
  if (brackets === undefined || /[#"']/.test(text.slice(head.end, first.start).replace(/do:/, ""))) return undefined;
  const edits: Edit[] = [...outer.edits, ...brackets.opening, { start: head.end, end: first.start, text: ` do${inner}` }];
  if (second !== undefined) edits.push({ start: first.end, end: second.start, text: `${style.eol}${outer.indent}else${inner}` });
  const last = (second ?? first).end;
  // It takes the place of what follows, so that what is written behind the value stands before it.
  const next = brackets.end > last ? "" : text.slice(last, last + 1);
  // A word right behind it is none that can stand there: the text is not what the parser made of it.
  if (/\w/.test(next)) return undefined;
  edits.push({ start: last, end: Math.max(brackets.end, last + next.length), text: `${style.eol}${outer.indent}end${next}` });
  const all = [...edits, ...outer.closing, ...apart(page, call, around.slice(0, -4))];
  return {
    edits: all.filter(({ start }) => start < node.end),
    indent: `${outer.indent}${style.unit}`,
    closing: all.filter(({ start }) => start >= node.end),
  };
}

/** `if(a, do: x)`: a block stands without the brackets of the arguments, unless it is the only call of its kind: `foo(a)`. */
function unwrap(text: string, call: SyntaxNode, args: SyntaxNode): { readonly opening: readonly Edit[]; readonly end: number } | undefined {
  if (text[args.start] !== "(") return { opening: [], end: args.end };
  const name = call.children[0];
  if (name?.type !== "identifier" || text[call.end - 1] !== ")" || name.end !== args.start) return undefined;
  return { opening: [{ start: args.start, end: args.start + 1, text: " " }], end: call.end };
}

/** A call that is about to have a block: in a row, in an arm, or what a name is bound to. */
function openCall(page: Page, call: SyntaxNode, around: readonly SyntaxNode[]): Opened | undefined {
  const { text, style } = page;
  const parent = around.at(-1);
  if (parent?.type !== "binary_operator" || parent.op !== "=" || parent.children[1] !== call) return openRow(page, call, around);
  const outer = openRow(page, parent, around.slice(0, -1));
  const target = parent.children[0];
  if (outer === undefined || target === undefined) return undefined;
  const equals = text.lastIndexOf("=", call.start);
  if (text.slice(equals + 1, call.start).includes("\n")) return { ...outer, indent: indentAt(text, call.start) };
  const indent = `${outer.indent}${style.unit}`;
  return { ...outer, edits: [...outer.edits, { start: equals + 1, end: call.start, text: `${style.eol}${indent}` }], indent };
}

const ROWS: ReadonlySet<string> = new Set(["do_block", "else_block", "rescue_block", "catch_block", "after_block", "body", "pair"]);

function openRow(page: Page, node: SyntaxNode, around: readonly SyntaxNode[]): Opened | undefined {
  const parent = around.at(-1);
  return parent !== undefined && ROWS.has(parent.type) ? open(page, { node, around }) : undefined;
}

/** What takes several lines has an empty line on either side, as the formatter leaves it. */
function apart({ text, style }: Page, call: SyntaxNode, around: readonly SyntaxNode[]): readonly Edit[] {
  const row = around.at(-1);
  if (row === undefined || !startsLine(text, call.start)) return [];
  const edits: Edit[] = [];
  const start = call.start - indentAt(text, call.start).length;
  const above = text.slice(0, start).trimEnd().split("\n").at(-1)!.trim();
  if (followsText(text, call.start) && row.children[0] !== call && !/^[@#]|\bdo$|->$/.test(above))
    edits.push({ start, end: start, text: style.eol });
  const next = text.indexOf("\n", call.end) + 1;
  if (precedesText(text, call.end) && row.children.at(-1) !== call) edits.push({ start: next, end: next, text: style.eol });
  return edits;
}
