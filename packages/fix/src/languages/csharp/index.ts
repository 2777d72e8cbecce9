import type { SyntaxNode } from "@telltale/scan/analysis";
import type { Refused } from "../../contract.ts";
import { createOpen } from "../trees/braces.ts";
import { createSeat } from "../trees/seat.ts";
import type { TreeSpec } from "../trees/spec.ts";
import { faultsOf, pathTo, treeOf } from "../trees/tree.ts";
import { ownNames } from "../trees/values.ts";
import { wrapped } from "../trees/wrap.ts";
import type { Held, LanguageWriter, PenAsk } from "../writer.ts";

const rows: ReadonlySet<string> = new Set(["block", "switch_section", "compilation_unit", "global_statement"]);
const BODIES: ReadonlySet<string> = new Set(["if_statement", "while_statement", "for_statement", "foreach_statement"]);

const isBare: NonNullable<TreeSpec["isBare"]> = (node, parent) =>
  BODIES.has(parent.type) &&
  /^(?:consequence|alternative|body)$/.test(node.field) &&
  node.type.endsWith("_statement") &&
  node.type !== "if_statement";

/** https://github.com/tree-sitter/tree-sitter-c-sharp */
const spec: TreeSpec = {
  rows,
  labels: new Set(["constant_pattern", "case_switch_label", "default_switch_label", "when_clause", "declaration_pattern"]),
  compound: new Set([
    "if_statement",
    "for_statement",
    "foreach_statement",
    "while_statement",
    "switch_statement",
    "try_statement",
    "using_statement",
  ]),
  catches: new Set(["catch_clause"]),
  functions: new Set([
    "method_declaration",
    "constructor_declaration",
    "local_function_statement",
    "lambda_expression",
    "anonymous_method_expression",
  ]),
  leaves: new Set(["return_statement", "throw_statement"]),
  barrier: (node, parent) => {
    if (parent.type === "arrow_expression_clause") return "the method is one expression";
    if (parent.type === "lambda_expression" && node.type !== "block") return "a lambda decides when it runs";
    if (parent.type === "conditional_expression" || parent.type === "switch_expression_arm")
      return "one expression chooses between it and another";
    return parent.type === "binary_expression" && node.field === "right" && /^(?:&&|\|\||\?\?)$/.test(parent.op)
      ? "an operator decides whether it is reached"
      : undefined;
  },
  isBare,
  choosing: { types: new Set(["conditional_expression"]), order: [0, 1, 2], head: (test) => `if (${test}) {`, close: "}", end: ";" },
  open: createOpen({ rows, bare: isBare, ownLines: true }),
  plain:
    /(?:^|\.)(?:Ok|NoContent|Created\w*|BadRequest|NotFound|Unauthorized|Forbid|View|Redirect\w*|Json|Results\.\w+|TypedResults\.\w+|Content|File|StatusCode|Page|LocalRedirect|\w+(?:ResponseModel|Model|Dto|ViewModel|Response))$/,
  valueOf: (node) => (node.type === "return_statement" ? node.children[0] : undefined),
  keep: (name, value) => `var ${name} = ${value};`,
};

/** A field of the class for its logger, or a parameter of its primary constructor. */
function hold({ pen, held, file, offset }: PenAsk): Held | Refused {
  if (held || pen.name.startsWith("Console") || /^(?:Serilog\.)?Log$/.test(pen.name))
    return { expression: pen.name.replace(/^this\.(?=_)/, ""), edits: [] };
  const tree = treeOf(file);
  const type =
    tree === undefined ? undefined : pathTo(tree, { start: offset, end: offset }).findLast((node) => node.type === "class_declaration");
  const own = type === undefined ? undefined : loggerOf(type, file.text);
  if (own !== undefined) return { expression: own, edits: [] };
  return { kind: "no-logger", reason: "its class is given no logger: one more parameter of the constructor would change who makes it" };
}

function loggerOf(type: SyntaxNode, text: string): string | undefined {
  const params = type.children.find((child) => child.type === "parameter_list");
  const primary = params === undefined ? null : /\bILogger(?:<[^>]*>)?\s+(\w+)/.exec(text.slice(params.start, params.end));
  if (primary !== null) return primary[1];
  for (const member of type.children.find(({ field }) => field === "body")?.children ?? []) {
    if (member.type !== "field_declaration" && member.type !== "property_declaration") continue;
    const found = /\bILogger(?:<[^;=]*>)?\s+(\w+)/.exec(text.slice(member.start, member.end));
    if (found !== null) return found[1];
  }
  return undefined;
}

/** C#. */
export const csharp: LanguageWriter = {
  ids: ["csharp"],
  seat: createSeat(spec),
  hold,
  line: (text, style, room) => `${wrapped(text, room + 20 - 1, { unit: style.unit, trailing: false, hugs: false })};`,
  values: ownNames,
  faults: faultsOf("csharp"),
};
