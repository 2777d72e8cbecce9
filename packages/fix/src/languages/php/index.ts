import type { SyntaxNode } from "@telltale/scan/analysis";
import type { Edit, Refused } from "../../contract.ts";
import { indentAt, indented, lineEnd } from "../../places/text.ts";
import { createOpen } from "../trees/braces.ts";
import { createSeat } from "../trees/seat.ts";
import type { Page, Slot, TreeSpec } from "../trees/spec.ts";
import { faultsOf, treeOf } from "../trees/tree.ts";
import { ownNames } from "../trees/values.ts";
import { requoted, wrapped } from "../trees/wrap.ts";
import type { Held, LanguageWriter, PenAsk, Spot } from "../writer.ts";

const rows: ReadonlySet<string> = new Set(["compound_statement", "colon_block", "case_statement", "default_statement", "program"]);
const BODIES: ReadonlySet<string> = new Set([
  "if_statement",
  "else_clause",
  "else_if_clause",
  "while_statement",
  "for_statement",
  "foreach_statement",
]);

const isBare: NonNullable<TreeSpec["isBare"]> = (node, parent) =>
  BODIES.has(parent.type) && node.field === "body" && !rows.has(node.type) && node.type.endsWith("_statement");

/** https://github.com/tree-sitter/tree-sitter-php */
const spec: TreeSpec = {
  rows,
  labels: new Set(["integer", "string", "encapsed_string", "name", "class_constant_access_expression"]),
  compound: new Set(["if_statement", "for_statement", "foreach_statement", "while_statement", "switch_statement", "try_statement"]),
  catches: new Set(["catch_clause"]),
  functions: new Set(["method_declaration", "function_definition", "anonymous_function", "anonymous_function_creation_expression"]),
  leaves: new Set(["return_statement", "throw_expression"]),
  barrier: (node, parent) => {
    if (parent.type === "arrow_function") return "an arrow function decides when it runs";
    if (parent.type === "conditional_expression" || parent.type.startsWith("match_"))
      return "one expression chooses between it and another";
    return parent.type === "binary_expression" && node.field === "right" && /^(?:&&|\|\||\?\?|and|or)$/.test(parent.op)
      ? "an operator decides whether it is reached"
      : undefined;
  },
  isBare,
  choosing: { types: new Set(["conditional_expression"]), order: [0, 1, 2], head: (test) => `if (${test}) {`, close: "}", end: ";" },
  open: createOpen({ rows, bare: isBare }),
  plain:
    /(?:^|\.)(?:response|json|view|redirect|route|back|with\w*|make|collection|noContent|abort|render\w*|url|to\w*|refresh|fresh|load\w*|trans|__|getKey|only)$/,
  keep: (name, value) => `${name} = ${value};`,
  nameOf: (name) => `$${name}`,
  valueOf: (node) => (node.type === "return_statement" ? node.children[0] : undefined),
  decide,
};

