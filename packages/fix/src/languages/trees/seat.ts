import type { Span, SyntaxNode } from "@telltale/scan/analysis";
import type { Edit, Refused } from "../../contract.ts";
import { indented, lineEnd } from "../../places/text.ts";
import type { Seat, Spot } from "../writer.ts";
import { endOfFunction } from "./ends.ts";
import { followsText, startWithComments } from "./lines.ts";
import { choiceSeat } from "./ternary.ts";
import type { Opened, Page, Slot, TreeSpec } from "./spec.ts";
import { isBrokenAround, pathTo, treeOf } from "./tree.ts";
import { worksIn } from "./work.ts";

const refuse = (kind: Refused["kind"], reason: string): Refused => ({ kind, reason });

/** Where a line about an outcome stands, in languages whose code is statements in rows. */
export function createSeat(spec: TreeSpec): (spot: Spot) => Seat | Refused {
  return (spot) => {
    const { file, at, fn, style } = spot;
    const tree = treeOf(file);
    if (tree === undefined || isBrokenAround(tree, at, fn, spec.nests ? "innermost" : "whole"))
      return refuse("no-place", "the parser cannot read the code around it");
    const page: Page = { text: file.text, tree, style };
    const path = pathTo(tree, at);
    const end = endOfFunction(spec, page, path, spot);
    if (end !== undefined) return end;
    const slot = choiceSeat(spec, page, path, at) ?? slotAround(spec, path);
    if ("write" in slot) return slot;
    if ("reason" in slot) return slot;
    return unfit(spec, slot, spot) ?? seatAt(spec, page, slot, spot);
  };
}

/** The innermost statement around a place. */
function slotAround(spec: TreeSpec, path: readonly SyntaxNode[]): Slot | Refused {
  for (let i = path.length - 1; i > 0; i--) {
    const [node, parent] = [path[i]!, path[i - 1]!];
    const isStatement = (spec.rows.has(parent.type) && !spec.labels?.has(node.type)) || spec.isBare?.(node, parent, path.slice(0, i));
    if (isStatement && !spec.rows.has(node.type)) return { node, around: path.slice(0, i) };
    const reason = spec.barrier(node, parent);
    if (reason !== undefined) return refuse("no-place", reason);
  }
  return refuse("no-place", "it is part of no statement");
}

/** Why a line before or behind a statement would tell of something else. */
function unfit(spec: TreeSpec, slot: Slot, spot: Spot): Refused | undefined {
  const { node, around } = slot;
  if (spec.compound.has(node.type)) return refuse("unclear", "a condition decides, and no code of its own ends it");
  if (spot.kind === "failure") return undefined;
  const inner = around.slice(around.findLastIndex((one) => spec.functions.has(one.type)) + 1);
  if (inner.some((one) => spec.catches.has(one.type)) || spec.saysError?.(slot, spot.file.text))
    return refuse("unclear", "the branch deals with an error, which is no success");
  return undefined;
}

function seatAt(spec: TreeSpec, page: Page, slot: Slot, spot: Spot): Seat | Refused {
  const { node } = slot;
  const write = spot.kind === "failure" ? spec.decide?.(page, slot, spot) : undefined;
  if (write !== undefined) {
    const opened = spec.open(page, slot);
    if (opened === undefined || opened.edits.length > 0) return refuse("no-place", "what decides stands in no line of its own");
    return { offset: node.start, safe: true, indent: `${opened.indent}${page.style.unit}`, write };
  }
  if (spot.kind === "failure" && decidesItself(spec, slot, spot)) return refuse("unclear", "the call decides by itself whether it refuses");
  const opened = spec.open(page, slot);
  if (opened === undefined) return refuse("no-place", "there is no line for it without rewriting the statement around it");
  if (spot.kind === "failure") return before(page, slot, opened);
  if (spot.leads === true || worksIn(spot.file, node, spec.plain).length > 0) return afterWork(spec, page, slot, opened);
  return inWorkBranch(spec, page, slot, spot) ?? before(page, slot, opened);
}

/** A success that only one branch before the answer brings about is told of in that branch. */
function inWorkBranch(spec: TreeSpec, page: Page, slot: Slot, { file }: Spot): Seat | undefined {
  const fn = spec.refusalsLeave ? undefined : slot.around.findLast((node) => spec.functions.has(node.type));
  const works = fn === undefined ? [] : worksIn(file, { start: fn.start, end: slot.node.start }, spec.plain);
  const places = works.flatMap((work) => {
    const found = slotAround(spec, pathTo(page.tree, work));
    return "reason" in found ? [] : [found];
  });
  const [last] = places.slice(-1);
  // A later condition asks what came of what was tried: there it is known.
  if (last !== undefined && isTried(last) && slot.around.some((node) => node.start > last.node.end && spec.compound.has(node.type)))
    return undefined;
  if (last === undefined || places.some((place) => leadsTo(spec, place, slot))) return undefined;
  if (spec.compound.has(last.node.type)) return inConsequence(spec, page, last, slot, works.at(-1)!);
  const isEnd = spec.leaves.has(last.node.type) || spec.isValue?.(last) === true || last.node.end > slot.node.start;
  const opened = isEnd ? undefined : spec.open(page, last);
  return opened === undefined ? undefined : behind(page, last.node, opened);
}

