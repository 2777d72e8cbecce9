import type { Span, SyntaxNode } from "@telltale/scan/analysis";
import type { Edit, Refused } from "../../contract.ts";
import { holds, indentAt, indented, lineEnd, startsLine } from "../../places/text.ts";
import type { Page } from "../trees/spec.ts";
import { isBroken, pathTo, treeOf } from "../trees/tree.ts";
import { worksIn } from "../trees/work.ts";
import type { Seat, Spot } from "../writer.ts";

const refuse = (reason: string): Refused => ({ kind: "unclear", reason });
const ERROR_BRANCH = refuse("the branch deals with an error, which is no success");

/** A statement that asks whether some work went well, and the branches that follow. */
interface Asked {
  readonly node: SyntaxNode;
  readonly failed: SyntaxNode | undefined;
  readonly done: SyntaxNode | undefined;
}

/**
 * A seat for a success where an error is asked for: behind `if err := work(); err != nil { return }`, in the branch where all
 * went well, never in the other. Undefined where a line before the answer says it.
 */
export function doneSeat(spot: Spot, plain: RegExp): Seat | Refused | undefined {
  const { file, at, leads, style } = spot;
  const tree = treeOf(file);
  if (tree === undefined || isBroken(tree, at)) return undefined;
  const page: Page = { text: file.text, tree, style };
  const path = pathTo(tree, at);
  if (inFailed(page, path)) return ERROR_BRANCH;
  const fn = path.findLast(({ type }) => FUNCTIONS.has(type));
  const given = fn === undefined ? undefined : errorGiven(spot, page, path, fn, plain);
  if (given !== undefined) return given;
  const work = leads ? at : fn === undefined ? undefined : worksIn(file, { start: fn.start, end: at.start }, plain).at(-1);
  const asked = work === undefined ? undefined : askedOf(page, pathTo(tree, work));
  if (asked === undefined || work === undefined) return undefined;
  if (asked === "unknown") return refuse("a condition decides, and no code of its own ends it");
  if (asked.failed === undefined) return asked.done === undefined || holds(asked.done, at) ? undefined : first(page, asked.done);
  if (leavesFunction(asked.failed, page.text)) return leads || !isBefore(path, asked.node) ? behind(page, asked.node) : undefined;
  if (asked.done === undefined) return withElse(page, asked.node, asked.failed);
  return holds(asked.done, at) && !holds(asked.node, work) ? undefined : first(page, asked.done);
}

/** `return work()` of a function that gives an error or none: the error is asked for before. */
function errorGiven(
  { file, leads }: Spot,
  { text, style }: Page,
  path: readonly SyntaxNode[],
  fn: SyntaxNode,
  plain: RegExp,
): Seat | undefined {
  const node = path.findLast(({ type }) => type === "return_statement");
  const values = node?.children[0];
  const [value] = values?.children ?? [];
  const result = fn.children.find(({ field }) => field === "result");
  if (node === undefined || values === undefined || value?.type !== "call_expression" || values.children.length !== 1) return undefined;
  if (result === undefined || text.slice(result.start, result.end) !== "error" || !startsLine(text, node.start)) return undefined;
  if (leads !== true && worksIn(file, value, plain).length === 0) return undefined;
  const indent = indentAt(text, node.start);
  const { eol, unit } = style;
  const own = text.slice(value.start, value.end);
  const asked = `if err := ${own}; err != nil {${eol}${indent}${unit}return err${eol}${indent}}${eol}${indent}`;
  return seatOf(node.start, indent, (line) => [
    { start: node.start, end: node.end, text: `${asked}${indented(line, indent, eol)}${eol}${indent}return nil` },
  ]);
}

const FUNCTIONS: ReadonlySet<string> = new Set(["function_declaration", "method_declaration", "func_literal"]);

/** Whether what asks stands in a row that the end stands in too: what comes to the end came through it. */
function isBefore(path: readonly SyntaxNode[], asked: SyntaxNode): boolean {
  return path.some(({ children }) => children.includes(asked));
}

/** What asks for the error of a call: the `if` around it, or the one behind its statement. */
function askedOf({ text }: Page, path: readonly SyntaxNode[]): Asked | "unknown" | undefined {
  for (let i = path.length - 1; i > 0; i--) {
    const [node, parent] = [path[i]!, path[i - 1]!];
    if (FUNCTIONS.has(node.type)) return undefined;
    if (parent.type === "if_statement" && (node.field === "condition" || node.field === "initializer"))
      return branches(parent, text, node.field === "initializer" ? namesIn(node, text) : []) ?? "unknown";
    if (parent.type !== "statement_list" && parent.type !== "block") continue;
    const next = parent.children[parent.children.indexOf(node) + 1];
    if (!/^(?:short_var_declaration|assignment_statement)$/.test(node.type) || next?.type !== "if_statement") return undefined;
    const names = namesIn(node, text);
    const condition = next.children.find(({ field }) => field === "condition");
    const asks =
      condition !== undefined && names.some((name) => new RegExp(`\\b${name}\\b`).test(text.slice(condition.start, condition.end)));
    return asks ? (branches(next, text, names) ?? "unknown") : undefined;
  }
  return undefined;
}

