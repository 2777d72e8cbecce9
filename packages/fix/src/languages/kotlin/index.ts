import type { SyntaxNode } from "@telltale/scan/analysis";
import type { Edit, Refused } from "../../contract.ts";
import { lineEnd } from "../../places/text.ts";
import { createOpen } from "../trees/braces.ts";
import { createBring } from "../trees/bring.ts";
import { createSeat } from "../trees/seat.ts";
import type { Opened, Page, Slot, TreeSpec } from "../trees/spec.ts";
import { faultsOf, pathTo, treeOf } from "../trees/tree.ts";
import { isParameter, isTyped, onlyRead, ownNames } from "../trees/values.ts";
import { wrapped } from "../trees/wrap.ts";
import type { Held, LanguageWriter, PenAsk, Values } from "../writer.ts";
import { isJumpBehindElvis, openElvis } from "./elvis.ts";
import { nullableSeat, tellsApart } from "./nullable.ts";

const rows: ReadonlySet<string> = new Set(["block", "lambda_literal", "statements", "source_file"]);
const BODIES: ReadonlySet<string> = new Set(["if_expression", "when_entry", "while_statement", "for_statement"]);

/** What stands last in an `if` or `when` arm and is no block. */
const isBare: NonNullable<TreeSpec["isBare"]> = (node, parent) =>
  BODIES.has(parent.type) &&
  node.field !== "condition" &&
  node.type !== "block" &&
  parent.children.indexOf(node) > 0 &&
  node.type !== "if_expression";

const isBareOrJump: NonNullable<TreeSpec["isBare"]> = (node, parent) => isBare(node, parent) || isJumpBehindElvis(node, parent);

const openBlock = createOpen({ rows, bare: isBare });

/** https://github.com/tree-sitter-grammars/tree-sitter-kotlin */
const spec: TreeSpec = {
  rows,
  labels: new Set(["lambda_parameters", "class_declaration", "function_declaration", "import", "package_header"]),
  compound: new Set(["if_expression", "when_expression", "for_statement", "while_statement", "try_expression"]),
  catches: new Set(["catch_block"]),
  functions: new Set(["function_declaration", "lambda_literal", "anonymous_function", "secondary_constructor"]),
  leaves: new Set(["return_expression", "throw_expression"]),
  barrier: (node, parent) => {
    if (parent.type === "function_body") return "the function is one expression";
    return parent.type === "binary_expression" && node.field === "right" && /^(?:&&|\|\||\?:)$/.test(parent.op)
      ? "an operator decides whether it is reached"
      : undefined;
  },
  isBare: isBareOrJump,
  nests: true,
  saysError: ({ node, around }) => isJumpBehindElvis(node, around.at(-1)),
  open,
  plain:
    /(?:^|\.)(?:respond\w*|call\.respond\w*|ok|build|body|status|noContent|created|redirect\w*|ResponseEntity|get\w*|to\w*|of|mapOf|listOf|let|also|run)$/,
  valueOf,
  keep: (name, value) => `val ${name} = ${value}`,
};

/** An `if` whose value is used keeps its branches as values, braces or not. */
function open(page: Page, slot: Slot): Opened | undefined {
  return isJumpBehindElvis(slot.node, slot.around.at(-1)) ? openElvis(page, slot) : openBlock(page, slot);
}

function valueOf(node: SyntaxNode, { around }: Slot, text: string): SyntaxNode | undefined {
  if (node.type === "return_expression") return node.children[0];
  const row = around.at(-1);
  const isLast = row?.type === "lambda_literal" && row.children.at(-1) === node;
  return isLast && !text.slice(node.start, node.end).startsWith("call.respond") ? node : undefined;
}

