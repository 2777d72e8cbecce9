import type { Expr, RecordEntry, Stmt } from "../../ir/nodes.ts";
import { isLocal, methodOf, textOf, within } from "../jvm/lowering.ts";
import { bindAt, blockExpr, callAt, letAt, nameAt, nilAt } from "../tree-sitter/build.ts";
import { childOf, hasToken, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { namesIn, partsOf } from "./functions.ts";
import type { Lowering } from "./lowering.ts";

/** A call taken apart: `f(a, b = c) { … }` is written as two calls of the grammar. */
interface Call {
  readonly callee: SyntaxNode;
  readonly args: readonly SyntaxNode[];
  readonly lambda: SyntaxNode | undefined;
}

function callOf(node: SyntaxNode): Call | undefined {
  const [callee] = node.children;
  if (callee === undefined) return undefined;
  const list = childOf(node, "value_arguments");
  const lambda = childOf(childOf(node, "annotated_lambda") ?? node, "lambda_literal");
  if (list === undefined && lambda !== undefined && callee.type === "call_expression") {
    const inner = callOf(callee);
    if (inner !== undefined && inner.lambda === undefined) return { ...inner, lambda };
  }
  return { callee, args: list?.children ?? [], lambda };
}

export function lowerCall(lo: Lowering, node: SyntaxNode): Expr | undefined {
  const call = callOf(node);
  if (call === undefined) return undefined;
  return scopeFunction(lo, node, call) ?? collection(lo, node, call) ?? plainCall(lo, node, call);
}

function plainCall(lo: Lowering, node: SyntaxNode, { callee, args, lambda }: Call): Expr {
  const given = [...argumentsOf(lo, args), ...(lambda === undefined ? [] : [lo.expr(lambda)])];
  // Named arguments stay the last one.
  const named = given.findIndex((one) => one.kind === "record" && one.named);
  const ordered = named < 0 ? given : [...given.slice(0, named), ...given.slice(named + 1), given[named]!];
  const name = callee.type === "identifier" ? textOf(lo, callee) : undefined;
  if (name === undefined) return callAt(node, lo.expr(callee), ordered, isClass(lo, callee));
  const creates = /^\p{Lu}/u.test(name) && !/^[A-Z0-9_]+$/.test(name);
  return callAt(node, creates || isLocal(lo, name) ? nameAt(callee, name) : methodOf(lo, callee, name), ordered, creates);
}

/** `Outer.Inner(…)` creates. */
function isClass(lo: Lowering, callee: SyntaxNode): boolean {
  return callee.type === "navigation_expression" && /^(?:\w+\.)*[A-Z]\w*[a-z]\w*\.[A-Z]\w*[a-z]\w*$/.test(textOf(lo, callee));
}

function argumentsOf(lo: Lowering, args: readonly SyntaxNode[]): Expr[] {
  const plain: Expr[] = [];
  const entries: RecordEntry[] = [];
  for (const one of args) {
    const value = one.children.at(-1);
    const [name] = one.children;
    if (value === undefined || name === undefined) continue;
    if (hasToken(one, "=") && name !== value)
      entries.push({ start: one.start, end: one.end, key: textOf(lo, name), value: lo.expr(value) });
    else plain.push(hasToken(one, "*") ? { kind: "spread", start: one.start, end: one.end, value: lo.expr(value) } : lo.expr(value));
  }
  const [first, last] = [entries[0], entries.at(-1)];
  if (first === undefined || last === undefined) return plain;
  return [...plain, { kind: "record", start: first.start, end: last.end, entries, named: true }];
}

const LISTS: ReadonlySet<string> = new Set(["listOf", "mutableListOf", "arrayOf", "setOf", "listOfNotNull"]);
const MAPS: ReadonlySet<string> = new Set(["mapOf", "mutableMapOf", "hashMapOf", "linkedMapOf"]);

/** `listOf(a, b)`, `mapOf("a" to b)`. */
function collection(lo: Lowering, node: SyntaxNode, { callee, args, lambda }: Call): Expr | undefined {
  const name = callee.type === "identifier" ? textOf(lo, callee) : "";
  const { start, end } = node;
  if (lambda !== undefined || !(LISTS.has(name) || MAPS.has(name))) return undefined;
  const items = argumentsOf(lo, args);
  if (LISTS.has(name)) return { kind: "list", start, end, items };
  const entries = items.map((item): RecordEntry => {
    const pair = item.kind === "list" && item.tuple ? item.items : undefined;
    const key = pair?.[0]?.kind === "literal" && typeof pair[0].value === "string" ? pair[0].value : null;
    return { start: item.start, end: item.end, key, value: pair?.[1] ?? item };
  });
  return { kind: "record", start, end, entries };
}

/** What a scope function gives: its block's value, what it was called on, or that where the block says so. */
const SCOPES: Readonly<Record<string, "block" | "subject" | "if" | "unless">> = {
  let: "block",
  run: "block",
  use: "block",
  with: "block",
  also: "subject",
  apply: "subject",
  takeIf: "if",
  takeUnless: "unless",
};

/** `user?.let { … }` runs its block once, at once: a block here, and `return` in it leaves the function. */
function scopeFunction(lo: Lowering, node: SyntaxNode, { callee, args, lambda }: Call): Expr | undefined {
  if (lambda === undefined || args.length > 1) return undefined;
  const isMember = callee.type === "navigation_expression";
  const last = isMember ? callee.children.at(-1) : callee;
  const name = last?.type === "identifier" ? textOf(lo, last) : "";
  const gives = Object.hasOwn(SCOPES, name) ? SCOPES[name] : undefined;
  const subject = isMember ? callee.children[0] : args[0]?.children.at(-1);
  if (gives === undefined || (name === "with") === isMember || (!isMember && name !== "run" && name !== "with")) return undefined;
  if (subject === undefined) return blockExpr(node, lo.block(lambda.children, "yield"));
  return scoped(lo, node, { gives, subject, lambda, optional: isMember && hasToken(callee, "?.") });
}

interface Scoped {
  readonly gives: "block" | "subject" | "if" | "unless";
  readonly subject: SyntaxNode;
  readonly lambda: SyntaxNode;
  readonly optional: boolean;
}

/** What the subject of a scope function is called where its block gives it no name. */
const SUBJECT = "_subject";

function scoped(lo: Lowering, node: SyntaxNode, { gives, subject, lambda, optional }: Scoped): Expr {
  const { patterns, statements } = partsOf(lo, lambda);
  const first = patterns[0] ?? bindAt({ start: lambda.start, end: lambda.start }, SUBJECT);
  const name = first.kind === "bind" ? first.name : SUBJECT;
  const value = lo.expr(subject);
  const at = { start: lambda.end, end: lambda.end };
  const body = within(lo, namesIn(first), (): Stmt[] => {
    const inner = lo.block(statements, gives === "subject" ? "drop" : "yield");
    if (gives === "block") return inner;
    const own = nameAt(at, name);
    if (gives === "subject") return [...inner, { kind: "yield", ...at, value: own }];
    const test = blockExpr(lambda, inner);
    const [then, otherwise] = gives === "if" ? [own, nilAt(at)] : [nilAt(at), own];
    return [
      {
        kind: "yield",
        start: lambda.start,
        end: lambda.end,
        value: { kind: "choice", start: lambda.start, end: lambda.end, test, then, otherwise },
      },
    ];
  });
  const declared = letAt(subject, first, value);
  if (!optional || first.kind !== "bind") return blockExpr(node, [declared, ...body]);
  const there: Expr = { kind: "binary", start: subject.start, end: subject.end, op: "!=", left: nameAt(subject, name), right: nilAt(at) };
  return blockExpr(node, [
    declared,
    { kind: "if", start: node.start, end: node.end, test: there, then: body, otherwise: [{ kind: "yield", ...at, value: nilAt(at) }] },
  ]);
}
