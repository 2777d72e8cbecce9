import type { Expr, RecordEntry, Stmt } from "../../ir/nodes.ts";
import { blockExpr, callAt, literalAt, nameAt, opaqueAt } from "../tree-sitter/build.ts";
import { childOf, fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { fits } from "./control.ts";
import { finish, textOf, throwAt, type Lowering } from "./lowering.ts";
import { MACROS } from "./modules.ts";
import { grammar } from "./parse.ts";
import { membersOf, segmentsOf } from "./paths.ts";
import { errorOf } from "./results.ts";
import { formatted } from "./text.ts";

/** Macros inside macros, more levels than that, are not read. */
const DEEPEST = 6;
/** Macros that give a text. */
const TEXTS = /^(?:format|format_args|concat|anyhow|eyre|format_err)$/;
/** Macros that end the function by an error, as their names say. */
const ENDS = /^(?:bail|err|fail|abort|throw|reject|deny|return_err|bail_\w+|err_\w+)$/;
const PANICS = /^(?:panic|unreachable|todo|unimplemented)$/;
/** Macros of the language and the ecosystem that no project declares. */
const KNOWN =
  /^(?:info|warn|error|debug|trace|event|log|println|eprintln|print|eprint|vec|json|assert\w*|debug_assert\w*|write|writeln|matches|include\w*|env|option_env|concat|stringify|cfg|line|file|dbg|join|try_join|select|pin|routes|catchers|html|query\w*|sql)$/;

const isLog = (name: string): boolean => /^(?:info|warn|error|debug|trace|event|log|crit|span|\w+_span)$/.test(name);

/** Whether a macro of this name ends the function that calls it. */
export function endsFunction(name: string): boolean {
  return ENDS.test(name);
}

/** The last name of the macro that is called. */
function nameOf(cx: Lowering, node: SyntaxNode): string {
  const macro = fieldOf(node, "macro");
  return macro === undefined ? "" : (segmentsOf(cx, macro).at(-1) ?? "");
}

/** A macro that leaves the function: `bail!("…")`, `ensure!(ok, "…")`, `panic!("…")`, `matches!` aside. */
export function endsHere(cx: Lowering, node: SyntaxNode): Stmt[] | undefined {
  const name = nameOf(cx, node);
  const ensures = name === "ensure";
  if (!ensures && !ENDS.test(name) && !PANICS.test(name)) return undefined;
  const args = argumentsOf(cx, node);
  const { start, end } = node;
  const [condition, ...rest] = args;
  if (ensures && condition !== undefined)
    return [{ kind: "if", test: condition, then: [throwAt(node, failure(node, rest))], otherwise: [], start, end }];
  if (name === "bail" || PANICS.test(name)) return [throwAt(node, failure(node, args))];
  // The project's own: what it does before it ends the function is seen where it is declared.
  return [{ kind: "expr", value: callAt(node, macroName(cx, node), args), start, end }, throwAt(node, failure(node, args))];
}

/** `bail!(AppError::Denied)`, `bail!("no {}", name)`. */
function failure(node: SyntaxNode, args: readonly Expr[]): Expr {
  const [first, ...rest] = args;
  const error = errorOf(node, first);
  if (error.kind === "call") return error;
  const text = formatted(node, first, rest);
  return callAt(node, nameAt(node, "Error"), text === undefined ? args : [text], true);
}

export function lowerMacro(cx: Lowering, node: SyntaxNode): Expr {
  const ended = endsHere(cx, node);
  if (ended !== undefined) return blockExpr(node, ended);
  const name = nameOf(cx, node);
  if (name === "matches") return lowerMatches(cx, node);
  const { args, body } = insideOf(cx, node);
  if (body !== undefined && args.length === 0) return blockExpr(node, body);
  const [format, ...rest] = args;
  if (TEXTS.test(name)) return formatted(node, format, rest) ?? format ?? opaqueAt(node, []);
  if (name === "vec") return { kind: "list", items: args, start: node.start, end: node.end };
  if (name === "json") return args.length === 1 ? args[0]! : opaqueAt(node, args);
  return callAt(node, macroName(cx, node), isLog(name) || /^e?print(?:ln)?$/.test(name) ? said(node, args) : args);
}

/** `tracing.info!`; a macro of the project is found without an import. */
function macroName(cx: Lowering, node: SyntaxNode): Expr {
  const macro = fieldOf(node, "macro") ?? node;
  const segments = segmentsOf(cx, macro).filter((one) => one !== "crate");
  const name = `${segments.at(-1)}!`;
  if (!KNOWN.test(name.slice(0, -1)) && !cx.imports.some((one) => one.local === name))
    cx.imports.push({ local: name, imported: name, source: MACROS, start: node.start, end: node.end });
  return membersOf(macro, [...segments.slice(0, -1), name]);
}

/** `info!(user = %id, "text {}", x)`: fields as one record, then the text. */
function said(node: SyntaxNode, args: readonly Expr[]): Expr[] {
  const entries = args.flatMap((arg): RecordEntry[] => {
    if (arg.kind !== "assign") return [];
    const key = arg.target.kind === "bind" ? arg.target.name : arg.target.kind === "member" ? dottedName(arg.target) : null;
    return [{ key, value: arg.value, start: arg.start, end: arg.end }];
  });
  const rest = args.filter((arg) => arg.kind !== "assign");
  const at = rest.findIndex((arg) => arg.kind === "literal" && typeof arg.value === "string");
  const text = at < 0 ? undefined : formatted(node, rest[at], rest.slice(at + 1));
  const message = text === undefined ? rest : [...rest.slice(0, at), text];
  return [...(entries.length === 0 ? [] : [{ kind: "record" as const, entries, start: node.start, end: node.end }]), ...message];
}

/** `source.port` is one key. */
function dottedName(expr: Expr): string | null {
  if (expr.kind === "name") return expr.name;
  if (expr.kind !== "member" || expr.property === null) return null;
  const before = dottedName(expr.object);
  return before === null ? expr.property : `${before}.${expr.property}`;
}

/** `matches!(x, A | B)`. */
function lowerMatches(cx: Lowering, node: SyntaxNode): Expr {
  const tree = childOf(node, "token_tree");
  const text = tree === undefined ? "" : textOf(cx, tree).slice(1, -1);
  const comma = text.indexOf(",");
  const give = (value: boolean): Stmt => finish(literalAt(node, value), "yield");
  if (tree === undefined || comma < 0 || cx.depth >= DEEPEST) return opaqueAt(node, []);
  const [open, close] = ["fn f(){m(", "fn f(){if let "];
  const value = shifted(
    cx,
    `${open}${text.slice(0, comma)})}`,
    tree.start + 1 - open.length,
    (root) => find(root, "arguments")?.children[0],
  );
  const patterns = text.slice(comma + 1).replace(/,\s*$/, "");
  return shifted(cx, `${close}${patterns} = x {}}`, tree.start + 2 + comma - close.length, (root) => {
    const condition = find(root, "let_condition");
    const pattern = condition && fieldOf(condition, "pattern");
    if (pattern === undefined || value === undefined) return opaqueAt(node, value === undefined ? [] : [cx.expr(value)]);
    return blockExpr(node, fits(cx, node, pattern, value, [give(true)], [give(false)]));
  });
}

function argumentsOf(cx: Lowering, node: SyntaxNode): readonly Expr[] {
  return insideOf(cx, node).args;
}

interface Inside {
  readonly args: readonly Expr[];
  /** What stands in braces, read as statements. */
  readonly body?: Stmt[];
}

/** The arguments of a macro, read as those of a call; in braces, as statements. */
function insideOf(cx: Lowering, node: SyntaxNode): Inside {
  const tree = childOf(node, "token_tree");
  if (tree === undefined || cx.depth >= DEEPEST) return { args: [] };
  const text = textOf(cx, tree);
  if (text.startsWith("{")) return { args: [], body: lowerBraces(cx, tree, text) };
  const head = "fn f(){m(";
  const source = `${head}${separated(text.slice(1, -1))})}`;
  const args = shifted(cx, source, tree.start + 1 - head.length, (root) => {
    const list = find(root, "arguments");
    return list?.children.map((one) => cx.expr(one)) ?? [];
  });
  return { args };
}

/** The signs of tracing (`%x`, `?x`, `target: "x"`) as Rust would write them, at the same offsets. */
function separated(text: string): string {
  return text
    .replaceAll(/"([a-z_][\w.]*)"(\s*)=>/gi, " $1 $2 =")
    .replaceAll(/((?:^|[,=])\s*)[%?](?=\s*[\w&(*"])/g, "$1 ")
    .replaceAll(/((?:^|,)\s*)(target|parent|name)\s*:(?!:)/g, (whole: string) => `${whole.slice(0, -1)}=`)
    .replaceAll(/;(?=\s*["\w])/g, ",");
}

function lowerBraces(cx: Lowering, tree: SyntaxNode, text: string): Stmt[] {
  const head = "fn f()";
  return shifted(
    cx,
    `${head}${text.replaceAll(/^(\{\s*)\w+\s*:(?!:)/g, (whole: string, open: string) => open.padEnd(whole.length))}`,
    tree.start - head.length,
    (root) => {
      const block = find(root, "block");
      return block === undefined ? [] : cx.body(block, "yield");
    },
  );
}

/** The body of a macro's rule as statements; its variables are names. */
export function lowerRule(cx: Lowering, rule: SyntaxNode): Stmt[] {
  const head = "fn f()";
  const text = textOf(cx, rule);
  const plain = text
    .replaceAll(/\$crate\b/g, " crate")
    .replaceAll(/\$(?=[\w(])/g, " ")
    .replaceAll(/\)\s*,?\s*[*+?](?=\s*[),;}])/g, (all: string) => ")".padEnd(all.length));
  const braced = `{${plain.slice(1, -1)}}`;
  return shifted(cx, `${head}${braced}`, rule.start - head.length, (root) => cx.body(find(root, "block"), "return"));
}

/** Reads a text that stands in the file `by` further on; what was put before it must not be lowered. */
function shifted<T>(cx: Lowering, source: string, by: number, lower: (root: SyntaxNode) => T): T {
  cx.depth += 1;
  try {
    return lower(moved(grammar.parse(source).root, by));
  } finally {
    cx.depth -= 1;
  }
}

function moved(node: SyntaxNode, by: number): SyntaxNode {
  return { ...node, start: node.start + by, end: node.end + by, children: node.children.map((child) => moved(child, by)) };
}

function find(node: SyntaxNode | undefined, type: string): SyntaxNode | undefined {
  if (node === undefined || node.type === type) return node;
  for (const child of node.children) {
    const found = find(child, type);
    if (found !== undefined) return found;
  }
  return undefined;
}