/** A logger of the file, or one that it is given. */
function hold({ pen, held, file, offset, project, style }: PenAsk): Held | Refused {
  if (held) return { expression: pen.name, edits: [] };
  if (pen.name.startsWith("call.application") || pen.name.startsWith("application."))
    return { kind: "no-logger", reason: `${pen.name} is not in scope there` };
  const tree = treeOf(file);
  const own = /^[ \t]*(?:private |internal )?val (\w+) = (?:LoggerFactory|KotlinLogging|KtorSimpleLogger)\b/m.exec(file.text)?.[1];
  if (own !== undefined) return { expression: own, edits: [] };
  const type =
    tree === undefined ? undefined : pathTo(tree, { start: offset, end: offset }).findLast((node) => node.type === "class_declaration");
  if (pen.logger.id !== "slf4j" || tree === undefined || !/^\w+$/.test(pen.name))
    return { kind: "no-logger", reason: `${pen.name} is not in scope there` };
  const maker = project.has("maven", /^io\.ktor:/, file.path)
    ? { source: "io.ktor.util.logging.KtorSimpleLogger", make: (name: string) => `KtorSimpleLogger("${name}")` }
    : { source: "org.slf4j.LoggerFactory", make: (name: string) => `LoggerFactory.getLogger("${name}")` };
  const typeName = type?.children.find((child) => child.type === "identifier");
  const name =
    typeName === undefined
      ? file.path
          .split("/")
          .at(-1)!
          .replace(/\.kts?$/, "")
      : file.text.slice(typeName.start, typeName.end);
  return {
    expression: pen.name,
    edits: [...importEdits(tree.root, file.text, style.eol, maker.source, `private val ${pen.name} = ${maker.make(name)}`)],
  };
}

/** The import in its order, and the logger behind the imports. */
function importEdits(root: SyntaxNode, text: string, eol: string, source: string, line: string): readonly Edit[] {
  const imports = root.children.filter(({ type }) => type === "import");
  const last = imports.at(-1);
  const head = root.children.find(({ type }) => type === "package_header");
  if (last === undefined) {
    const at = head === undefined ? 0 : lineEnd(text, head.end);
    return [{ start: at, end: at, text: `${eol}${eol}import ${source}${eol}${eol}${line}` }];
  }
  const sourceOf = (node: SyntaxNode): string => text.slice(node.start, node.end).replace(/^import\s+/, "");
  const end = lineEnd(text, last.end);
  const making: Edit = { start: end, end, text: `${eol}${eol}${line}` };
  if (imports.some((node) => sourceOf(node) === source || sourceOf(node) === `${source.slice(0, source.lastIndexOf("."))}.*`))
    return [making];
  const before = imports.findLast((node) => sourceOf(node) < source);
  if (before === undefined) return [{ start: imports[0]!.start, end: imports[0]!.start, text: `import ${source}${eol}` }, making];
  const at = lineEnd(text, before.end);
  return before === last
    ? [{ start: at, end: at, text: `${eol}import ${source}${eol}${eol}${line}` }]
    : [{ start: at, end: at, text: `${eol}import ${source}` }, making];
}

/** Expressions that are extensions: without their import the file does not compile. */
const EXTENSIONS: readonly (readonly [RegExp, RegExp])[] = [
  [/\bcall\.callId\b/, /^import io\.ktor\.server\.plugins\.callid\.(?:\*|callId)\s*$/m],
  [/\brequest\.origin\b/, /^import io\.ktor\.server\.plugins\.(?:\*|origin)\s*$/m],
  [/\bcall\.principal\b/, /^import io\.ktor\.server\.auth\.(?:\*|principal)\s*$/m],
];

const place = createSeat(spec);

function values(given: Values): Values["details"] {
  const { spot } = given;
  const details = ownNames({ spot, details: onlyRead(given) });
  return details
    .filter(
      ({ value }) =>
        (!isParameter(value, spot.fn) || isTyped(value, spot.fn, String.raw`\b$\s*:\s*(?:Long|Int|UUID|Uuid)\b`)) &&
        !isDoubted(value, given),
    )
    .filter(({ value }) => EXTENSIONS.every(([pattern, source]) => !pattern.test(value) || source.test(spot.file.text)));
}

/** Whether the branch that a line stands in is the one for a value that is null. */
function isDoubted(value: string, { spot: { fn, file }, seat }: Values): boolean {
  const root = /^(\w+)\./.exec(value)?.[1];
  if (root === undefined || fn === undefined) return false;
  const before = file.text.slice(fn.start, seat.offset);
  const asked = before.lastIndexOf(`${root} == null`);
  const answered = Math.max(before.lastIndexOf("else"), before.lastIndexOf(`${root} != null`));
  return asked > answered && (before.slice(asked).match(/\{/g)?.length ?? 0) > (before.slice(asked).match(/\}/g)?.length ?? 0);
}

/** Kotlin. */
export const kotlin: LanguageWriter = {
  ids: ["kotlin"],
  seat: (spot) => nullableSeat(spot) ?? place(spot),
  hold,
  bring: createBring({ write: ({ source }) => `import ${source}`, line: /^import\s+[\w.]+/gm, beside: true }),
  line: (text, style, room) => wrapped(text, room + 20, { unit: style.unit, trailing: true, hugs: false }),
  values,
  tellsApart,
  faults: faultsOf("kotlin"),
};
