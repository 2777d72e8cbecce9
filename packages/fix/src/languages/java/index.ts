import type { SyntaxNode } from "@telltale/scan/analysis";
import { indentAt } from "../../places/text.ts";
import { createOpen } from "../trees/braces.ts";
import { createBring } from "../trees/bring.ts";
import { createSeat } from "../trees/seat.ts";
import type { Opened, Page, Slot, TreeSpec } from "../trees/spec.ts";
import { faultsOf } from "../trees/tree.ts";
import { isParameter, isTyped, onlyRead, ownNames } from "../trees/values.ts";
import { wrapped } from "../trees/wrap.ts";
import type { Refused } from "../../contract.ts";
import type { Style } from "../../style/style.ts";
import type { LanguageWriter, Seat, Spot, Values } from "../writer.ts";
import { hold } from "./hold.ts";
import { deeper, reactiveSeat } from "./reactive.ts";

const rows: ReadonlySet<string> = new Set(["block", "constructor_body", "switch_block_statement_group"]);
const BODIES: ReadonlySet<string> = new Set(["if_statement", "while_statement", "for_statement", "enhanced_for_statement", "switch_rule"]);

/** Methods whose closure gives a value: `x -> y` may become a block that returns. Those of Optional, Stream, Reactor and Spring's routes. */
const MAPPING =
  /^(?:map|flatMap|flatMapMany|concatMap|switchMap|then|thenReturn|defer|handle|onErrorResume|onErrorMap|onErrorReturn|GET|POST|PUT|PATCH|DELETE|route|andRoute|orElseThrow|orElseGet|fromCallable|fromSupplier|switchIfEmpty|error|zipWith|transform|retryWhen|usingWhen)$/;

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

const FUNCTIONS: ReadonlySet<string> = new Set(["method_declaration", "constructor_declaration", "lambda_expression"]);

/** Functions that only make an answer, or read a value. */
const PLAIN =
  /(?:^|\.)(?:ok|build|body|status|noContent|created|accepted|badRequest|notFound|of|success|error|redirect\w*|get\w*|is\w*|to\w*|from\w*|ResponseEntity|Mono\.\w+|Map\.\w+|List\.\w+|valueOf|map|then|thenReturn|response|header|headers|addFlashAttribute|addAttribute)$/;

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
  functions: FUNCTIONS,
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
  plain: PLAIN,
  valueOf: (node) => (node.type === "return_statement" ? node.children[0] : undefined),
  keep: (name, value, { around }, text) => {
    const fn = around.findLast((node) => FUNCTIONS.has(node.type));
    const type = fn?.type === "method_declaration" ? fn.children.find(({ field }) => field === "type") : undefined;
    // What a method of the same class gives may be a refusal as well.
    const own = /^(?:this\.)?([a-z]\w*)\s*\(/.exec(value)?.[1];
    return type === undefined || (own !== undefined && !PLAIN.test(own))
      ? undefined
      : `${text.slice(type.start, type.end)} ${name} = ${value};`;
  },
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
      ...deeper(text, node, style.unit),
      { start: node.end, end: node.end, text: `;${style.eol}${base}}` },
    ],
  };
}

const place = createSeat(spec);

/** Nobody indents Java by eight columns: where a file seems to, those are lines that go on. */
const inStyle = (style: Style): Style => (style.unit === "        " ? { ...style, unit: "    " } : style);

