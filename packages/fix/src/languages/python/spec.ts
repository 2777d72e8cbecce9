import type { SyntaxNode } from "@telltale/scan/analysis";
import { indentAt, startsLine } from "../../places/text.ts";
import type { Opened, Page, Slot, TreeSpec } from "../trees/spec.ts";

/** https://github.com/tree-sitter/tree-sitter-python */
export const spec: TreeSpec = {
  rows: new Set(["block", "module"]),
  compound: new Set(["if_statement", "for_statement", "while_statement", "try_statement", "match_statement", "with_statement"]),
  catches: new Set(["except_clause", "except_group_clause"]),
  functions: new Set(["function_definition"]),
  leaves: new Set(["return_statement", "raise_statement"]),
  barrier: (node, parent) => {
    if (parent.type === "lambda") return "a lambda decides when it runs";
    if (parent.type === "conditional_expression") return "one expression chooses between it and another";
    if (parent.type === "boolean_operator" && node.field === "right") return "an operator decides whether it is reached";
    return parent.type.endsWith("_comprehension") || parent.type === "generator_expression" ? "it is part of a comprehension" : undefined;
  },
  open,
  choosing: { types: new Set(["conditional_expression"]), order: [1, 0, 2], head: (test) => `if ${test}:`, close: "", end: "" },
  plain:
    /(?:^|\.)(?:render\w*|redirect\w*|jsonify|json_response|make_response|url_for|reverse|get_\w+|flash|Response|JsonResponse|HttpResponse\w*|TemplateResponse|RedirectResponse|JSONResponse|serialize\w*|to_dict|dict|_|gettext|get_serializer)$/,
  keep: (name, value) => `${name} = ${value}`,
  valueOf: (node) => (node.type === "return_statement" && node.children.length === 1 ? node.children[0] : undefined),
};

/** `if a: return b` gets a line for what it does. */
function open({ text, style }: Page, { node, around }: Slot): Opened | undefined {
  const block = around.at(-1);
  if (startsLine(text, node.start)) return { edits: [], indent: indentAt(text, node.start) };
  if (block === undefined || block.children.length !== 1 || block.type !== "block") return undefined;
  const colon = text.lastIndexOf(":", node.start);
  const owner = ownerOf(text, colon);
  if (colon < 0 || text.slice(colon + 1, node.start).trim() !== "" || owner === undefined) return undefined;
  const indent = `${owner}${style.unit}`;
  return { edits: [{ start: colon + 1, end: node.start, text: `${style.eol}${indent}` }], indent };
}

/** The indentation of the line that opens a block. */
function ownerOf(text: string, colon: number): string | undefined {
  const indent = indentAt(text, colon);
  return startsLine(text, colon) ? undefined : indent;
}

export const isImport = ({ type }: SyntaxNode): boolean =>
  type === "import_statement" || type === "import_from_statement" || type === "future_import_statement";
