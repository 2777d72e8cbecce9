import type { Expr, MatchArm, Pattern, Span, Stmt } from "../../ir/nodes.ts";
import { isStabs, stabsOf } from "./calls.ts";
import type { Section, Stab } from "./calls.ts";
import type { Lowering, Tail } from "./lowering.ts";
import { bindAt, callAt, closure, finish, nameAt, opaqueAt, param } from "./lowering.ts";
import { isBinary, sidesOf } from "./syntax.ts";
import type { SyntaxNode } from "./syntax.ts";
import { calleeOf } from "./targets.ts";

/** `&1`, `&2` …: how parameters without a name of their own are called; no variable can be. */
function slot(index: number): string {
  return `&${index + 1}`;
}

/** What follows `when`; `when a when b` asks for either. */
export function lowerGuard(lo: Lowering, guard: SyntaxNode): Expr {
  const [left, right] = isBinary(guard, "when") ? sidesOf(guard) : [undefined, undefined];
  if (!left || !right) return lo.expr(guard);
  return {
    kind: "logical",
    start: guard.start,
    end: guard.end,
    op: "or",
    left: lo.expr(left),
    right: lowerGuard(lo, right),
  };
}

/** `fn … end`; several clauses become one function with a match inside. */
export function lowerAnonymous(lo: Lowering, node: SyntaxNode): Expr {
  return closureOfStabs(lo, node, stabsOf(node.children));
}

/** The block that a macro is given: a function without parameters, or with those of its clauses. */
export function lowerSection(lo: Lowering, section: Section): Expr {
  if (isStabs(section.body)) return closureOfStabs(lo, section, stabsOf(section.body));
  return closure(lo, section, { body: lo.block(section.body, "return", section) });
}

function closureOfStabs(lo: Lowering, at: Span, stabs: readonly Stab[]): Expr {
  const [only] = stabs;
  if (!only) return closure(lo, at, { body: [] });
  if (stabs.length === 1) {
    const params = only.heads.map((head) => param(lo.pattern(head)));
    const guard = only.guard && lowerGuard(lo, only.guard);
    return closure(lo, at, {
      params,
      body: lo.block(only.body, "return", only),
      ...(guard && { guard }),
    });
  }
  const names = only.heads.map((_, index) => slot(index));
  const subjects = names.map((name) => nameAt(at, name));
  const [first] = subjects;
  const subject: Expr =
    subjects.length === 1 && first ? first : { kind: "list", start: at.start, end: at.end, items: subjects, tuple: true };
  const match: Stmt = {
    kind: "match",
    start: at.start,
    end: at.end,
    subject,
    arms: armsOf(lo, stabs, "return"),
    exhaustive: true,
  };
  return closure(lo, at, { params: names.map((name) => param(bindAt(at, name))), body: [match] });
}

/** The arms that clauses are; several patterns of one clause are matched as a tuple. */
export function armsOf(lo: Lowering, stabs: readonly Stab[], tail: Tail): MatchArm[] {
  return stabs.map((stab) => {
    const patterns = stab.heads.map((head) => lo.pattern(head));
    const guard = stab.guard && lowerGuard(lo, stab.guard);
    const { start, end } = stab;
    const [first] = patterns;
    const all: Pattern[] =
      patterns.length > 1 && first
        ? [
            {
              kind: "listPattern",
              start: first.start,
              end: patterns.at(-1)?.end ?? end,
              items: patterns,
              tuple: true,
            },
          ]
        : patterns;
    return {
      start,
      end,
      patterns: all,
      ...(guard && { guard }),
      body: lo.block(stab.body, tail, stab),
    };
  });
}

/** `&f/1`, `&M.f/2`, `&(&1 + 1)`: a closure. */
export function lowerCapture(lo: Lowering, node: SyntaxNode): Expr {
  const [operand] = node.children;
  if (!operand) return opaqueAt(node, []);
  if (operand.type === "integer") return nameAt(node, `&${lo.text.slice(operand.start, operand.end)}`);
  return captureByArity(lo, node, operand) ?? captureOfExpression(lo, node, operand);
}

function captureByArity(lo: Lowering, node: SyntaxNode, operand: SyntaxNode): Expr | undefined {
  const [named, arity] = operand.type === "binary_operator" && operand.op === "/" ? sidesOf(operand) : [undefined, undefined];
  if (!named || arity?.type !== "integer" || !["identifier", "call", "operator_identifier"].includes(named.type)) return undefined;
  if (named.type === "call" && (named.children.length !== 1 || named.children[0]?.type !== "dot")) return undefined;
  const callee =
    named.type === "call" && named.children[0] ? calleeOf(lo, named.children[0]) : nameAt(named, lo.text.slice(named.start, named.end));
  const count = Math.min(Number(lo.text.slice(arity.start, arity.end)) || 0, 255);
  const names = Array.from({ length: count }, (_, index) => slot(index));
  const call = callAt(
    operand,
    callee,
    names.map((name) => nameAt(operand, name)),
  );
  return closure(lo, node, {
    params: names.map((name) => param(bindAt(node, name))),
    body: [finish(call, "return")],
  });
}

function captureOfExpression(lo: Lowering, node: SyntaxNode, operand: SyntaxNode): Expr {
  const names = Array.from({ length: Math.min(highestSlot(lo, operand), 255) }, (_, index) => slot(index));
  return closure(lo, node, {
    params: names.map((name) => param(bindAt(node, name))),
    body: lo.block([operand], "return", operand),
  });
}

function highestSlot(lo: Lowering, node: SyntaxNode): number {
  const [operand] = node.children;
  if (node.type === "unary_operator" && node.op === "&") {
    return operand?.type === "integer" ? Number(lo.text.slice(operand.start, operand.end)) || 0 : 0;
  }
  let highest = 0;
  for (const child of node.children) highest = Math.max(highest, highestSlot(lo, child));
  return highest;
}
