import type { Expr, MatchArm, Pattern, Stmt } from "../../ir/nodes.ts";
import { blockExpr, opaqueAt } from "../tree-sitter/build.ts";
import { fallenThrough, type WrittenCase } from "../fall-through.ts";
import { childOf, childrenOf, fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { within, type Lowering } from "./lowering.ts";
import { isPlain, lowerPattern, tests } from "./patterns.ts";

/** What stands before `:` or `=>`. */
interface Head {
  readonly patterns: readonly Pattern[];
  readonly guard?: Expr;
  readonly isDefault: boolean;
}

/** `switch (x) { case 1: … }` */
export function lowerSwitch(lo: Lowering, node: SyntaxNode): Stmt {
  const { start, end } = node;
  const value = fieldOf(node, "value") ?? node.children[0];
  const subject = value === undefined ? opaqueAt(node, []) : lo.expr(value);
  const arms = within(lo, [], () => lowerSections(lo, fieldOf(node, "body")?.children ?? [], subject));
  return { kind: "match", start, end, subject, arms: defaultLast(arms), exhaustive: arms.some(isAny) };
}

/** `x switch { 1 => "a", _ => throw … }`: every arm yields, or ends otherwise; what fits none raises. */
export function lowerSwitchExpression(lo: Lowering, node: SyntaxNode): Expr {
  const { start, end } = node;
  const [value] = node.children;
  const subject = value === undefined ? opaqueAt(node, []) : lo.expr(value);
  const arms = childrenOf(node, "switch_expression_arm").map((arm) => within(lo, [], () => lowerArm(lo, arm, subject)));
  return blockExpr(node, [{ kind: "match", start, end, subject, arms, exhaustive: true }]);
}

const isAny = (arm: MatchArm): boolean => arm.patterns.length === 0 && arm.guard === undefined;
const defaultLast = (arms: readonly MatchArm[]): MatchArm[] => [...arms.filter((arm) => !isAny(arm)), ...arms.filter(isAny)];

function lowerArm(lo: Lowering, node: SyntaxNode, subject: Expr): MatchArm {
  const { start, end } = node;
  const outer = lo.hoisted;
  lo.hoisted = [];
  const [pattern] = node.children;
  const { patterns, guard } = headOf(lo, pattern === undefined ? [] : [pattern], childOf(node, "when_clause"), subject);
  const result = node.children.at(-1);
  const body: Stmt[] = result === undefined || result === pattern ? [] : [given(lo, result)];
  const declared = lo.hoisted;
  lo.hoisted = outer;
  // Names that a guard binds must be there before it.
  lo.hoisted.push(...declared);
  return { start, end, patterns, ...(guard && { guard }), body };
}

function given(lo: Lowering, result: SyntaxNode): Stmt {
  const { start, end } = result;
  const [thrown] = result.children;
  if (result.type === "throw_expression" && thrown !== undefined) return { kind: "throw", start, end, value: lo.expr(thrown) };
  return { kind: "yield", start, end, value: lo.expr(result) };
}

function headOf(lo: Lowering, nodes: readonly SyntaxNode[], when: SyntaxNode | undefined, subject: Expr): Head {
  const read = nodes.map((node) => ({ node, patterns: lowerPattern(lo, node) }));
  const isDefault = read.length === 0 || read.some(({ patterns }) => patterns?.length === 0);
  const odd = read.filter(({ patterns }) => patterns === undefined);
  const condition = when?.children[0] === undefined ? undefined : lo.expr(when.children[0]);
  const guards =
    odd.length === 0 ? [] : [odd.map(({ node }) => oddTest(lo, node, subject)).reduce((left, right) => logical("or", left, right))];
  const guard = [...guards, ...(condition === undefined ? [] : [condition])].reduce<Expr | undefined>(
    (left, right) => (left === undefined ? right : logical("and", left, right)),
    undefined,
  );
  const patterns = isDefault || odd.length > 0 ? [] : read.flatMap((one) => one.patterns ?? []);
  return { patterns, isDefault: isDefault && guard === undefined, ...(guard && { guard }) };
}

function oddTest(lo: Lowering, node: SyntaxNode, subject: Expr): Expr {
  return isPlain(subject) ? tests(lo, node, { ...subject, start: node.start, end: node.start }) : opaqueAt(node, []);
}

const logical = (op: "and" | "or", left: Expr, right: Expr): Expr => ({
  kind: "logical",
  start: Math.min(left.start, right.start),
  end: Math.max(left.end, right.end),
  op,
  left,
  right,
});

interface Section extends WrittenCase {
  readonly head: Head;
}

/** Sections without statements join the next one; `break` is gone. */
function lowerSections(lo: Lowering, nodes: readonly SyntaxNode[], subject: Expr): MatchArm[] {
  const breaks = new Set<Stmt>();
  const written = joinEmpty(nodes.filter((node) => node.type === "switch_section")).map((group) =>
    lowerSection(lo, group, subject, breaks),
  );
  return written.map(({ head, start }, index) => {
    const { body, end } = fallenThrough(written, index, breaks);
    return { start, end, patterns: head.patterns, ...(head.guard && { guard: head.guard }), body };
  });
}

const isPattern = (node: SyntaxNode): boolean => /_pattern$|^discard$/.test(node.type);
const isHead = (node: SyntaxNode): boolean => isPattern(node) || node.type === "when_clause";

function joinEmpty(nodes: readonly SyntaxNode[]): SyntaxNode[][] {
  const groups: SyntaxNode[][] = [];
  let open: SyntaxNode[] | undefined;
  for (const node of nodes) {
    if (open === undefined) groups.push((open = []));
    open.push(node);
    if (!node.children.every(isHead)) open = undefined;
  }
  return groups;
}

function lowerSection(lo: Lowering, nodes: readonly SyntaxNode[], subject: Expr, breaks: Set<Stmt>): Section {
  return within(lo, [], () => {
    const outer = lo.hoisted;
    lo.hoisted = [];
    const isDefault = nodes.some((node) => node.tokens.includes("default"));
    const when = nodes.flatMap((node) => childOf(node, "when_clause") ?? [])[0];
    const head = isDefault
      ? { patterns: [], isDefault }
      : headOf(
          lo,
          nodes.flatMap((node) => node.children.filter(isPattern)),
          when,
          subject,
        );
    const declared = lo.hoisted;
    lo.hoisted = [...outer, ...declared];
    const body = nodes
      .flatMap((node) => node.children.filter((child) => !isHead(child)))
      .flatMap((one) => {
        const made = lo.statement(one);
        for (const jump of breaksIn(one, made)) breaks.add(jump);
        return made;
      });
    return { start: nodes[0]?.start ?? 0, end: nodes.at(-1)?.end ?? 0, head, body };
  });
}

/** The jumps that `break`s of this switch are: those of loops and switches inside stay theirs. */
function breaksIn(node: SyntaxNode, made: readonly Stmt[]): Stmt[] {
  const places = new Set<number>();
  const visit = (one: SyntaxNode): void => {
    if (one.type === "break_statement") places.add(one.start);
    else if (!/^(?:while|do|for|foreach|switch)_statement$|^lambda_expression$|^local_function_statement$/.test(one.type))
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