/** The first member of a type shows how far one step goes: statements that go on in further lines hide it. */
function stepOf(text: string, style: Style): Style {
  const step = /^[^\s*/][^\n]*\{[ \t]*\r?\n(?:[ \t]*\r?\n)*([ \t]+)[^\s*]/m.exec(text)?.[1];
  return step === undefined || step.length > 4 ? inStyle(style) : { ...style, unit: step };
}

function seat(asked: Spot): Seat | Refused {
  const spot = { ...asked, style: stepOf(asked.file.text, asked.style) };
  const text = spot.file.text.slice(spot.at.start, spot.at.end);
  if (spot.kind === "failure" && MISTAKES.test(text))
    return { kind: "unclear", reason: "what is thrown there tells of a mistake in the code" };
  if (spot.kind === "success" && text.startsWith("redirect") && TELLS_ERROR.test(text))
    return { kind: "unclear", reason: "the answer tells of an error, which is no success" };
  return reactiveSeat(spot, place) ?? place(spot);
}

/** Thrown where whoever wrote the code is wrong, not where somebody is refused. */
const MISTAKES = /^throw new (?:UnsupportedOperation|NullPointer|IndexOutOfBounds|NotImplemented)(?:Exception)\b/;

const TELLS_ERROR = /error|expired|invalid|denied|failed|failure/i;

function values(given: Values): Values["details"] {
  const { spot } = given;
  const read = new Set(onlyRead(given));
  return ownNames({ spot, details: given.details.filter((one) => read.has(one) || ADDRESS.test(one.value)) })
    .filter(
      ({ value }) =>
        (!isParameter(value, spot.fn) || isTyped(value, spot.fn, String.raw`\b(?:[Ll]ong|Integer|int|UUID)\s+$\b`)) &&
        !/\.getHeader\(/.test(value) &&
        !isSent(value, spot.fn) &&
        !isReassigned(value, spot),
    )
    .flatMap(({ name, value }) => {
      const said = spoken(value, given);
      return said === undefined ? [] : [{ name, value: said }];
    });
}

/** Whether a name is given another value later: a closure may not read it. */
function isReassigned(value: string, { fn, file }: Spot): boolean {
  const root = /^[a-z]\w*/.exec(value)?.[0];
  if (root === undefined || fn === undefined || !/\bMono\b/.test(file.text)) return false;
  const around = outermost(fn)!;
  const times = file.text.slice(around.start, around.end).match(new RegExp(`(?<![.\\w])${root}\\s*=(?!=)`, "g"))?.length ?? 0;
  return times > (isParameter(root, fn) ? 0 : 1);
}

/** What every request of a servlet has; of other types it is written as they have it. */
const ADDRESS = /\.getRemoteAddr\(\)$/;

/** Whether a name holds what the request says, as it stands. */
function isSent(value: string, fn: Values["spot"]["fn"]): boolean {
  if (!/^\w+$/.test(value) || fn === undefined) return false;
  const around = outermost(fn)!;
  return (
    new RegExp(
      `\\b${value}\\s*=[^;=][^;]*\\.(?:getFirst|getParameter|getHeader|pathVariable|queryParam|get(?:User)?[nN]ame|getEmail)\\(`,
    ).test(around.file.text.slice(around.start, around.end)) &&
    /\b(?:formData|request|params|body)\b/.test(around.file.text.slice(around.start, around.end))
  );
}

/** A value as the types of the file have it; undefined where they have no such thing. */
function spoken(value: string, { spot: { fn, file } }: Values): string | undefined {
  if (value === "authentication.getName()") return "authentication == null ? null : authentication.getName()";
  const request = /^(\w+)\.getRemoteAddr\(\)$/.exec(value)?.[1];
  if (request === undefined || /[rR]equest(?:Utils?|Holder)/.test(request)) return value;
  const around = outermost(fn);
  const type = new RegExp(`\\b(\\w+)\\s+${request}\\b\\s*[,)=;:]`).exec(
    around === undefined ? file.text : file.text.slice(around.start, around.end),
  )?.[1];
  if (type === undefined ? /\bimport org\.springframework\.web\.reactive\.function\.server\b/.test(file.text) : type === "ServerRequest")
    return `${request}.remoteAddress().orElse(null)`;
  return type === undefined || /ServletRequest(?:Wrapper)?$/.test(type) ? value : undefined;
}

function outermost(fn: Values["spot"]["fn"]): Values["spot"]["fn"] {
  return fn?.parent == null ? fn : outermost(fn.parent);
}

/** Java. */
export const java: LanguageWriter = {
  ids: ["java"],
  seat,
  hold,
  bring: createBring({ write: ({ source }) => `import ${source};`, line: /^import\s+(?!static\b)[\w.]+;/gm, beside: true }),
  line: (text, style, room) =>
    `${wrapped(text, Math.max(room, room + 120 - style.width) - 1, { unit: `${inStyle(style).unit}${inStyle(style).unit}`, trailing: false, hugs: false, tight: true })};`,
  values,
  faults: faultsOf("java"),
};
