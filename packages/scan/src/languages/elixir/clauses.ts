import type { Expr, MatchArm, Pattern, Span, Stmt } from "../../ir/nodes.ts";
import type { CallForm } from "./calls.ts";
import { isStabs, pairOf, stabsOf } from "./calls.ts";
import { armsOf } from "./functions.ts";
import type { Lowering, Tail } from "./lowering.ts";
import { bindAt, blockExpr, finish, letAt, nameAt, opaqueAt } from "./lowering.ts";
import { fitsAll } from "./patterns.ts";
import { isBinary, sidesOf, spanOf } from "./syntax.ts";
import type { SyntaxNode } from "./syntax.ts";

/** What a `with` without `else` gives where a clause did not fit. */
const UNMATCHED = "_unmatched";

/** `with` inside the `else` of a `with`, more levels than that: the arms are not repeated, or walks over them never end. */
const DEEPEST_ELSE = 4;

/**
 * `with`: a match for each `<-`, one inside the other; the `else` arms (the same nodes) follow each pattern.
 * Without `else`, what did not fit is the value.
 */
export function lowerWith(lo: Lowering, form: CallForm, tail: Tail): Stmt[] | undefined {
  const body = form.sections.get("do");
  if (!body) return undefined;
  const otherwise = elseArms(lo, form, tail);
  const fallback = otherwise ?? [unmatched(form, tail)];
  const later = otherwise && lo.elseDepth >= DEEPEST_ELSE ? [unmatched(form, tail)] : fallback;
  return form.args.reduceRight<Stmt[]>(
    (inner, clause, index) => withClause(lo, clause, inner, index === 0 ? fallback : later, form),
    lo.block(body.body, tail, body),
  );
}

function elseArms(lo: Lowering, form: CallForm, tail: Tail): readonly MatchArm[] | undefined {
  const otherwise = form.sections.get("else");
  if (!otherwise) return undefined;
  lo.elseDepth += 1;
  const arms = armsOf(lo, stabsOf(otherwise.body), tail);
  lo.elseDepth -= 1;
  return arms;
}

function unmatched(at: Span, tail: Tail): MatchArm {
  const { start, end } = at;
  const body = tail === "drop" ? [] : [finish(nameAt(at, UNMATCHED), tail)];
  return { start, end, patterns: [bindAt(at, UNMATCHED)], body };
}

function withClause(lo: Lowering, clause: SyntaxNode, inner: Stmt[], fallback: readonly MatchArm[], form: Span): Stmt[] {
  const [left, right] = isBinary(clause, "<-") ? sidesOf(clause) : [undefined, undefined];
  if (!left || !right) return [...lo.block([clause], "drop", clause), ...inner];
  const [fits, guard] = isBinary(left, "when") ? sidesOf(left) : [left, undefined];
  const pattern = lo.pattern(fits ?? left);
  const subject = lo.expr(right);
  if (fitsAll(pattern) && !guard) return [letAt(clause, pattern, subject), ...inner];
  const at = spanOf(clause, form);
  const arm: MatchArm = {
    ...at,
    patterns: [pattern],
    ...(guard && { guard: lo.expr(guard) }),
    body: inner,
  };
  return [{ kind: "match", ...at, subject, arms: [arm, ...fallback], exhaustive: true }];
}

/** The accumulator of `for … reduce:`. */
const REDUCED = "_reduced";

/** `for`: a loop for each generator, an if for each filter. Its value is a list that nobody follows. */
export function lowerFor(lo: Lowering, form: CallForm, tail: Tail): Stmt[] | undefined {
  const body = form.sections.get("do");
  if (!body) return undefined;
  const initial = optionOf(lo, form, "reduce");
  const inner = initial ? reduceStep(lo, form) : lo.block(body.body, "drop", body);
  const loops = form.args.reduceRight<Stmt[]>((rest, clause) => forClause(lo, clause, rest, form), inner);
  if (initial) {
    return [letAt(initial, bindAt(initial, REDUCED), initial), ...loops, finish(nameAt(form, REDUCED), tail)];
  }
  const into = optionOf(lo, form, "into");
  const value = opaqueAt(form, into ? [into] : []);
  return tail === "drop" && !into ? loops : [...loops, finish(value, tail)];
}

function optionOf(lo: Lowering, form: CallForm, name: string): Expr | undefined {
  for (const pair of form.keywords) {
    const read = pairOf(lo, pair);
    if (read?.key === name) return lo.expr(read.value);
  }
  return undefined;
}

function reduceStep(lo: Lowering, form: CallForm): Stmt[] {
  const body = form.sections.get("do");
  if (!body || !isStabs(body.body)) return [];
  const { start, end } = body;
  const match: Stmt = {
    kind: "match",
    start,
    end,
    subject: nameAt(body, REDUCED),
    arms: armsOf(lo, stabsOf(body.body), "yield"),
    exhaustive: true,
  };
  const value: Expr = {
    kind: "assign",
    start,
    end,
    target: bindAt(body, REDUCED),
    value: blockExpr(body, [match]),
  };
  return [finish(value, "drop")];
}

function forClause(lo: Lowering, clause: SyntaxNode, body: Stmt[], form: Span): Stmt[] {
  const generator = generatorOf(clause);
  const at = spanOf(clause, form);
  if (!generator) {
    if (isBinary(clause, "=")) return [...lo.block([clause], "drop", clause), ...body];
    return [{ kind: "if", ...at, test: lo.expr(clause), then: body, otherwise: [] }];
  }
  const [fits, guard] = isBinary(generator.left, "when") ? sidesOf(generator.left) : [generator.left, undefined];
  const target: Pattern = lo.pattern(fits ?? generator.left);
  const guarded: Stmt[] = guard ? [{ kind: "if", ...at, test: lo.expr(guard), then: body, otherwise: [] }] : body;
  return [{ kind: "loop", ...at, over: lo.expr(generator.right), target, body: guarded }];
}

/** `x <- xs`, and `<<x <- bytes>>`, whose arrow stands before the last of its items. */
function generatorOf(clause: SyntaxNode): { readonly left: SyntaxNode; readonly right: SyntaxNode } | undefined {
  const arrow = clause.type === "bitstring" ? clause.children.at(-1) : clause;
  const [left, right] = isBinary(arrow, "<-") ? sidesOf(arrow) : [undefined, undefined];
  return left && right ? { left, right } : undefined;
}
