import type { SwitchCase, SwitchStatement } from "oxc-parser";
import type { BlockStmt, Expr, IfStmt, MatchArm, MatchStmt, Pattern, Stmt } from "../../ir/nodes.ts";
import type { Lowering } from "./lowering.ts";

/** So many cases are copied into one that falls through to them; no person writes more. */
const LONGEST_FALL = 32;

/** A case with the statements that stand in it, before what follows is copied. */
interface Written {
  readonly start: number;
  readonly end: number;
  /** Empty: `default`. */
  readonly tests: readonly Expr[];
  readonly isDefault: boolean;
  readonly body: readonly Stmt[];
}

/**
 * A `match` whose arms need no order: what a case falls through to is copied into it, `default` comes last, and `break`
 * is gone. `switch (true)` becomes arms with guards.
 */
export function lowerSwitch(cx: Lowering, node: SwitchStatement): MatchStmt {
  const outer = cx.switchBreaks;
  const breaks = new Set<Stmt>();
  cx.switchBreaks = breaks;
  const subject = cx.expression(node.discriminant);
  const written = joinEmpty(node.cases).map((cases) => lowerCases(cx, cases));
  cx.switchBreaks = outer;
  const guarded = subject.kind === "literal" && subject.value === true;
  const arms = written.map((_, index) => lowerArm(written, index, breaks, guarded));
  const last = written.findIndex((one) => one.isDefault);
  return {
    kind: "match",
    start: node.start,
    end: node.end,
    subject,
    arms: last < 0 ? arms : [...arms.slice(0, last), ...arms.slice(last + 1), ...arms.slice(last, last + 1)],
    exhaustive: last >= 0,
  };
}

/** `case "a": case "b": …` is one arm. */
function joinEmpty(cases: readonly SwitchCase[]): SwitchCase[][] {
  const groups: SwitchCase[][] = [];
  let open: SwitchCase[] | undefined;
  for (const one of cases) {
    if (open === undefined) groups.push((open = []));
    open.push(one);
    if (one.consequent.length > 0) open = undefined;
  }
  return groups;
}

function lowerCases(cx: Lowering, cases: readonly SwitchCase[]): Written {
  const isDefault = cases.some((one) => one.test === null);
  return {
    start: cases[0]?.start ?? 0,
    end: cases.at(-1)?.end ?? 0,
    tests: isDefault ? [] : cases.flatMap((one) => (one.test ? [cx.expression(one.test)] : [])),
    isDefault,
    body: cases.flatMap((one) => cx.statements(one.consequent)),
  };
}

function lowerArm(written: readonly Written[], index: number, breaks: ReadonlySet<Stmt>, guarded: boolean): MatchArm {
  const first = written[index] ?? { start: 0, end: 0, tests: [], isDefault: true, body: [] };
  let { end } = first;
  const body: Stmt[] = [];
  for (const one of written.slice(index, index + LONGEST_FALL)) {
    body.push(...one.body);
    end = one.end;
    if (leaves(one.body)) break;
  }
  const guard = guarded ? first.tests.reduceRight<Expr | undefined>(anyOf, undefined) : undefined;
  return { start: first.start, end, patterns: guarded ? [] : first.tests.map(toPattern), guard, body: withoutBreaks(body, breaks) };
}

function anyOf(rest: Expr | undefined, test: Expr): Expr {
  return rest === undefined ? test : { kind: "logical", start: test.start, end: rest.end, op: "or", left: test, right: rest };
}

function toPattern(test: Expr): Pattern {
  const { start, end } = test;
  return test.kind === "literal"
    ? { kind: "literalPattern", start, end, value: test.value }
    : { kind: "equalsPattern", start, end, value: test };
}

/** No way leads past the last statement. */
function leaves(body: readonly Stmt[]): boolean {
  return body.some((stmt) => {
    if (stmt.kind === "return" || stmt.kind === "throw" || stmt.kind === "jump") return true;
    if (stmt.kind === "blockStmt") return leaves(stmt.body);
    return stmt.kind === "if" && leaves(stmt.then) && leaves(stmt.otherwise);
  });
}

/** Drops `break`s of the switch: what stands after `if (x) break;` moves to the other branch. */
function withoutBreaks(body: readonly Stmt[], breaks: ReadonlySet<Stmt>): readonly Stmt[] {
  if (breaks.size === 0) return body;
  const kept: Stmt[] = [];
  for (const [index, stmt] of body.entries()) {
    if (breaks.has(stmt)) return kept;
    if ((stmt.kind === "blockStmt" || stmt.kind === "if") && endsInBreak([stmt], breaks)) {
      return [...kept, ...split(stmt, body.slice(index + 1), breaks)];
    }
    kept.push(stmt);
  }
  return kept;
}

/** What follows is never copied into two branches, which would double with each `if`: such a `break` stays a jump. */
function split(stmt: IfStmt | BlockStmt, rest: readonly Stmt[], breaks: ReadonlySet<Stmt>): readonly Stmt[] {
  const end = rest.at(-1)?.end ?? stmt.end;
  const joined = (body: readonly Stmt[]) => withoutBreaks(leaves(body) ? body : [...body, ...rest], breaks);
  if (stmt.kind === "blockStmt") return [{ ...stmt, end, body: joined(stmt.body) }];
  if (!leaves(stmt.then) && !leaves(stmt.otherwise)) return [stmt, ...withoutBreaks(rest, breaks)];
  return [{ ...stmt, end, then: joined(stmt.then), otherwise: joined(stmt.otherwise) }];
}

function endsInBreak(body: readonly Stmt[], breaks: ReadonlySet<Stmt>): boolean {
  const last = body.at(-1);
  if (last === undefined) return false;
  if (breaks.has(last)) return true;
  if (last.kind === "blockStmt") return endsInBreak(last.body, breaks);
  return last.kind === "if" && (endsInBreak(last.then, breaks) || endsInBreak(last.otherwise, breaks));
}