/** Whether a statement stands right in what catches errors. */
const isTried = ({ around }: Slot): boolean => around.slice(-2).some(({ type }) => /^(?:begin|try_statement|try_block)$/.test(type));

/** `if user.destroy`: where that holds. */
function inConsequence(spec: TreeSpec, page: Page, { node, around }: Slot, slot: Slot, work: Span): Seat | undefined {
  const condition = node.children.find(({ field }) => field === "condition");
  const row = node.children.find(({ field }) => field === "consequence" || field === "body");
  const first = row?.children[0];
  if (slot.around.includes(node) || condition === undefined || row === undefined || first === undefined || !spec.rows.has(row.type))
    return undefined;
  if (page.text.slice(condition.start, condition.end).replace(/^\((.*)\)$/s, "$1") !== page.text.slice(work.start, work.end))
    return undefined;
  const place: Slot = { node: first, around: [...around, node, row] };
  const opened = spec.rows.has(first.type) ? undefined : spec.open(page, place);
  return opened === undefined ? undefined : before(page, place, opened);
}

/** Whether what is done in one statement is done wherever another is reached. */
function leadsTo(spec: TreeSpec, work: Slot, slot: Slot): boolean {
  const row = work.around.at(-1);
  if (spec.compound.has(work.node.type)) return slot.around.includes(work.node);
  return row !== undefined && slot.around.includes(row);
}

/** Whether the end is a call that may refuse and may return, and not an answer, a throw or a return. */
function decidesItself(spec: TreeSpec, { node }: Slot, { leads, answers, at, file }: Spot): boolean {
  if (leads === true || answers === true || [node, node.children[0]].some((one) => one !== undefined && spec.leaves.has(one.type)))
    return false;
  const text = file.text.slice(at.start, at.end);
  return /^[\w$@\\:.>?!\s-]+\(/.test(text) && !/^(?:return|throw|raise|abort|panic)\b/.test(text);
}

function before(page: Page, { node, around }: Slot, opened: Opened): Seat {
  const { text, tree, style } = page;
  const apart =
    opened.edits.length === 0 && around.at(-1)?.children[0] !== node && !followsText(text, startWithComments(text, tree, node.start));
  const at = opened.edits.length > 0 ? node.start : startWithComments(text, tree, node.start);
  const { indent, edits, closing = [] } = opened;
  return {
    offset: node.start,
    safe: true,
    indent,
    write: (line) => {
      // What was set off by an empty line still is, unless the line is one more of its kind.
      const gap = apart && line.includes("\n") ? style.eol : "";
      return [...edits, insert(at, `${indented(line, indent, style.eol)}${style.eol}${gap}${indent}`), ...closing];
    },
  };
}

/** A line behind a statement, or between the work and the return of what it gave. */
function afterWork(spec: TreeSpec, page: Page, slot: Slot, opened: Opened): Seat | Refused {
  const { node } = slot;
  const { text, style } = page;
  const { indent, edits, closing = [] } = opened;
  if (spec.isValue?.(slot)) return refuse("no-place", "the work is done in the value of a lambda");
  const value = spec.valueOf(node, slot, text);
  if (!spec.leaves.has(node.type) && value === undefined) return behind(page, node, opened);
  const name = ["result", "outcome", "returned"].find((one) => !new RegExp(`\\b${one}\\b`).test(text));
  const written = spec.nameOf?.(name ?? "") ?? name ?? "";
  const kept = value === undefined || name === undefined ? undefined : spec.keep?.(written, text.slice(value.start, value.end), slot, text);
  if (value === undefined || kept === undefined)
    return refuse("no-place", "the work is done in what it returns, and its value cannot be kept without more changes");
  return {
    offset: node.start,
    safe: true,
    indent,
    write: (line) => [
      ...edits,
      insert(node.start, `${kept}${style.eol}${indent}${indented(line, indent, style.eol)}${style.eol}${indent}`),
      { start: value.start, end: value.end, text: written },
      ...closing,
    ],
  };
}

/** The next line. */
function behind({ text, style }: Page, node: SyntaxNode, { indent, edits, closing = [] }: Opened): Seat {
  const end = closing.length > 0 ? node.end : lineEnd(text, node.end);
  return {
    offset: node.end,
    safe: true,
    indent,
    write: (line) => [...edits, insert(end, `${style.eol}${indent}${indented(line, indent, style.eol)}`), ...closing],
  };
}

const insert = (at: number, text: string): Edit => ({ start: at, end: at, text });
