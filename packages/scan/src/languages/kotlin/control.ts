import type { CatchClause, Expr, MatchArm, Pattern, Span, Stmt } from "../../ir/nodes.ts";
import { textOf, within } from "../jvm/lowering.ts";
import { bindAt, letAt, literalAt, nilAt, opaqueAt } from "../tree-sitter/build.ts";
import { childOf, childrenOf, fieldOf, fieldsOf, hasToken, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { patternOf } from "./functions.ts";
import { finish, type Lowering, type Tail } from "./lowering.ts";
import { isType, typeRef } from "./types.ts";

/** A branch: a block or one expression. Without a value it gives nothing. */
export function lowerBranch(lo: Lowering, node: SyntaxNode | undefined, tail: Tail, at: Span): Stmt[] {
  const nodes = node === undefined ? [] : node.type === "block" || node.type === "control_structure_body" ? node.children : [node];
  if (nodes.length === 0) return tail === "drop" ? [] : [finish(nilAt({ start: at.end, end: at.end }), tail)];
  return lo.block(nodes, tail);
}

export function lowerIf(lo: Lowering, node: SyntaxNode, tail: Tail): Stmt[] {
  const { start, end } = node;
  const condition = fieldOf(node, "condition");
  const test = condition === undefined ? literalAt(node, true) : lo.expr(condition);
  const [first, second] = node.children.filter((child) => child !== condition);
  const then = lowerBranch(lo, first, tail, node);
  const otherwise = lowerBranch(lo, second, tail, node);
  const [yes, no] = [then[0], otherwise[0]];
  if (tail === "yield" && then.length === 1 && otherwise.length === 1 && yes?.kind === "yield" && no?.kind === "yield")
    return [finish({ kind: "choice", start, end, test, then: yes.value, otherwise: no.value }, tail)];
  return [{ kind: "if", start, end, test, then, otherwise }];
}

/** With a subject a match, without one a chain of ifs. */
export function lowerWhen(lo: Lowering, node: SyntaxNode, tail: Tail): Stmt[] {
  const subject = childOf(node, "when_subject");
  const entries = childrenOf(node, "when_entry");
  if (subject === undefined) return chain(lo, entries, tail, node);
  const { start, end } = node;
  const declared = subject.children.find((child) => child.type === "variable_declaration");
  const value = subject.children.at(-1);
  const given = value === undefined ? opaqueAt(subject, []) : lo.expr(value);
  const pattern = declared && patternOf(lo, declared);
  const names = pattern?.kind === "bind" ? [pattern.name] : [];
  return within(lo, names, () => {
    const arms = entries.map((entry) => armOf(lo, entry, tail));
    const before = pattern === undefined ? [] : [letAt(subject, pattern, given)];
    const matched =
      pattern?.kind === "bind" ? ({ kind: "name", start: pattern.start, end: pattern.end, name: pattern.name } as const) : given;
    return [
      ...before,
      { kind: "match", start, end, subject: matched, arms, exhaustive: tail !== "drop" || entries.some(isElse) } satisfies Stmt,
    ];
  });
}

const isElse = (entry: SyntaxNode): boolean => hasToken(entry, "else");

function bodyOf(entry: SyntaxNode): SyntaxNode | undefined {
  return entry.children.findLast((child) => child.field !== "condition");
}

function armOf(lo: Lowering, entry: SyntaxNode, tail: Tail): MatchArm {
  const { start, end } = entry;
  const patterns = isElse(entry) ? [] : fieldsOf(entry, "condition").map((test) => patternFor(lo, test));
  return { start, end, patterns, body: lowerBranch(lo, bodyOf(entry), tail, entry) };
}

function patternFor(lo: Lowering, test: SyntaxNode): Pattern {
  const { start, end } = test;
  if (test.type === "type_test" && !hasToken(test, "!is")) {
    const type = typeRef(test.children.find(isType), lo);
    return type === undefined ? { kind: "anyPattern", start, end } : { kind: "recordPattern", start, end, entries: [], type };
  }
  // Ranges and negations are not told apart: they may fit.
  if (test.type === "range_test" || test.type === "type_test")
    return { kind: "equalsPattern", start, end, value: opaqueAt(test, test.children.filter((child) => !isType(child)).map(lo.expr)) };
  const value = lo.expr(test);
  return value.kind === "literal"
    ? { kind: "literalPattern", start, end, value: value.value }
    : { kind: "equalsPattern", start, end, value };
}

function chain(lo: Lowering, entries: readonly SyntaxNode[], tail: Tail, at: SyntaxNode): Stmt[] {
  const nothing: Stmt[] = tail === "drop" ? [] : [finish(nilAt({ start: at.end, end: at.end }), tail)];
  return entries.reduceRight<Stmt[]>((otherwise, entry) => {
    const body = lowerBranch(lo, bodyOf(entry), tail, entry);
    const tests = fieldsOf(entry, "condition").map(lo.expr);
    const [first, ...more] = tests;
    if (first === undefined) return body;
    const test = more.reduce<Expr>((left, right) => ({ kind: "logical", start: left.start, end: right.end, op: "or", left, right }), first);
    return [{ kind: "if", start: entry.start, end: entry.end, test, then: body, otherwise }];
  }, nothing);
}

/** What these catch is everything. */
const EVERYTHING: ReadonlySet<string> = new Set(["Exception", "Throwable"]);

export function lowerTry(lo: Lowering, node: SyntaxNode, tail: Tail): Stmt[] {
  const { start, end } = node;
  const block = childOf(node, "block");
  const last = childOf(childOf(node, "finally_block") ?? node, "block");
  const body = lowerBranch(lo, block, tail, block ?? node);
  const catches = childrenOf(node, "catch_block").map((one) => lowerCatch(lo, one, tail));
  const ending = childOf(node, "finally_block") === undefined || last === undefined ? undefined : lo.block(last.children, "drop");
  return [{ kind: "try", start, end, body, catches, ...(ending && { finally: ending }) }];
}

function lowerCatch(lo: Lowering, node: SyntaxNode, tail: Tail): CatchClause {
  const { start, end } = node;
  const name = childOf(node, "identifier");
  const type = typeRef(node.children.find(isType), lo);
  const all = type === undefined || EVERYTHING.has(type.name);
  const block = childOf(node, "block");
  const body = within(lo, name === undefined ? [] : [textOf(lo, name)], () => lowerBranch(lo, block, tail, block ?? node));
  return {
    start,
    end,
    ...(name && { param: bindAt(name, textOf(lo, name), all ? undefined : type) }),
    types: all ? [] : [type.name],
    body,
  };
}
