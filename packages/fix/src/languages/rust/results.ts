import type { SyntaxNode } from "@telltale/scan/analysis";
import type { Edit, Refused } from "../../contract.ts";
import { holds, indentAt, indented, lineStart, startsLine } from "../../places/text.ts";
import type { Page } from "../trees/spec.ts";
import { isBroken, pathTo, treeOf } from "../trees/tree.ts";
import { worksIn } from "../trees/work.ts";
import type { Seat, Spot } from "../writer.ts";
import { givenAt, isArm, type Given } from "./given.ts";

const refuse = (kind: Refused["kind"], reason: string): Refused => ({ kind, reason });

/** Macros that give an error back or stop: `err!(…)`, `bail!(…)`, `panic!(…)`. */
const FAILS = /^(?:return\s+)?(?:Err\s*\(|(?:\w+::)*(?:err|bail|fail|ensure|panic|unreachable|todo|unimplemented)\w*!)/;
const SUCCEEDS = /^Ok\s*\(/;
/** Values that only the code inside them decides. */
const BRANCHES: ReadonlySet<string> = new Set(["if_expression", "match_expression", "loop_expression", "block", "unsafe_block"]);

/**
 * A seat beside a value that the function gives. Where that may be an error as well as a success, it gets a name and is
 * asked: a line behind the call would call both the same. Undefined where a plain line before the statement says it.
 */
export function resultSeat(spot: Spot, plain: RegExp): Seat | Refused | undefined {
  const tree = treeOf(spot.file);
  if (tree === undefined || isBroken(tree, spot.at)) return undefined;
  const page: Page = { text: spot.file.text, tree, style: spot.style };
  const path = pathTo(tree, spot.at);
  const asked = spot.kind === "failure" ? questioned(page, path, spot) : undefined;
  if (asked !== undefined) return asked;
  const given = givenAt(page, path);
  if (given === undefined || BRANCHES.has(given.value.type)) return undefined;
  const text = page.text.slice(given.value.start, given.value.end);
  const works = spot.leads === true || worksIn(spot.file, given.value, plain).length > 0;
  if (FAILS.test(text)) return spot.kind === "failure" ? undefined : refuse("unclear", "what is given there is an error");
  if (SUCCEEDS.test(text)) {
    if (spot.kind === "failure") return refuse("unclear", "what is answered there is no refusal");
    return works ? keptSeat(page, given, "plain") : undefined;
  }
  if (!/\bResult\b|Result(?:<|$)/.test(given.type) || given.value.type === "macro_invocation")
    return spot.kind === "success" && works ? keptSeat(page, given, "plain") : undefined;
  const name = given.value.type === "identifier" ? text : undefined;
  if (name !== undefined) return besideName(page, given, name, spot.kind);
  return keptSeat(page, given, spot.kind);
}

/** Whether outcomes that end in the same value can be told apart. */
export function tellsApart(spot: Pick<Spot, "file" | "at">): boolean {
  const tree = treeOf(spot.file);
  if (tree === undefined) return false;
  const given = givenAt({ text: spot.file.text }, pathTo(tree, spot.at));
  if (given === undefined || BRANCHES.has(given.value.type) || given.value.type === "macro_invocation") return false;
  const text = spot.file.text.slice(given.value.start, given.value.end);
  return /Result(?:<|\b)/.test(given.type) && !FAILS.test(text) && !SUCCEEDS.test(text);
}

const ASKS = { success: "is_ok", failure: "is_err" } as const;

/** `if saved.is_ok() { … }` before `saved`; the second of two is the other branch of the first. */
function besideName({ text, style }: Page, { node, around, returns }: Given, name: string, kind: Spot["kind"]): Seat | Refused {
  const row = around.at(-1);
  if (row?.type !== "block" || !startsLine(text, node.start)) return refuse("no-place", "the value stands in no line of its own");
  const indent = indentAt(text, node.start);
  const inner = `${indent}${style.unit}`;
  const { eol } = style;
  const other = row.children[row.children.indexOf(node) - 1];
  const asked = other === undefined || returns ? "" : text.slice(other.start, other.end);
  const both = asked.startsWith(`if ${name}.${ASKS[kind === "success" ? "failure" : "success"]}() {`) && !/\}\s*else\b/.test(asked);
  const put = (line: string): Edit => {
    const body = `{${eol}${inner}${indented(line, inner, eol)}${eol}${indent}}`;
    return both
      ? { start: other!.end, end: other!.end, text: ` else ${body}` }
      : { start: node.start, end: node.start, text: `if ${name}.${ASKS[kind]}() ${body}${eol}${indent}` };
  };
  return { offset: node.start, safe: true, indent: inner, write: (line) => [put(line)] };
}

/** `let result = work(); if result.is_ok() { … } result`; where it cannot be an error, the line without the question. */
function keptSeat(page: Page, { value, node, around, returns }: Given, how: Spot["kind"] | "plain"): Seat | Refused {
  const { text, style } = page;
  const parent = around.at(-1)!;
  const arm = isArm(node, parent);
  if (!arm && (parent.type !== "block" || !startsLine(text, node.start)))
    return refuse("no-place", "the value stands in no line of its own");
  const own = text.slice(value.start, value.end);
  const fn = around.findLast(({ type }) => type === "function_item")!;
  const name = ["result", "outcome", "returned"].find((one) => !new RegExp(`\\b${one}\\b`).test(text.slice(fn.start, fn.end)));
  if (name === undefined || (arm && /"[^"]*\n/.test(own))) return refuse("no-place", "its value cannot be kept without more changes");
  const { eol } = style;
  const base = indentAt(text, node.start);
  const indent = arm ? `${base}${style.unit}` : base;
  const inner = how === "plain" ? indent : `${indent}${style.unit}`;
  const kept = arm ? indented(own.replaceAll("\r\n", "\n"), style.unit, eol) : own;
  const put = (line: string): string =>
    how === "plain"
      ? indented(line, indent, eol)
      : `if ${name}.${ASKS[how]}() {${eol}${inner}${indented(line, inner, eol)}${eol}${indent}}`;
  const written = (line: string): string =>
    [`let ${name} = ${kept};`, put(line), returns ? `return ${name};` : name].join(`${eol}${indent}`);
  const comma = arm && text[node.end] === "," ? 1 : 0;
  return {
    offset: node.start,
    safe: true,
    indent: inner,
    write: (line) => [
      { start: node.start, end: node.end + comma, text: arm ? `{${eol}${indent}${written(line)}${eol}${base}}` : written(line) },
    ],
  };
}

