import type { SwitchCase, SwitchStatement } from "oxc-parser";
import type { Expr, MatchArm, MatchStmt, Pattern, Stmt } from "../../ir/nodes.ts";
import { fallenThrough, type WrittenCase } from "../fall-through.ts";
import type { Lowering } from "./lowering.ts";

/** A case with the statements that stand in it, before what follows is copied. */
interface Written extends WrittenCase {
  /** Empty: `default`. */
  readonly tests: readonly Expr[];
  readonly isDefault: boolean;
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
  const { body, end } = fallenThrough(written, index, breaks);
  const guard = guarded ? first.tests.reduceRight<Expr | undefined>(anyOf, undefined) : undefined;
  return { start: first.start, end, patterns: guarded ? [] : first.tests.map(toPattern), guard, body };
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
