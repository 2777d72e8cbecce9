import type { Expr, MatchArm, Pattern, Stmt } from "../../ir/nodes.ts";
import { blockExpr, opaqueAt } from "../tree-sitter/build.ts";
import { fallenThrough, type WrittenCase } from "../fall-through.ts";
import { fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import type { Lowering } from "./lowering.ts";

/** `match` is a value: every arm yields one, or throws; none fits: throws. */
export function lowerMatch(lo: Lowering, node: SyntaxNode): Expr {
  const { start, end } = node;
  const subject = subjectOf(lo, node);
  const arms = (fieldOf(node, "body")?.children ?? []).flatMap((arm) => lowerArm(lo, arm, subject));
  return blockExpr(node, [{ kind: "match", start, end, subject, arms: defaultLast(arms), exhaustive: true }]);
}

function subjectOf(lo: Lowering, node: SyntaxNode): Expr {
  const condition = fieldOf(node, "condition");
  return condition === undefined ? opaqueAt(node, []) : lo.expr(condition);
}

function lowerArm(lo: Lowering, node: SyntaxNode, subject: Expr): readonly MatchArm[] {
  const { start, end } = node;
  const written = fieldOf(node, "return_expression");
  if (written === undefined) return [];
  const tests = fieldOf(node, "conditional_expressions")?.children.map(lo.expr) ?? [];
  const value = lo.expr(written);
  return [{ start, end, ...headOf(subject, tests), body: [{ kind: "yield", start: value.start, end: value.end, value }] }];
}

/** `match (true)` asks one condition after the other. */
function headOf(subject: Expr, tests: readonly Expr[]): Pick<MatchArm, "patterns" | "guard"> {
  const [first, ...more] = tests;
  if (first === undefined) return { patterns: [] };
  if (subject.kind !== "literal" || subject.value !== true) return { patterns: tests.map(patternOf) };
  const guard = more.reduce<Expr>((left, right) => ({ kind: "logical", start: left.start, end: right.end, op: "or", left, right }), first);
  return { patterns: [], guard };
}

function patternOf(expr: Expr): Pattern {
  const { start, end } = expr;
  return expr.kind === "literal"
    ? { kind: "literalPattern", start, end, value: expr.value }
    : { kind: "equalsPattern", start, end, value: expr };
}

const isDefault = (arm: MatchArm): boolean => arm.patterns.length === 0 && arm.guard === undefined;

function defaultLast(arms: readonly MatchArm[]): readonly MatchArm[] {
  return [...arms.filter((arm) => !isDefault(arm)), ...arms.filter(isDefault)];
}

interface Group extends WrittenCase {
  readonly tests: readonly Expr[];
}

/** `switch` as a statement: what falls through is copied, and `break` is gone. */
export function lowerSwitch(lo: Lowering, node: SyntaxNode): Stmt {
  const { start, end } = node;
  const subject = subjectOf(lo, node);
  const breaks = new Set<Stmt>();
  const cases = (fieldOf(node, "body")?.children ?? []).filter((one) => one.type === "case_statement" || one.type === "default_statement");
  const written = joinEmpty(cases).map((group) => lowerGroup(lo, group, breaks));
  const arms = written.map((one, index): MatchArm => {
    const { body, end: last } = fallenThrough(written, index, breaks);
    return { start: one.start, end: last, ...headOf(subject, one.tests), body };
  });
  return { kind: "match", start, end, subject, arms: defaultLast(arms), exhaustive: arms.some(isDefault) };
}

/** `case 1: case 2:` is one case with two values; a default among them takes all. */
function joinEmpty(cases: readonly SyntaxNode[]): readonly (readonly SyntaxNode[])[] {
  const groups: SyntaxNode[][] = [];
  let open: SyntaxNode[] | undefined;
  for (const one of cases) {
    if (open === undefined) groups.push((open = []));
    open.push(one);
    if (statementsOf(one).length > 0) open = undefined;
  }
  return groups;
}

function statementsOf(one: SyntaxNode): readonly SyntaxNode[] {
  return one.children.filter((child) => child.field !== "value");
}

function lowerGroup(lo: Lowering, group: readonly SyntaxNode[], breaks: Set<Stmt>): Group {
  const takesAll = group.some((one) => one.type === "default_statement");
  const values = takesAll ? [] : group.flatMap((one) => fieldOf(one, "value") ?? []);
  const tests = values.map(lo.expr);
  const body = group.flatMap(statementsOf).flatMap((node) => {
    const made = lo.block(node);
    for (const jump of breaksIn(node, made)) breaks.add(jump);
    return made;
  });
  return { start: group[0]!.start, end: group.at(-1)!.end, tests, body };
}

/** The jumps that `break`s of this switch are: those of loops and switches inside stay theirs. */
function breaksIn(node: SyntaxNode, made: readonly Stmt[]): Stmt[] {
  const places = new Set<number>();
  const visit = (one: SyntaxNode): void => {
    if (one.type === "break_statement") places.add(one.start);
    else if (!/^(?:while|do|for|foreach|switch)_statement$|_function$|_definition$|_declaration$/.test(one.type))
      one.children.forEach(visit);
  };
  visit(node);
  return places.size === 0 ? [] : made.flatMap((stmt) => jumpsAt(stmt, places));
}

function jumpsAt(stmt: Stmt, places: ReadonlySet<number>): Stmt[] {
  if (stmt.kind === "jump") return places.has(stmt.start) ? [stmt] : [];
  if (stmt.kind === "blockStmt") return stmt.body.flatMap((one) => jumpsAt(one, places));
  if (stmt.kind === "if") return [...stmt.then, ...stmt.otherwise].flatMap((one) => jumpsAt(one, places));
  return [];
}
