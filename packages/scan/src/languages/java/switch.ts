import type { Expr, MatchArm, Pattern, Stmt } from "../../ir/nodes.ts";
import { blockExpr, opaqueAt } from "../tree-sitter/build.ts";
import { fallenThrough, type WrittenCase } from "../fall-through.ts";
import { childOf, childrenOf, fieldOf, hasToken, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { within, type Lowering } from "../jvm/lowering.ts";
import { lowerPattern } from "./patterns.ts";

/** What the heads of a case say. */
interface Head {
  readonly patterns: readonly Pattern[];
  readonly guard?: Expr;
  readonly isDefault: boolean;
}

/** `switch` as a statement. */
export function lowerSwitch(lo: Lowering, node: SyntaxNode): Stmt[] {
  return [match(lo, node, false)];
}

/** `switch` as a value: every arm yields, or ends otherwise. */
export function lowerSwitchExpression(lo: Lowering, node: SyntaxNode): Expr {
  return blockExpr(node, [match(lo, node, true)]);
}

function match(lo: Lowering, node: SyntaxNode, yields: boolean): Stmt {
  const { start, end } = node;
  const condition = fieldOf(node, "condition");
  const subject = condition === undefined ? opaqueAt(node, []) : lo.expr(condition);
  const body = fieldOf(node, "body");
  const rules = body === undefined ? [] : childrenOf(body, "switch_rule");
  const arms = rules.length > 0 ? rules.map((rule) => lowerRule(lo, rule, yields)) : lowerGroups(lo, body?.children ?? []);
  const isDefault = (arm: MatchArm): boolean => arm.patterns.length === 0 && arm.guard === undefined;
  return {
    kind: "match",
    start,
    end,
    subject,
    arms: [...arms.filter((arm) => !isDefault(arm)), ...arms.filter(isDefault)],
    exhaustive: yields || arms.some(isDefault),
  };
}

function headOf(lo: Lowering, labels: readonly SyntaxNode[]): Head {
  const guard = labels.flatMap((label) => childOf(label, "guard")?.children ?? [])[0];
  const tests = labels.flatMap((label) => label.children.filter((child) => child.type !== "guard"));
  const isDefault = labels.some((label) => hasToken(label, "default"));
  const patterns = isDefault ? [] : tests.map((test) => lowerPattern(lo, test));
  return { patterns, isDefault, ...(guard && !isDefault && { guard: lo.expr(guard) }) };
}

/** `case A, B -> value;` */
function lowerRule(lo: Lowering, rule: SyntaxNode, yields: boolean): MatchArm {
  const { start, end } = rule;
  return within(lo, [], () => {
    const { patterns, guard } = headOf(lo, childrenOf(rule, "switch_label"));
    const body = rule.children.filter((child) => child.type !== "switch_label").flatMap((child) => lowerResult(lo, child, yields));
    return { start, end, patterns, ...(guard && { guard }), body };
  });
}

function lowerResult(lo: Lowering, node: SyntaxNode, yields: boolean): Stmt[] {
  const [value] = node.children;
  if (!yields || node.type !== "expression_statement" || value === undefined) return lo.statement(node);
  return [{ kind: "yield", start: node.start, end: node.end, value: lo.expr(value) }];
}

interface Group extends WrittenCase {
  readonly head: Head;
}

/** `case 1: case 2: …; break;`: what falls through is copied, and `break` is gone. */
function lowerGroups(lo: Lowering, nodes: readonly SyntaxNode[]): MatchArm[] {
  const breaks = new Set<Stmt>();
  const written = joinEmpty(nodes.filter((node) => node.type === "switch_block_statement_group")).map((group) =>
    lowerGroup(lo, group, breaks),
  );
  return written.map(({ head, start }, index) => {
    const { body, end } = fallenThrough(written, index, breaks);
    return { start, end, patterns: head.patterns, ...(head.guard && { guard: head.guard }), body };
  });
}

const isEmpty = (node: SyntaxNode): boolean => node.children.every((child) => child.type === "switch_label");

function joinEmpty(nodes: readonly SyntaxNode[]): SyntaxNode[][] {
  const groups: SyntaxNode[][] = [];
  let open: SyntaxNode[] | undefined;
  for (const node of nodes) {
    if (open === undefined) groups.push((open = []));
    open.push(node);
    if (!isEmpty(node)) open = undefined;
  }
  return groups;
}

function lowerGroup(lo: Lowering, nodes: readonly SyntaxNode[], breaks: Set<Stmt>): Group {
  return within(lo, [], () => {
    const head = headOf(
      lo,
      nodes.flatMap((node) => childrenOf(node, "switch_label")),
    );
    const statements = nodes.flatMap((node) => node.children.filter((child) => child.type !== "switch_label"));
    const body = statements.flatMap((one) => {
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
    if (one.type === "break_statement" && one.children.length === 0) places.add(one.start);
    else if (!/^(?:while|do|for|enhanced_for)_statement$|^switch_expression$|^lambda_expression$|_declaration$/.test(one.type))
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