/** Words of code that asks who somebody is, or what they may do. */
const ABOUT_SOMEBODY =
  /token|passw|auth|user|login|logged|session|claim|permission|admin|totp|otp|credential|account|member|invit|secret|jwt/i;

/** `work()?` fails: `work().inspect_err(|_| …)?`. */
function questioned({ text, style }: Page, path: readonly SyntaxNode[], { at, project, file }: Spot): Seat | Refused | undefined {
  const i = path.findLastIndex(({ type }) => type === "try_expression");
  const asked = path[i];
  const operand = asked?.children[0];
  const block = path.findLastIndex(({ type }) => type === "block" || type === "closure_expression" || type === "async_block");
  if (asked === undefined || operand === undefined || block > i || !holds(operand, at)) return undefined;
  const fn = path.findLast(({ type }) => type === "function_item" || type === "closure_expression" || type === "async_block");
  const type = fn?.type === "function_item" ? fn.children.find(({ field }) => field === "return_type") : undefined;
  if (type === undefined || !/Result\b|Result</.test(text.slice(type.start, type.end))) return undefined;
  const statement = path[block + 1];
  // Much may fail on the way that refuses nobody.
  if (!ABOUT_SOMEBODY.test(text.slice(operand.start, operand.end).replaceAll(/"[^"]*"/g, ""))) return undefined;
  if (statement === undefined || text.slice(operand.start, operand.end).includes("inspect_err") || !hasInspect(project, file.path))
    return undefined;
  const base = indentAt(text, operand.end);
  const inner = `${base}${style.unit}`;
  const { eol } = style;
  const end = operand.end;
  // A chain of several lines gets one more.
  const apart =
    text.slice(operand.start, end).includes("\n") && text.slice(lineStart(text, end), end).trimStart().startsWith(".")
      ? `${eol}${base}`
      : "";
  return {
    offset: statement.start,
    safe: true,
    indent: inner,
    write: (line) => [{ start: end, end, text: `${apart}.inspect_err(|_| {${eol}${inner}${indented(line, inner, eol)}${eol}${base}})` }],
  };
}

/** `Result::inspect_err` is there since Rust 1.76. https://doc.rust-lang.org/std/result/enum.Result.html#method.inspect_err */
function hasInspect(project: Spot["project"], path: string): boolean {
  const folders = path
    .split("/")
    .map((_, i, parts) => parts.slice(0, i).join("/"))
    .toReversed();
  const manifests = folders.flatMap((folder) => project.read(folder === "" ? "Cargo.toml" : `${folder}/Cargo.toml`) ?? []);
  const version = manifests.map((text) => /^\s*rust-version\s*=\s*"1\.(\d+)/m.exec(text)?.[1]).find((one) => one !== undefined);
  if (version !== undefined) return Number(version) >= 76;
  // The edition of 2024 came with 1.85.
  return manifests.some((text) => /^\s*edition\s*=\s*"2024"/m.test(text));
}
