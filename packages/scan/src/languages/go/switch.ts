import type { Expr, IfStmt, MatchArm, Pattern, Span, Stmt } from "../../ir/nodes.ts";
import { bindAt, letAt, nameAt, nilAt } from "../tree-sitter/build.ts";
import { fieldOf, fieldsOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { typeName } from "./errors.ts";
import { isErrorName, textOf, type Lowering } from "./lowering.ts";
import { typeOf } from "./types.ts";

interface Case {
  readonly node: SyntaxNode;
  readonly isDefault: boolean;
  readonly body: readonly SyntaxNode[];
  /** The body goes on into the next one. */
  readonly fallsThrough: boolean;
}

function casesOf(node: SyntaxNode): readonly Case[] {
  return node.children
    .filter((child) => child.type.endsWith("_case"))
    .map((one) => {
      const body = one.children.flatMap((child) => (child.type === "statement_list" ? child.children : []));
      return { node: one, isDefault: one.type === "default_case", body, fallsThrough: body.at(-1)?.type === "fallthrough_statement" };
    });
}

/** The statements of a case; `fallthrough` copies the next body, a `break` at the end says what happens anyway. */
function bodyOf(cx: Lowering, cases: readonly Case[], index: number): Stmt[] {
  const one = cases[index];
  if (one === undefined) return [];
  const last = one.body.at(-1);
  const own = one.fallsThrough || (last?.type === "break_statement" && last.children.length === 0) ? one.body.slice(0, -1) : one.body;
  return [...cx.block(own), ...(one.fallsThrough ? bodyOf(cx, cases, index + 1) : [])];
}

export function lowerSwitch(cx: Lowering, node: SyntaxNode): readonly Stmt[] {
  const initializer = fieldOf(node, "initializer");
  const value = fieldOf(node, "value");
  const before = initializer === undefined ? [] : cx.block([initializer]);
  const cases = casesOf(node);
  const subject = value === undefined ? undefined : cx.expr(value);
  // What an error equals says more than a match can tell: a chain of tests narrows it.
  const tested = subject === undefined || (subject.kind === "name" && isErrorName(subject.name));
  if (!tested) return [...before, lowerMatch(cx, node, subject, cases)];
  return [...before, ...chain(cx, node, cases, (one) => valuesOf(one).map((each) => equals(each, subject, cx.expr(each))))];
}

const valuesOf = (one: SyntaxNode): readonly SyntaxNode[] => fieldOf(one, "value")?.children ?? [];

function equals(at: Span, subject: Expr | undefined, value: Expr): Expr {
  return subject === undefined ? value : { kind: "binary", op: "==", left: subject, right: value, start: at.start, end: at.end };
}

function lowerMatch(cx: Lowering, node: SyntaxNode, subject: Expr, cases: readonly Case[]): Stmt {
  const arms = cases.map((one, index): MatchArm => ({
    patterns: one.isDefault ? [anyAt(one.node)] : valuesOf(one.node).map((value) => patternOf(value, cx.expr(value))),
    body: bodyOf(cx, cases, index),
    start: one.node.start,
    end: one.node.end,
  }));
  const ordered = [...arms.filter((_, i) => !cases[i]!.isDefault), ...arms.filter((_, i) => cases[i]!.isDefault)];
  return { kind: "match", subject, arms: ordered, exhaustive: cases.some((one) => one.isDefault), start: node.start, end: node.end };
}

const anyAt = ({ start, end }: Span): Pattern => ({ kind: "anyPattern", start, end });

function patternOf({ start, end }: Span, value: Expr): Pattern {
  return value.kind === "literal"
    ? { kind: "literalPattern", value: value.value, start, end }
    : { kind: "equalsPattern", value, start, end };
}

/** `switch v := x.(type)`: a chain of type tests, since an error that is known by its type is the application's own. */
export function lowerTypeSwitch(cx: Lowering, node: SyntaxNode): readonly Stmt[] {
  const initializer = fieldOf(node, "initializer");
  const alias = fieldOf(node, "alias")?.children[0];
  const value = fieldOf(node, "value");
  if (value === undefined) return [];
  const before = initializer === undefined ? [] : cx.block([initializer]);
  const subject = cx.expr(value);
  const cases = casesOf(node);
  const tests = (one: SyntaxNode): Expr[] => fieldsOf(one, "type").map((type) => isType(cx, type, subject));
  return [...before, ...chain(cx, node, cases, tests, (one) => aliasOf(cx, alias, one, subject))];
}

function isType(cx: Lowering, type: SyntaxNode, subject: Expr): Expr {
  const { start, end } = type;
  const name = typeOf(cx, type)?.name ?? textOf(cx, type);
  if (name === "nil") return { kind: "binary", op: "==", left: subject, right: nilAt(type), start, end };
  return { kind: "binary", op: "is", left: subject, right: typeName(type, name), start, end };
}

/** The name that the value has in a case, with the type of the case where it is the only one. */
function aliasOf(cx: Lowering, alias: SyntaxNode | undefined, one: SyntaxNode, subject: Expr): readonly Stmt[] {
  if (alias === undefined) return [];
  const types = fieldsOf(one, "type");
  const type = types.length === 1 ? typeOf(cx, types[0]) : undefined;
  return [letAt(alias, bindAt(alias, textOf(cx, alias), type), subject.kind === "name" ? nameAt(alias, subject.name) : subject)];
}

/** Cases as `if … else if … else`, the default last. */
function chain(
  cx: Lowering,
  node: SyntaxNode,
  cases: readonly Case[],
  testsOf: (one: SyntaxNode) => readonly Expr[],
  before: (one: SyntaxNode) => readonly Stmt[] = () => [],
): readonly Stmt[] {
  const fallback = cases.findIndex((one) => one.isDefault);
  let rest: Stmt[] = fallback < 0 ? [] : [...before(cases[fallback]!.node), ...bodyOf(cx, cases, fallback)];
  for (let i = cases.length - 1; i >= 0; i--) {
    const one = cases[i]!;
    const [first, ...more] = one.isDefault ? [] : testsOf(one.node);
    if (first === undefined) continue;
    const test = more.reduce<Expr>((left, right) => ({ kind: "logical", op: "or", left, right, start: left.start, end: right.end }), first);
    const made: IfStmt = {
      kind: "if",
      test,
      then: [...before(one.node), ...bodyOf(cx, cases, i)],
      otherwise: rest,
      start: one.node.start,
      end: node.end,
    };
    rest = [made];
  }
  return rest;
}
