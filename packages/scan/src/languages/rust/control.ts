import type { Expr, MatchArm, Pattern, Span, Stmt } from "../../ir/nodes.ts";
import { bindAt, exprAt, letAt, nameAt, nilAt } from "../tree-sitter/build.ts";
import { childOf, fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { type Lowering, type Tail } from "./lowering.ts";
import { fitsAll, wordOf } from "./patterns.ts";
import { isDirect, tryAt } from "./results.ts";

/** `if`, `if let`, chains of both. */
export function lowerIf(cx: Lowering, node: SyntaxNode, tail: Tail): Stmt[] {
  const condition = fieldOf(node, "condition");
  const then = cx.body(fieldOf(node, "consequence"), tail);
  const otherwise = cx.body(fieldOf(node, "alternative")?.children[0], tail);
  return condition === undefined ? [...then, ...otherwise] : tested(cx, node, condition, then, otherwise);
}

/** What runs where a condition holds, and where it does not. What follows a chain that fails is copied. */
export function tested(cx: Lowering, at: Span, condition: SyntaxNode, then: Stmt[], otherwise: Stmt[]): Stmt[] {
  if (condition.type === "let_chain")
    return condition.children.reduceRight<Stmt[]>((inner, one) => tested(cx, at, one, inner, otherwise), then);
  if (condition.type !== "let_condition") return [{ kind: "if", test: cx.expr(condition), then, otherwise, start: at.start, end: at.end }];
  const [pattern, value] = [fieldOf(condition, "pattern"), fieldOf(condition, "value")];
  return pattern === undefined || value === undefined ? [...then, ...otherwise] : fits(cx, at, pattern, value, then, otherwise);
}

/** Whether a value fits a pattern: `if let`, `let … else`, `while let`. */
export function fits(cx: Lowering, at: Span, pattern: SyntaxNode, value: SyntaxNode, then: Stmt[], otherwise: Stmt[]): Stmt[] {
  const word = wordOf(cx, pattern);
  const inner: Pattern =
    word?.inner === undefined ? { kind: "anyPattern", start: pattern.start, end: pattern.end } : cx.pattern(word.inner);
  const subject = cx.expr(value);
  if (word?.word === "Some") return whereSome(at, inner, subject, then, otherwise);
  if (word?.word === "Err" && isDirect(value))
    return [tryAt(at, [exprAt(value, subject)], matched(at, inner, "_error", then, otherwise), otherwise, errorName(at, inner))];
  if (word?.word === "Ok" && isDirect(value)) {
    const name = inner.kind === "bind" ? inner.name : "_value";
    const body = inner.kind === "anyPattern" ? exprAt(value, subject) : letAt(at, bindAt(inner, name), subject);
    const done = inner.kind === "anyPattern" ? then : matched(at, inner, name, then, otherwise);
    return [tryAt(at, [body], otherwise, done)];
  }
  const whole = cx.pattern(pattern);
  if (whole.kind === "literalPattern" && whole.value === null) return [ifNull(at, subject, then, otherwise)];
  return [matchAt(at, subject, [armAt(at, [whole], then), armAt(at, [], otherwise)])];
}

function errorName(at: Span, pattern: Pattern): Pattern {
  return pattern.kind === "bind" ? pattern : bindAt(at, "_error");
}

/** A name that is bound already, against what is left of its pattern. */
function matched(at: Span, pattern: Pattern, name: string, then: Stmt[], otherwise: Stmt[]): Stmt[] {
  if (fitsAll(pattern)) return pattern.kind === "listPattern" ? [letAt(at, pattern, nameAt(at, name)), ...then] : then;
  return [matchAt(at, nameAt(at, name), [armAt(at, [pattern], then), armAt(at, [], otherwise)])];
}

/** `Some(x)`: x is bound and not null. */
function whereSome(at: Span, inner: Pattern, subject: Expr, then: Stmt[], otherwise: Stmt[]): Stmt[] {
  if (inner.kind === "anyPattern") return [ifNull(at, subject, otherwise, then)];
  if (inner.kind === "bind" && inner.also === undefined)
    return [letAt(inner, inner, subject), ifNull(at, nameAt(inner, inner.name), otherwise, then)];
  const none: Pattern = { kind: "literalPattern", value: null, start: at.start, end: at.start };
  const arms = [armAt(at, [none], otherwise), armAt(at, [inner], then)];
  return [matchAt(at, subject, fitsAll(inner) ? arms : [...arms, armAt(at, [], otherwise)])];
}

function ifNull({ start, end }: Span, subject: Expr, then: Stmt[], otherwise: Stmt[]): Stmt {
  const at = { start: subject.start, end: subject.end };
  if (then.length === 0)
    return {
      kind: "if",
      test: { kind: "binary", op: "!=", left: subject, right: nilAt(at), ...at },
      then: otherwise,
      otherwise: then,
      start,
      end,
    };
  return { kind: "if", test: { kind: "binary", op: "==", left: subject, right: nilAt(at), ...at }, then, otherwise, start, end };
}

function armAt({ start, end }: Span, patterns: readonly Pattern[], body: readonly Stmt[], guard?: Expr): MatchArm {
  return { patterns, ...(guard && { guard }), body, start, end };
}

export function matchAt({ start, end }: Span, subject: Expr, arms: readonly MatchArm[]): Stmt {
  return { kind: "match", subject, arms, exhaustive: true, start, end };
}

interface Arm {
  readonly node: SyntaxNode;
  /** Alternatives of its pattern. */
  readonly patterns: readonly SyntaxNode[];
  readonly guard: SyntaxNode | undefined;
  readonly value: SyntaxNode | undefined;
}

export function lowerMatch(cx: Lowering, node: SyntaxNode, tail: Tail): Stmt[] {
  const value = fieldOf(node, "value");
  const arms = (fieldOf(node, "body")?.children ?? []).flatMap((arm) => (arm.type === "match_arm" ? [armOf(arm)] : []));
  if (value === undefined) return [];
  const words = arms.flatMap((arm) => arm.patterns.map((one) => wordOf(cx, one)?.word));
  if (isDirect(value) && (words.includes("Ok") || words.includes("Err"))) return [matchResult(cx, node, value, arms, tail)];
  return [matchAt(node, cx.expr(value), nullsFirst(arms.map((arm) => lowerArm(cx, arm, tail))))];
}

function armOf(node: SyntaxNode): Arm {
  const pattern = fieldOf(node, "pattern");
  const inner = pattern?.children.find((one) => one.field !== "condition");
  const patterns = inner === undefined ? [] : alternatives(inner);
  return { node, patterns, guard: pattern && fieldOf(pattern, "condition"), value: fieldOf(node, "value") };
}

function alternatives(node: SyntaxNode): readonly SyntaxNode[] {
  return node.type === "or_pattern" ? node.children.flatMap(alternatives) : [node];
}

function lowerArm(cx: Lowering, arm: Arm, tail: Tail, patternOf: (node: SyntaxNode) => Pattern = cx.pattern): MatchArm {
  const patterns = arm.patterns.map(patternOf);
  return armAt(arm.node, patterns, cx.body(arm.value, tail), guardOf(cx, arm));
}

function guardOf(cx: Lowering, { guard }: Arm): Expr | undefined {
  return guard === undefined || guard.type === "let_chain" || guard.type === "let_condition" ? undefined : cx.expr(guard);
}

/** `Some(x)` is a bind, which null would fit too: `None` is asked first. */
function nullsFirst(arms: readonly MatchArm[]): readonly MatchArm[] {
  const isNull = ({ patterns, guard }: MatchArm): boolean =>
    guard === undefined && patterns.length === 1 && patterns[0]!.kind === "literalPattern" && patterns[0]!.value === null;
  return [...arms.filter(isNull), ...arms.filter((arm) => !isNull(arm))];
}

/** `match f() { Ok(x) => …, Err(e) => … }`: what the call throws is caught, and nothing of what the arms throw. */
function matchResult(cx: Lowering, node: SyntaxNode, value: SyntaxNode, arms: readonly Arm[], tail: Tail): Stmt {
  const done = armsFor(cx, arms, "Ok", tail);
  const failed = armsFor(cx, arms, "Err", tail);
  const [name, error] = [nameFor(done, "_value"), nameFor(failed, "_error")];
  const body = letAt(value, bindAt(value, name), cx.expr(value));
  return tryAt(node, [body], chosen(node, error, failed), chosen(node, name, done), bindAt(node, error));
}

/** The arms that a result of one kind may take: those of its word, and those for everything. */
function armsFor(cx: Lowering, arms: readonly Arm[], word: string, tail: Tail): readonly MatchArm[] {
  return arms.flatMap((arm) => {
    const mine = arm.patterns.filter((one) => (wordOf(cx, one)?.word ?? word) === word);
    if (mine.length === 0) return [];
    const inside = (one: SyntaxNode): Pattern => {
      const found = wordOf(cx, one);
      if (found?.inner !== undefined) return cx.pattern(found.inner);
      return found === undefined ? cx.pattern(one) : { kind: "anyPattern", start: one.start, end: one.end };
    };
    return [lowerArm(cx, { ...arm, patterns: mine }, tail, inside)];
  });
}

function onlyBind(arms: readonly MatchArm[]): Pattern | undefined {
  const [first] = arms;
  return first !== undefined && first.guard === undefined && first.patterns.length === 1 ? first.patterns[0] : undefined;
}

function nameFor(arms: readonly MatchArm[], otherwise: string): string {
  const pattern = onlyBind(arms);
  return pattern?.kind === "bind" && pattern.also === undefined ? pattern.name : otherwise;
}

function chosen(at: Span, name: string, arms: readonly MatchArm[]): readonly Stmt[] {
  const pattern = onlyBind(arms);
  if (pattern?.kind === "anyPattern" || (pattern?.kind === "bind" && pattern.name === name)) return arms[0]!.body;
  return arms.length === 0 ? [] : [matchAt(at, nameAt(at, name), nullsFirst(arms))];
}

export function lowerFor(cx: Lowering, node: SyntaxNode): Stmt {
  const [pattern, value] = [fieldOf(node, "pattern"), fieldOf(node, "value")];
  const body = cx.body(fieldOf(node, "body"), "drop");
  const { start, end } = node;
  return {
    kind: "loop",
    over: value === undefined ? null : cx.expr(value),
    ...(pattern && { target: cx.pattern(pattern) }),
    body,
    start,
    end,
  };
}

export function lowerWhile(cx: Lowering, node: SyntaxNode): Stmt {
  const condition = fieldOf(node, "condition");
  const body = cx.body(fieldOf(node, "body"), "drop");
  const { start, end } = node;
  if (condition === undefined) return { kind: "loop", over: null, body, start, end };
  if (condition.type !== "let_condition" && condition.type !== "let_chain")
    return { kind: "loop", over: null, test: cx.expr(condition), body, start, end };
  const jump: Stmt = { kind: "jump", start: end, end };
  return { kind: "loop", over: null, body: tested(cx, node, condition, body, [jump]), start, end };
}

export function lowerLoop(cx: Lowering, node: SyntaxNode): Stmt {
  return {
    kind: "loop",
    over: null,
    body: cx.body(fieldOf(node, "body") ?? childOf(node, "block"), "drop"),
    atLeastOnce: true,
    start: node.start,
    end: node.end,
  };
}
