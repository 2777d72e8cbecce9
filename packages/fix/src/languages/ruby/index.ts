import type { SyntaxNode } from "@telltale/scan/analysis";
import type { Refused } from "../../contract.ts";
import { indentAt, startsLine } from "../../places/text.ts";
import { answeredSeat, isAction } from "./answered.ts";
import { createSeat } from "../trees/seat.ts";
import type { Opened, Page, Slot, TreeSpec } from "../trees/spec.ts";
import { faultsOf } from "../trees/tree.ts";
import { ownNames } from "../trees/values.ts";
import { requoted, wrapped } from "../trees/wrap.ts";
import type { Held, LanguageWriter, PenAsk, Values } from "../writer.ts";

const rows: ReadonlySet<string> = new Set(["body_statement", "then", "else", "block_body", "ensure", "program", "begin", "do"]);
const MODIFIERS: ReadonlySet<string> = new Set(["if_modifier", "unless_modifier"]);
const CLAUSES: ReadonlySet<string> = new Set([
  "rescue",
  "else",
  "ensure",
  "when",
  "elsif",
  "method",
  "class",
  "module",
  "singleton_method",
]);

const isBare: NonNullable<TreeSpec["isBare"]> = (node, parent) => MODIFIERS.has(parent.type) && node.field === "body";

/** https://github.com/tree-sitter/tree-sitter-ruby */
const spec: TreeSpec = {
  rows,
  labels: CLAUSES,
  compound: new Set([
    "if",
    "unless",
    "case",
    "while",
    "until",
    "for",
    "begin",
    "if_modifier",
    "unless_modifier",
    "while_modifier",
    "case_match",
  ]),
  catches: new Set(["rescue"]),
  functions: new Set(["method", "singleton_method", "do_block", "block", "lambda"]),
  leaves: new Set(["return"]),
  barrier: (node, parent) => {
    if (parent.type === "conditional") return "one expression chooses between it and another";
    return parent.type === "binary" && node.field === "right" && /^(?:&&|\|\||and|or)$/.test(parent.op)
      ? "an operator decides whether it is reached"
      : undefined;
  },
  isBare,
  open,
  plain:
    /(?:^|\.)(?:render\w*|redirect\w*|head|respond_\w+|json|html|\w+_(?:path|url)|t|I18n\.t|flash\w*|as_json|to_json|new|serialize\w*|present\w*|params|status)$/,
  keep: (name, value) => `${name} = ${value}`,
  valueOf,
  saysError: ({ node }, text) =>
    /flash(?:\.now)?\[:(?:error|alert|danger)\]|alert:|status:\s*(?::(?:unprocessable|bad_request|unauthorized|forbidden|not_found)|[45]\d\d\b)/.test(
      text.slice(text.lastIndexOf("\n", text.lastIndexOf("\n", node.start - 1) - 1), node.end),
    ),
};

/** A return's value; the value of a last statement, which a method gives as well, unless it only answers. */
function valueOf(node: SyntaxNode, { around }: Slot, text: string): SyntaxNode | undefined {
  if (node.type === "return") {
    const args = node.children[0];
    return args?.children.length === 1 ? args.children[0] : undefined;
  }
  const row = around.at(-1);
  const isLast = row?.children.at(-1) === node && /\b(?:method|block|do_block)\b/.test(around.at(-2)?.type ?? "");
  return isLast && !/^(?:render|redirect_to|head|respond_with)\b/.test(text.slice(node.start, node.end)) ? node : undefined;
}

/** `return x unless y` becomes a block; `{ x }` of one line gets lines. */
function open({ text, style }: Page, { node, around }: Slot): Opened | undefined {
  const parent = around.at(-1);
  const row = around.at(-2);
  if (parent === undefined) return undefined;
  if (MODIFIERS.has(parent.type)) return row !== undefined && rows.has(row.type) ? openModifier({ text, style }, node, parent) : undefined;
  if (startsLine(text, node.start)) return { edits: [], indent: indentAt(text, node.start) };
  if (parent.type !== "block_body" || row === undefined || text[row.start] !== "{" || parent.children.length !== 1) return undefined;
  const base = indentAt(text, row.start);
  const indent = `${base}${style.unit}`;
  if (text.slice(row.start, node.start).includes("\n") || text.slice(node.end, row.end).includes("\n")) return undefined;
  const head = text.slice(0, node.start).trimEnd().length;
  return {
    edits: [{ start: head, end: node.start, text: `${style.eol}${indent}` }],
    indent,
    closing: [{ start: node.end, end: row.end - 1, text: `${style.eol}${base}` }],
  };
}

function openModifier({ text, style }: Pick<Page, "text" | "style">, node: SyntaxNode, modifier: SyntaxNode): Opened | undefined {
  const condition = modifier.children.find(({ field }) => field === "condition");
  if (condition === undefined || node.start !== modifier.start || !startsLine(text, node.start)) return undefined;
  const base = indentAt(text, node.start);
  const word = modifier.type === "if_modifier" ? "if" : "unless";
  if (text.slice(node.end, condition.start).trim() !== word || text.slice(condition.start, condition.end).includes("\n")) return undefined;
  const indent = `${base}${style.unit}`;
  return {
    edits: [{ start: node.start, end: node.start, text: `${word} ${text.slice(condition.start, condition.end)}${style.eol}${indent}` }],
    indent,
    closing: [{ start: node.end, end: condition.end, text: `${style.eol}${base}end` }],
  };
}

/** `Rails.logger` wherever Rails is, `logger` where controllers have it. */
function hold({ pen, held, file, project }: PenAsk): Held | Refused {
  if (held) return { expression: pen.name, edits: [] };
  if (pen.logger.id === "ruby-logger" && (project.has("rubygems", "rails", file.path) || project.has("rubygems", "railties", file.path)))
    return { expression: "Rails.logger", edits: [] };
  if (pen.name === "logger" && ["sinatra", "grape", "hanami"].some((name) => project.has("rubygems", name, file.path)))
    return { expression: pen.name, edits: [] };
  return { kind: "no-logger", reason: `${pen.name} is not in scope there` };
}

/** What every controller of Rails knows of its request. https://api.rubyonrails.org/classes/ActionDispatch/Request.html */
const OF_REQUEST = [
  { name: "ip", value: "request.remote_ip" },
  { name: "request_id", value: "request.request_id" },
] as const;

function ofRequest({ spot, details }: Values): Values["details"] {
  const { path, text } = spot.file;
  if (!/(?:^|\/)app\/controllers\//.test(path) || !/\bclass\s+[\w:]+Controller\b/.test(text)) return [];
  return OF_REQUEST.filter(({ name }) => !details.some((one) => one.name === name));
}

const place = createSeat(spec);

/** Ruby. */
export const ruby: LanguageWriter = {
  ids: ["ruby"],
  seat: (spot) => (spot.asks ? answeredSeat(spot, spec) : place(spot)),
  asksAnswer: isAction,
  hold,
  line: (text, style, room) => wrapped(requoted(text, style.quote), room, { unit: style.unit, trailing: false, hugs: true }),
  values: (values) => [...ownNames(values), ...ofRequest(values)],
  faults: faultsOf("ruby"),
};