/** Helpers of Laravel that refuse where their first argument says so. https://laravel.com/docs/helpers#method-abort-if */
const DECIDING = /^(abort|throw)_(if|unless)\($/;

/** `abort_if($x, 403)`: what decides gets a name, and is asked for once. */
function decide(
  { text, style }: Pick<Page, "text" | "style">,
  { node }: Slot,
  { at }: Spot,
): ((line: string) => readonly Edit[]) | undefined {
  const guarded = caught({ text, style }, node);
  if (guarded !== undefined) return guarded;
  const call = node.children[0];
  if (call === undefined || call.start !== at.start || call.type !== "function_call_expression") return undefined;
  const args = call.children.find(({ type }) => type === "arguments");
  const test = args?.children[0];
  if (args === undefined || test === undefined) return undefined;
  const how = DECIDING.exec(text.slice(call.start, args.start + 1))?.[2];
  const name = how === "if" ? "$refused" : "$allowed";
  if (how === undefined || text.includes(name)) return undefined;
  const indent = indentAt(text, node.start);
  const inner = `${indent}${style.unit}`;
  const { eol } = style;
  return (line) => [
    {
      start: node.start,
      end: node.start,
      text: `${name} = ${text.slice(test.start, test.end)};${eol}${eol}${indent}if (${how === "if" ? "" : "! "}${name}) {${eol}${inner}${indented(line, inner, eol)}${eol}${indent}}${eol}${eol}${indent}`,
    },
    { start: test.start, end: test.end, text: name },
  ];
}

/** Calls that throw where a policy says no. https://laravel.com/docs/authorization#via-controller-helpers */
const AUTHORIZES = /^(?:\$this->|Gate::)authorize\(/;
const DENIED = "Illuminate\\Auth\\Access\\AuthorizationException";

/** What a policy throws is told of and thrown on. */
function caught({ text, style }: Pick<Page, "text" | "style">, node: SyntaxNode): ((line: string) => readonly Edit[]) | undefined {
  const own = text.slice(node.start, node.end);
  if (!AUTHORIZES.test(own) || own.includes("\n") || text.slice(0, node.start).endsWith("$exception")) return undefined;
  const base = indentAt(text, node.start);
  const inner = `${base}${style.unit}`;
  const { eol } = style;
  const error = text.includes(`use ${DENIED};`) ? "AuthorizationException" : `\\${DENIED}`;
  return (line) => [
    { start: node.start, end: node.start, text: `try {${eol}${inner}` },
    {
      start: node.end,
      end: node.end,
      text: `${eol}${base}} catch (${error} $exception) {${eol}${inner}${indented(line, inner, eol)}${eol}${eol}${inner}throw $exception;${eol}${base}}`,
    },
  ];
}

const FACADE = "Illuminate\\Support\\Facades\\Log";

/** `use Illuminate\Support\Facades\Log;` among the others, in their order. */
function hold({ pen, held, file, style }: PenAsk): Held | Refused {
  const refused: Refused = { kind: "no-logger", reason: `${pen.name} is not in scope there` };
  if (held || /^(?:logger\(\)|info|error_log)$/.test(pen.name)) return { expression: pen.name, edits: [] };
  const tree = treeOf(file);
  if (pen.logger.id !== "laravel-log" || tree === undefined) return refused;
  if (pen.name !== "Log" || /\bclass\s+Log\b|\\Log;/.test(file.text)) return { expression: `\\${FACADE}`, edits: [] };
  const namespace = tree.root.children.find(({ type }) => type === "namespace_definition");
  const body = namespace?.children.find(({ type }) => type === "compound_statement");
  const uses = (body ?? tree.root).children.filter(({ type }) => type === "namespace_use_declaration");
  const line = `use ${FACADE};`;
  const sourceOf = (one: (typeof uses)[number]): string => file.text.slice(one.start, one.end).replace(/^use\s+/, "");
  const before = uses.findLast((one) => sourceOf(one).toLowerCase() < `${FACADE};`.toLowerCase());
  if (before !== undefined) return { expression: pen.name, edits: [{ ...after(file.text, before.end), text: `${style.eol}${line}` }] };
  const [first] = uses;
  if (first !== undefined) return { expression: pen.name, edits: [{ start: first.start, end: first.start, text: `${line}${style.eol}` }] };
  if (namespace === undefined || body !== undefined) return { expression: `\\${FACADE}`, edits: [] };
  return { expression: pen.name, edits: [{ ...after(file.text, namespace.end), text: `${style.eol}${style.eol}${line}` }] };
}

function after(text: string, offset: number): { readonly start: number; readonly end: number } {
  const end = lineEnd(text, offset);
  return { start: end, end };
}

/** PHP. */
export const php: LanguageWriter = {
  ids: ["php"],
  seat: createSeat(spec),
  hold,
  line: (text, style, room) => `${wrapped(requoted(text, style.quote), room - 1, { unit: style.unit, trailing: true, hugs: true })};`,
  values: ownNames,
  faults: faultsOf("php"),
};