/** The names that a statement gives a value to. */
function namesIn(node: SyntaxNode, text: string): readonly string[] {
  const left = node.children.find(({ field }) => field === "left");
  return left === undefined
    ? []
    : text
        .slice(left.start, left.end)
        .split(/\s*,\s*/)
        .filter((name) => name !== "_");
}

/** `err != nil`, `err == nil`, `!ok`, `ok`, a call that gives yes or no. */
function branches(node: SyntaxNode, text: string, names: readonly string[]): Asked | undefined {
  const [condition, then, other] = ["condition", "consequence", "alternative"].map((field) =>
    node.children.find((one) => one.field === field),
  );
  if (condition === undefined || then === undefined || other?.type === "if_statement") return undefined;
  const asked = text.slice(condition.start, condition.end);
  const failed: Asked = { node, failed: then, done: other };
  const done: Asked = { node, failed: other, done: then };
  if (/^!?\w*(?:\berr|Err|error)\w*\s*!=\s*nil$/.test(asked)) return failed;
  if (/^\w*(?:\berr|Err|error)\w*\s*==\s*nil$/.test(asked)) return done;
  const name = names.at(-1);
  if (name !== undefined && /^(?:ok|valid|found|success|exists|done)\w*$/i.test(name)) {
    if (asked === `!${name}`) return failed;
    if (asked === name) return done;
  }
  if (/^(?:\w+\.)?(?:Is\w*(?:Err|Not)|errors\.(?:Is|As)\b)/.test(asked)) return failed;
  return condition.type === "call_expression" ? done : undefined;
}

/** Whether a place is in a branch for an error: of `if err != nil`, or a case that asks what error it is. */
function inFailed({ text }: Page, path: readonly SyntaxNode[]): boolean {
  return path.some((node, i) => {
    const next = path[i + 1];
    if (node.type === "if_statement" && next?.field === "consequence") return branches(node, text, [])?.failed === next;
    return (
      node.type === "expression_case" && /^case\s+(?:\w+\.)?(?:Is\w*(?:Err|Not)|errors\.(?:Is|As))/.test(text.slice(node.start, node.end))
    );
  });
}

const LEAVES = /^(?:return|panic|continue|break|goto|os\.Exit|log\.(?:Fatal|Panic)\w*|t\.Fatal\w*)\b/;

/** Whether a block goes no further than its end. */
function leavesFunction(block: SyntaxNode, text: string): boolean {
  const last = block.children.at(-1)?.type === "statement_list" ? block.children.at(-1)!.children.at(-1) : block.children.at(-1);
  if (last === undefined) return false;
  if (last.type !== "expression_switch_statement") return LEAVES.test(text.slice(last.start, last.end));
  const cases = last.children.filter(({ type }) => type.endsWith("_case"));
  return cases.some(({ type }) => type === "default_case") && cases.every((one) => LEAVES.test(lastStatement(one, text)));
}

function lastStatement(node: SyntaxNode, text: string): string {
  const last = node.children.findLast(({ type }) => type === "statement_list")?.children.at(-1);
  return last === undefined ? "" : text.slice(last.start, last.end);
}

/** The line behind a statement. */
function behind({ text, style }: Page, node: Span): Seat {
  const indent = indentAt(text, node.start);
  const end = lineEnd(text, node.end);
  return seatOf(node.end, indent, (line) => [insert(end, `${style.eol}${indent}${indented(line, indent, style.eol)}`)]);
}

/** The line before the first statement of a branch. */
function first({ text, style }: Page, block: SyntaxNode): Seat | Refused {
  const statement = block.children[0]?.type === "statement_list" ? block.children[0].children[0] : block.children[0];
  if (statement === undefined || !startsLine(text, statement.start))
    return { kind: "no-place", reason: "the branch has no line of its own" };
  const indent = indentAt(text, statement.start);
  return seatOf(statement.start, indent, (line) => [insert(statement.start, `${indented(line, indent, style.eol)}${style.eol}${indent}`)]);
}

/** What goes on although it failed gets a branch for where it did not. */
function withElse({ text, style }: Page, node: SyntaxNode, failed: SyntaxNode): Seat {
  const base = indentAt(text, node.start);
  const indent = `${base}${style.unit}`;
  const { eol } = style;
  return seatOf(node.start, indent, (line) => [insert(failed.end, ` else {${eol}${indent}${indented(line, indent, eol)}${eol}${base}}`)]);
}

const insert = (at: number, text: string): Edit => ({ start: at, end: at, text });

const seatOf = (offset: number, indent: string, write: Seat["write"]): Seat => ({ offset, safe: true, indent, write });
