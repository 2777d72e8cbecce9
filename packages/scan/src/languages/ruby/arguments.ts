import type { Expr, RecordEntry } from "../../ir/nodes.ts";
import { bindAt, callAt, memberAt, nameAt, opaqueAt, param } from "../tree-sitter/build.ts";
import { fieldOf, spanOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import type { Lowering } from "./lowering.ts";
import { BLOCK, closure, isLocal, ownCall, textOf } from "./lowering.ts";

/** The arguments of a call without its block: what is named is one record, last. `&block` comes behind it. */
export function argsOf(lo: Lowering, node: SyntaxNode): readonly Expr[] {
  return argumentsIn(
    lo,
    (fieldOf(node, "arguments")?.children ?? []).filter(({ type }) => type !== "heredoc_body"),
  );
}

export function argumentsIn(lo: Lowering, written: readonly SyntaxNode[]): readonly Expr[] {
  const isNamed = ({ type }: SyntaxNode): boolean => type === "pair" || type === "hash_splat_argument";
  const named = written.filter(isNamed);
  const blocks = written.filter(({ type }) => type === "block_argument");
  const placed = written.filter((one) => !isNamed(one) && one.type !== "block_argument" && one.type !== "forward_argument");
  const args = placed.map(lo.expr);
  const [first, last] = [named[0], named.at(-1)];
  if (first !== undefined && last !== undefined) {
    const { start, end } = spanOf(first, last);
    args.push({ kind: "record", start, end, entries: named.flatMap((pair) => entryOf(lo, pair)), named: true });
  }
  return [...args, ...blocks.map((block) => symbolProc(lo, block))];
}

/** One entry of a hash or of named arguments. */
export function entryOf(lo: Lowering, node: SyntaxNode): readonly RecordEntry[] {
  const { start, end } = node;
  if (node.type === "hash_splat_argument") {
    const [inner] = node.children;
    return inner === undefined ? [] : [{ start, end, key: null, value: lo.expr(inner), spread: true }];
  }
  const [key, value] = [fieldOf(node, "key"), fieldOf(node, "value")];
  if (key === undefined) return [];
  const name = keyOf(lo, key);
  if (value !== undefined)
    return [{ start, end, key: name, value: name === null ? opaqueAt(node, [lo.expr(key), lo.expr(value)]) : lo.expr(value) }];
  if (name === null) return [];
  const short: Expr = isLocal(lo, name) ? { kind: "name", start, end, name } : ownCall(lo, node, name, []);
  return [{ start, end, key: name, value: short }];
}

function keyOf(lo: Lowering, node: SyntaxNode): string | null {
  if (node.type === "hash_key_symbol") return textOf(lo, node);
  if (node.type === "simple_symbol") return textOf(lo, node).slice(1);
  const value = lo.expr(node);
  return value.kind === "literal" && value.value !== null ? String(value.value) : null;
}

/** `&:name` calls the method of what it is given; `&block` hands on a function. */
function symbolProc(lo: Lowering, node: SyntaxNode): Expr {
  const [inner] = node.children;
  if (inner === undefined) return nameAt(node, BLOCK);
  const value = lo.expr(inner);
  if (value.kind !== "literal" || typeof value.value !== "string") return value;
  const one = "it";
  const called = callAt(inner, memberAt(inner, nameAt({ start: inner.start, end: inner.start }, one), value.value), []);
  const result = { kind: "return", start: inner.start, end: inner.end, value: called } as const;
  return closure(lo, node, [{ ...param(bindAt({ start: inner.start, end: inner.start }, one)), byPlace: true }], [result]);
}
