import type { FunctionIR } from "@telltale/scan/analysis";
import { createOpen } from "../trees/braces.ts";
import { createSeat } from "../trees/seat.ts";
import type { TreeSpec } from "../trees/spec.ts";
import { faultsOf } from "../trees/tree.ts";
import { isParameter, onlyRead, ownNames } from "../trees/values.ts";
import { wrapped } from "../trees/wrap.ts";
import type { Refused } from "../../contract.ts";
import type { LanguageWriter, Seat, Spot, Values } from "../writer.ts";
import { hold } from "./hold.ts";

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

/** Columns that a line may take: the formatter of .NET breaks none by itself. */
const WIDEST = 140;

const place = createSeat(spec);

function seat(spot: Spot): Seat | Refused {
  const { file, fn, at, kind } = spot;
  const text = file.text.slice(at.start, at.end);
  if (kind === "failure" && MISTAKES.test(text)) return { kind: "unclear", reason: "what is thrown there tells of a mistake in the code" };
  const given = kind === "success" ? HANDED_ON.exec(text)?.[1] : undefined;
  if (
    given !== undefined &&
    fn !== undefined &&
    new RegExp(`\\b(?:var|[A-Z]\\w*(?:<[^=;]*>)?)\\s+${given}\\s*=\\s*await\\s+(?:[\\w?]+\\.)*(?!${READS})\\w+\\s*[(<]`).test(
      file.text.slice(fn.start, at.start),
    )
  )
    return { kind: "unclear", reason: "a function that is handed what the work gave decides whether it was refused" };
  return place(spot);
}

/** Calls that only get what is there, by how their names begin. */
const READS = "Build|Get|Find|Load|Read|Fetch|Query";

/** Thrown where whoever wrote the code is wrong, not where somebody is refused. */
const MISTAKES = /^throw new (?:NotImplemented|NotSupported|ArgumentNull|ArgumentOutOfRange|Unreachable)Exception\b/;

/** `return Handle(result)`: names that only make an answer are those of `plain`. */
const HANDED_ON =
  /^(?:return\s+)?(?:await\s+)?(?!(?:Ok|Json|View|Created\w*|Accepted\w*|Content|File|Page|\w*(?:Response|Model|Dto))\b)[A-Z]\w*\((\w+)\b(?!\s*[.(])/;

function values(given: Values): Values["details"] {
  const { fn } = given.spot;
  return ownNames({ spot: given.spot, details: onlyRead(given) })
    .filter(({ value }) => !isText(value, fn))
    .map(({ name, value }) => ({ name: name === "target" && ACTING.test(value) ? "actor" : name, value }));
}

/** `deletingUserId` is who does it. */
const ACTING = /^(?:\w+ing|current|requested?By|performedBy)(?:User)?Id$/;

/** Whether a value is a text that the function was given: in a line it could forge another one. */
function isText(value: string, fn: FunctionIR | undefined): boolean {
  return isParameter(value, fn) && new RegExp(`\\bstring\\??\\s+${value}\\b`).test(fn!.file.text.slice(fn!.start, fn!.end));
}

/** C#. */
export const csharp: LanguageWriter = {
  ids: ["csharp"],
  seat,
  hold,
  line: (text, style, room) =>
    `${wrapped(text, Math.max(room, room + WIDEST - style.width) - 1, { unit: style.unit, trailing: false, hugs: false, tight: true })};`,
  values,
  faults: faultsOf("csharp"),
};
