import type { SyntaxNode } from "@telltale/scan/analysis";
import { isRefused, type Refused } from "../../contract.ts";
import { indentAt } from "../../places/text.ts";
import { createOpen } from "../trees/braces.ts";
import { createSeat } from "../trees/seat.ts";
import type { Opened, Page, Slot, TreeSpec } from "../trees/spec.ts";
import { faultsOf } from "../trees/tree.ts";
import type { LanguageWriter, Seat, Spot } from "../writer.ts";
import { asNamed, hold, lineOf } from "./macros.ts";
import { resultSeat, tellsApart } from "./results.ts";
import { values } from "./values.ts";

const rows: ReadonlySet<string> = new Set(["block", "source_file"]);

/** The value of an arm or of a closure that is no block. */
const isBare: NonNullable<TreeSpec["isBare"]> = (node, parent) =>
  node.type !== "block" &&
  ((parent.type === "match_arm" && node.field === "value") || (parent.type === "closure_expression" && node.field === "body"));

/** What a block or a function gives: its last expression, and what is returned. */
function isTail(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  if (node.type === "expression_statement") return node.children[0]?.type === "return_expression";
  return node.type !== "let_declaration" && (parent?.type !== "block" || parent.children.at(-1) === node);
}

const openBlock = createOpen({ rows, bare: () => false });

/** https://github.com/tree-sitter/tree-sitter-rust */
const spec: TreeSpec = {
  rows,
  compound: new Set(["if_expression", "match_expression", "for_expression", "while_expression", "loop_expression"]),
  catches: new Set(),
  functions: new Set(["function_item", "closure_expression"]),
  leaves: new Set(["return_expression", "call_expression", "macro_invocation"]),
  barrier: (node, parent) =>
    parent.type === "binary_expression" && node.field === "right" && /^(?:&&|\|\|)$/.test(parent.op)
      ? "an operator decides whether it is reached"
      : undefined,
  isBare,
  // A `Result` may be an error: a line behind it would call that a success.
  isValue: ({ node, around }) => isTail(node, around.at(-1)),
  open,
  refusalsLeave: true,
  plain:
    /(?:^|\.)(?:Ok|Err|Some|Json|Redirect\.\w+|into\w*|finish|json!?|status|HttpResponse\.\w+|new|to_\w+|body|build|from|map_err|unwrap\w*|ok_or\w*|render|clone|as_\w+)$/,
  valueOf: (node, { around }, text) => {
    const inner = node.type === "expression_statement" ? node.children[0] : node;
    if (inner?.type === "return_expression") return inner.children[0];
    return around.at(-1)?.children.at(-1) === node && !text.slice(node.start, node.end).endsWith(";") && node.type !== "let_declaration"
      ? node
      : undefined;
  },
  keep: (name, value) => `let ${name} = ${value};`,
};

/** `A => x,` and `|_| x` get a block. */
function open(page: Page, slot: Slot): Opened | undefined {
  const { node, around } = slot;
  const parent = around.at(-1);
  if (parent === undefined || !isBare(node, parent)) return openBlock(page, slot);
  const { text, style } = page;
  const base = indentAt(text, parent.start);
  const indent = `${base}${style.unit}`;
  const comma = parent.type === "match_arm" && text[node.end] === "," ? 1 : 0;
  const stop = node.type === "return_expression" ? ";" : "";
  return {
    edits: [{ start: node.start, end: node.start, text: `{${style.eol}${indent}` }],
    indent,
    closing: [{ start: node.end, end: node.end + comma, text: `${stop}${style.eol}${base}}` }],
  };
}

const place = createSeat(spec);

function seat(spot: Spot): Seat | Refused {
  const found = resultSeat(spot, spec.plain) ?? place(spot);
  return isRefused(found) ? found : asNamed(found, spot);
}

/** Rust. */
export const rust: LanguageWriter = { ids: ["rust"], seat, hold, line: lineOf, values, tellsApart, faults: faultsOf("rust") };
