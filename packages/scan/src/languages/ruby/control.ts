import type { CatchClause, Expr, MatchArm, Pattern, Span, Stmt } from "../../ir/nodes.ts";
import { bindAt, exprAt, letAt, nilAt, opaqueAt } from "../tree-sitter/build.ts";
import { childOf, childrenOf, fieldOf, fieldsOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { constantName } from "./constants.ts";
import type { Lowering, Tail } from "./lowering.ts";
import { finish, textOf } from "./lowering.ts";
import { casePattern, whenPattern } from "./patterns.ts";

function testOf(lo: Lowering, node: SyntaxNode): Expr {
  const condition = fieldOf(node, "condition");
  return condition === undefined ? opaqueAt({ start: node.start, end: node.start }, []) : lo.expr(condition);
}

const OPPOSITE: Readonly<Record<string, string>> = { "==": "!=", "!=": "==" };

function not(value: Expr): Expr {
  const opposite = value.kind === "binary" ? OPPOSITE[value.op] : undefined;
  if (value.kind === "binary" && opposite !== undefined) return { ...value, op: opposite };
  return { kind: "not", start: value.start, end: value.end, value };
}

function branch(lo: Lowering, node: SyntaxNode | undefined, tail: Tail, at: Span): Stmt[] {
  if (node !== undefined) return lo.statement(node, tail);
  return tail === "drop" ? [] : [finish(nilAt({ start: at.end, end: at.end }), tail)];
}

/** `if`, `unless`, `elsif`. */
export function lowerIf(lo: Lowering, node: SyntaxNode, tail: Tail): Stmt {
  const { start, end } = node;
  const test = testOf(lo, node);
  const then = branch(lo, fieldOf(node, "consequence"), tail, node);
  const otherwise = branch(lo, fieldOf(node, "alternative"), tail, node);
  return { kind: "if", start, end, test: node.type === "unless" ? not(test) : test, then, otherwise };
}

/** `a ? b : c` whose sides do more than give a value. */
export function lowerTernary(lo: Lowering, node: SyntaxNode, tail: Tail): Stmt {
  return lowerIf(lo, node, tail);
}

/** `body if condition`, `body while condition`, `body rescue handler`. */
export function lowerModifier(lo: Lowering, node: SyntaxNode, tail: Tail): Stmt[] {
  const { start, end } = node;
  const body = fieldOf(node, "body");
  if (body === undefined) return [exprAt(node, opaqueAt(node, node.children.map(lo.expr)))];
  if (node.type === "rescue_modifier") {
    const handler = fieldOf(node, "handler");
    const caught = handler === undefined ? [] : lo.statement(handler, tail);
    return [
      {
        kind: "try",
        start,
        end,
        body: lo.statement(body, tail),
        catches: [{ start: handler?.start ?? end, end, types: [], body: caught }],
      },
    ];
  }
  const test = testOf(lo, node);
  if (node.type === "if_modifier" || node.type === "unless_modifier") {
    const then = lo.statement(body, tail);
    const otherwise = branch(lo, undefined, tail, node);
    return [{ kind: "if", start, end, test: node.type === "unless_modifier" ? not(test) : test, then, otherwise }];
  }
  lo.scope.loops += 1;
  const inner = lo.statement(body, "drop");
  lo.scope.loops -= 1;
  const loop: Stmt = {
    kind: "loop",
    start,
    end,
    over: null,
    test: node.type === "until_modifier" ? not(test) : test,
    body: inner,
    ...(body.type === "begin" && { atLeastOnce: true }),
  };
  return [loop, ...branch(lo, undefined, tail, node)];
}

export function lowerWhile(lo: Lowering, node: SyntaxNode): Stmt {
  const { start, end } = node;
  const test = testOf(lo, node);
  return {
    kind: "loop",
    start,
    end,
    over: null,
    test: node.type === "until" ? not(test) : test,
    body: loopBody(lo, fieldOf(node, "body")),
  };
}

export function lowerFor(lo: Lowering, node: SyntaxNode): Stmt {
  const { start, end } = node;
  const [pattern, value] = [fieldOf(node, "pattern"), fieldOf(node, "value")?.children[0]];
  const over = value === undefined ? null : lo.expr(value);
  const target = pattern === undefined ? undefined : lo.pattern(pattern);
  return { kind: "loop", start, end, over, ...(target && { target }), body: loopBody(lo, fieldOf(node, "body")) };
}

export function loopBody(lo: Lowering, node: SyntaxNode | undefined): Stmt[] {
  lo.scope.loops += 1;
  const body = node === undefined ? [] : lo.statement(node, "drop");
  lo.scope.loops -= 1;
  return body;
}

/** `case value when …`; without a value a chain of conditions. */
export function lowerCase(lo: Lowering, node: SyntaxNode, tail: Tail): Stmt {
  const { start, end } = node;
  const value = fieldOf(node, "value");
  const clauses = childrenOf(node, "when");
  const last = childOf(node, "else");
  if (value === undefined) return conditions(lo, clauses, last, tail, node);
  const subject = lo.expr(value);
  const arms = clauses.map((clause): MatchArm => ({
    start: clause.start,
    end: clause.end,
    patterns: fieldsOf(clause, "pattern").map((one) => whenPattern(lo, one)),
    body: branch(lo, fieldOf(clause, "body"), tail, clause),
  }));
  return { kind: "match", start, end, subject, arms: [...arms, otherArm(lo, last, tail, node)], exhaustive: true };
}

function otherArm(lo: Lowering, last: SyntaxNode | undefined, tail: Tail, at: Span): MatchArm {
  const span = last ?? { start: at.end, end: at.end };
  return {
    start: span.start,
    end: span.end,
    patterns: [{ kind: "anyPattern", start: span.start, end: span.start }],
    body: branch(lo, last, tail, at),
  };
}

function conditions(lo: Lowering, clauses: readonly SyntaxNode[], last: SyntaxNode | undefined, tail: Tail, at: Span): Stmt {
  const [clause, ...more] = clauses;
  if (clause === undefined) return { kind: "blockStmt", start: at.end, end: at.end, body: branch(lo, last, tail, at) };
  const tests = fieldsOf(clause, "pattern").map((one) => lo.expr(one.children[0] ?? one));
  const test = tests.reduce((left, right) => ({ kind: "logical", start: left.start, end: right.end, op: "or", left, right }));
  const then = branch(lo, fieldOf(clause, "body"), tail, clause);
  const otherwise = more.length === 0 ? branch(lo, last, tail, at) : [conditions(lo, more, last, tail, at)];
  return { kind: "if", start: clause.start, end: at.end, test, then, otherwise };
}

/** `case value in pattern`: raises where nothing fits. */
export function lowerCaseMatch(lo: Lowering, node: SyntaxNode, tail: Tail): Stmt {
  const { start, end } = node;
  const value = fieldOf(node, "value");
  const subject = value === undefined ? opaqueAt({ start, end: start }, []) : lo.expr(value);
  const arms = fieldsOf(node, "clauses").map((clause): MatchArm => {
    const pattern = fieldOf(clause, "pattern");
    const patterns: readonly Pattern[] = pattern === undefined ? [] : casePattern(lo, pattern);
    const condition = fieldOf(clause, "guard")?.children[0];
    const test = condition === undefined ? undefined : lo.expr(condition);
    const guard = test !== undefined && fieldOf(clause, "guard")?.type === "unless_guard" ? not(test) : test;
    return {
      start: clause.start,
      end: clause.end,
      patterns,
      ...(guard && { guard }),
      body: branch(lo, fieldOf(clause, "body"), tail, clause),
    };
  });
  const last = node.children.find((child) => child.type === "else");
  return {
    kind: "match",
    start,
    end,
    subject,
    arms: last === undefined ? arms : [...arms, otherArm(lo, last, tail, node)],
    exhaustive: true,
  };
}

export interface Sections {
  readonly body: readonly SyntaxNode[];
  readonly rescues: readonly SyntaxNode[];
  readonly otherwise: SyntaxNode | undefined;
  readonly ensure: SyntaxNode | undefined;
}

/** `rescue`, `else` and `ensure` among statements. */
export function sectionsOf(nodes: readonly SyntaxNode[]): Sections | undefined {
  const rescues = nodes.filter(({ type }) => type === "rescue");
  const ensure = nodes.find(({ type }) => type === "ensure");
  if (rescues.length === 0 && ensure === undefined) return undefined;
  const otherwise = nodes.find(({ type }) => type === "else");
  return { body: nodes.filter((node) => node !== ensure && node !== otherwise && node.type !== "rescue"), rescues, otherwise, ensure };
}

/** Types that catch whatever is raised. */
const EVERYTHING: ReadonlySet<string> = new Set(["StandardError", "Exception"]);
const RAISED = "_raised";

export function lowerBegin(lo: Lowering, { body, rescues, otherwise, ensure }: Sections, tail: Tail, at: Span): Stmt[] {
  const span = { start: body[0]?.start ?? at.start, end: at.end };
  const known = boundIn(lo.scope);
  const tried = lo.body(body, otherwise === undefined ? tail : "drop", { start: span.start, end: span.start });
  const unset = rescues.length === 0 ? [] : unsetIn(lo.text, tried, known, span);
  const catches = rescues.map((clause) => lowerRescue(lo, clause, tail));
  return [
    ...unset,
    {
      kind: "try",
      ...span,
      body: tried,
      catches,
      ...(otherwise && { otherwise: lo.body(otherwise.children, tail, otherwise) }),
      ...(ensure && { finally: lo.body(ensure.children, "drop", ensure) }),
    },
  ];
}

/** Every local variable that holds a value here, or may. */
function boundIn(scope: Lowering["scope"]): ReadonlySet<string> {
  const names = new Set<string>();
  for (let at: Lowering["scope"] | undefined = scope; at !== undefined; at = at.outer) for (const name of at.bound) names.add(name);
  return names;
}

/** A local variable whose first value is never made, since something was raised before, is `nil` where it is read later. */
function unsetIn(text: string, tried: readonly Stmt[], known: ReadonlySet<string>, { start, end }: Span): Stmt[] {
  const at = { start, end: start };
  const [later = ""] = text.slice(end).split(/^\s*def\b/m, 1);
  return tried.flatMap((stmt) => {
    if (stmt.kind !== "let" || stmt.target.kind !== "bind" || known.has(stmt.target.name)) return [];
    const { name } = stmt.target;
    return new RegExp(`(?<![\\w.:@])${name}\\b`).test(later) ? [letAt(at, bindAt(at, name), nilAt(at))] : [];
  });
}

function lowerRescue(lo: Lowering, node: SyntaxNode, tail: Tail): CatchClause {
  const { start, end } = node;
  const written = fieldOf(node, "exceptions")?.children ?? [];
  const types = written.flatMap((one) => constantName(lo, one) ?? []);
  const variable = fieldOf(node, "variable")?.children[0];
  const name = variable === undefined ? RAISED : textOf(lo, variable);
  const outer = lo.scope.caught;
  lo.scope.caught = name;
  lo.scope.bound.add(name);
  const inner = fieldOf(node, "body");
  const body = branch(lo, inner, tail, node);
  lo.scope.caught = outer;
  const at = variable ?? { start, end: start };
  const catchesAll = types.length < written.length || types.some((type) => EVERYTHING.has(type));
  return { start, end, types: catchesAll ? [] : types, body, param: bindAt(at, name) };
}
