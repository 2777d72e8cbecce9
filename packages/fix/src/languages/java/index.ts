import type { SyntaxNode } from "@telltale/scan/analysis";
import { indentAt } from "../../places/text.ts";
import { createOpen } from "../trees/braces.ts";
import { createSeat } from "../trees/seat.ts";
import type { Opened, Page, Slot, TreeSpec } from "../trees/spec.ts";
import { faultsOf } from "../trees/tree.ts";
import { isParameter, ownNames } from "../trees/values.ts";
import { wrapped } from "../trees/wrap.ts";
import type { LanguageWriter } from "../writer.ts";
import { hold } from "./hold.ts";

const rows: ReadonlySet<string> = new Set(["block", "constructor_body", "switch_block_statement_group"]);
const BODIES: ReadonlySet<string> = new Set(["if_statement", "while_statement", "for_statement", "enhanced_for_statement", "switch_rule"]);

/** Methods whose closure gives a value: `x -> y` may become a block that returns. Those of Optional, Stream and Reactor. */
const MAPPING =
  /^(?:map|flatMap|flatMapMany|concatMap|switchMap|then|thenReturn|defer|handle|onErrorResume|onErrorMap|onErrorReturn|orElseThrow|orElseGet|fromCallable|fromSupplier|switchIfEmpty|error|zipWith|transform|retryWhen|usingWhen)$/;

const isLambda = (node: SyntaxNode, parent: SyntaxNode | undefined): boolean =>
  parent?.type === "lambda_expression" && node.field === "body" && node.type !== "block";

/** The value of a closure that a mapping method is given. */
function isMapped(node: SyntaxNode, parent: SyntaxNode, around: readonly SyntaxNode[]): boolean {
  const [call, args] = around.slice(-3);
  if (!isLambda(node, parent) || args?.type !== "argument_list" || call?.type !== "method_invocation") return false;
  return call.children.some(({ field }) => field === "name");
}

const isBare: NonNullable<TreeSpec["isBare"]> = (node, parent) =>
  BODIES.has(parent.type) &&
  (/^(?:consequence|alternative|body)$/.test(node.field) || (parent.type === "switch_rule" && node.type === "throw_statement")) &&
  node.type.endsWith("_statement") &&
  node.type !== "if_statement";

/** https://github.com/tree-sitter/tree-sitter-java */
const spec: TreeSpec = {
  rows,
  labels: new Set(["switch_label"]),
  compound: new Set([
    "if_statement",
    "for_statement",
    "enhanced_for_statement",
    "while_statement",
    "switch_expression",
    "try_statement",
    "try_with_resources_statement",
  ]),
  catches: new Set(["catch_clause"]),
  functions: new Set(["method_declaration", "constructor_declaration", "lambda_expression"]),
  leaves: new Set(["return_statement", "throw_statement", "yield_statement"]),
  barrier: (node, parent) => {
    if (parent.type === "lambda_expression" && node.type !== "block") return "a lambda decides when it runs";
    if (parent.type === "ternary_expression" || parent.type === "switch_rule") return "one expression chooses between it and another";
    return parent.type === "binary_expression" && node.field === "right" && /^(?:&&|\|\|)$/.test(parent.op)
      ? "an operator decides whether it is reached"
      : undefined;
  },
  isBare: (node, parent, around = []) => isBare(node, parent) || isMapped(node, parent, around),
  choosing: { types: new Set(["ternary_expression"]), order: [0, 1, 2], head: (test) => `if (${test}) {`, close: "}", end: ";" },
  isValue: ({ node, around }) => isLambda(node, around.at(-1)),
  open,
  plain:
    /(?:^|\.)(?:ok|build|body|status|noContent|created|accepted|badRequest|notFound|of|success|error|redirect\w*|get\w*|is\w*|to\w*|from\w*|ResponseEntity|Mono\.\w+|Map\.\w+|List\.\w+|valueOf|map|then|thenReturn|response|header|headers|addFlashAttribute|addAttribute)$/,
  valueOf: (node) => (node.type === "return_statement" ? node.children[0] : undefined),
};

const openStatement = createOpen({ rows, bare: isBare });

/** `x -> y` becomes `x -> { return y; }`. */
function open(page: Page, slot: Slot): Opened | undefined {
  const { node, around } = slot;
  const lambda = around.at(-1);
  if (lambda === undefined || !isLambda(node, lambda)) return openStatement(page, slot);
  const { text, style } = page;
  const name = around.at(-3)?.children.find(({ field }) => field === "name");
  if (name === undefined || !MAPPING.test(text.slice(name.start, name.end))) return undefined;
  const base = indentAt(text, lambda.start);
  const indent = `${base}${style.unit}`;
  return {
    edits: [{ start: node.start, end: node.start, text: `{${style.eol}${indent}` }],
    indent,
    closing: [
      { start: node.start, end: node.start, text: "return " },
      { start: node.end, end: node.end, text: `;${style.eol}${base}}` },
    ],
  };
}

/** Java. */
export const java: LanguageWriter = {
  ids: ["java"],
  seat: createSeat(spec),
  hold,
  line: (text, style, room) =>
    `${wrapped(text, Math.max(room, room + 120 - style.width) - 1, { unit: `${style.unit}${style.unit}`, trailing: false, hugs: false })};`,
  values: (values) =>
    ownNames(values)
      .filter(({ value }) => !isParameter(value, values.spot.fn))
      .map(({ name, value }) => ({
        name,
        value: value === "authentication.getName()" ? "authentication == null ? null : authentication.getName()" : value,
      })),
  faults: faultsOf("java"),
};
