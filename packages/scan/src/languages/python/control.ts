import type { CatchClause, Expr, MatchArm, Pattern, Stmt } from "../../ir/nodes.ts";
import { bindAt, letAt, opaqueAt } from "../tree-sitter/build.ts";
import { childOf, childrenOf, fieldOf, fieldsOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { lowerCases } from "./cases.ts";
import type { Lowering } from "./lowering.ts";
import { textOf } from "./lowering.ts";

/** `if … elif … else`: each `elif` is an `if` in the `else` before it. */
export function lowerIf(lo: Lowering, node: SyntaxNode): Stmt {
  return chain(lo, node, fieldsOf(node, "alternative"), node.end);
}

function chain(lo: Lowering, node: SyntaxNode, rest: readonly SyntaxNode[], end: number): Stmt {
  const condition = fieldOf(node, "condition");
  const test = condition === undefined ? opaqueAt(node, []) : lo.expr(condition);
  const then = lo.block(fieldOf(node, "consequence"));
  const [next, ...more] = rest;
  const otherwise =
    next === undefined
      ? []
      : next.type === "elif_clause"
        ? [chain(lo, next, more, end)]
        : lo.block(fieldOf(next, "body") ?? childOf(next, "block"));
  return { kind: "if", start: node.start, end, test, then, otherwise };
}

export function lowerFor(lo: Lowering, node: SyntaxNode): Stmt[] {
  const { start, end } = node;
  const [left, right] = [fieldOf(node, "left"), fieldOf(node, "right")];
  const over = right === undefined ? null : lo.expr(right);
  const target = left === undefined ? undefined : lo.pattern(left);
  const body = lo.block(fieldOf(node, "body"));
  return [{ kind: "loop", start, end, over, ...(target && { target }), body }, ...afterLoop(lo, node)];
}

export function lowerWhile(lo: Lowering, node: SyntaxNode): Stmt[] {
  const { start, end } = node;
  const condition = fieldOf(node, "condition");
  const test = condition === undefined ? undefined : lo.expr(condition);
  const body = lo.block(fieldOf(node, "body"));
  return [{ kind: "loop", start, end, over: null, ...(test && { test }), body }, ...afterLoop(lo, node)];
}

/** The `else` of a loop runs where no `break` ended it: it may run, as what follows the loop does. */
function afterLoop(lo: Lowering, node: SyntaxNode): Stmt[] {
  const otherwise = fieldOf(node, "alternative");
  if (otherwise === undefined) return [];
  const body = lo.block(fieldOf(otherwise, "body") ?? childOf(otherwise, "block"));
  const test = opaqueAt({ start: otherwise.start, end: otherwise.start }, []);
  return [{ kind: "if", start: otherwise.start, end: otherwise.end, test, then: body, otherwise: [] }];
}

/** Types that catch whatever is raised. */
const EVERYTHING: ReadonlySet<string> = new Set(["Exception", "BaseException"]);
/** What is caught without a name. */
const RAISED = "_raised";

export function lowerTry(lo: Lowering, node: SyntaxNode): Stmt {
  const { start, end } = node;
  const body = lo.block(fieldOf(node, "body"));
  const clauses = node.children.filter((child) => child.type === "except_clause" || child.type === "except_group_clause");
  const catches = clauses.map((clause) => lowerExcept(lo, clause));
  const [otherwise, last] = [childOf(node, "else_clause"), childOf(node, "finally_clause")];
  return {
    kind: "try",
    start,
    end,
    body,
    catches,
    ...(otherwise && { otherwise: lo.block(fieldOf(otherwise, "body") ?? childOf(otherwise, "block")) }),
    ...(last && { finally: lo.block(childOf(last, "block")) }),
  };
}

function lowerExcept(lo: Lowering, node: SyntaxNode): CatchClause {
  const { start, end } = node;
  const written = node.children.filter((child) => child.type !== "block");
  const as = written.find((child) => child.type === "as_pattern");
  const [caught, alias] = as === undefined ? [written[0], written[1]] : [as.children[0], fieldOf(as, "alias")];
  const types = caught === undefined ? [] : typesOf(lo, caught);
  const name = alias === undefined ? RAISED : textOf(lo, alias);
  const outer = lo.scope.caught;
  lo.scope.caught = name;
  if (alias !== undefined) lo.scope.bound.add(name);
  const body = lo.block(childOf(node, "block"));
  lo.scope.caught = outer;
  const isRaisedAgain = body.some((stmt) => raisesAgain(stmt, name));
  const param = alias !== undefined || isRaisedAgain ? bindAt(alias ?? { start, end: start }, name) : undefined;
  return { start, end, types: types.some((type) => EVERYTHING.has(type)) ? [] : types, body, ...(param && { param }) };
}

function raisesAgain(stmt: Stmt, name: string): boolean {
  switch (stmt.kind) {
    case "throw":
      return stmt.value?.kind === "name" && stmt.value.name === name;
    case "if":
      return [...stmt.then, ...stmt.otherwise].some((inner) => raisesAgain(inner, name));
    case "blockStmt":
    case "loop":
    case "try":
      return stmt.body.some((inner) => raisesAgain(inner, name));
    default:
      return false;
  }
}

function typesOf(lo: Lowering, node: SyntaxNode): readonly string[] {
  if (node.type === "tuple" || node.type === "list" || node.type === "parenthesized_expression")
    return node.children.flatMap((child) => typesOf(lo, child));
  return node.type === "identifier" || node.type === "attribute" ? [textOf(lo, node)] : [];
}

/** `with a as b, c: …`: the names, then the block. What `suppress` is given is caught and forgotten. */
export function lowerWith(lo: Lowering, node: SyntaxNode): Stmt[] {
  const { start, end } = node;
  const clause = childOf(node, "with_clause");
  const items = clause === undefined ? [] : childrenOf(clause, "with_item");
  const opened: Stmt[] = [];
  const suppressed: string[] = [];
  for (const item of items) {
    const value = fieldOf(item, "value") ?? item.children[0];
    if (value === undefined) continue;
    const isNamed = value.type === "as_pattern";
    const managed = isNamed ? value.children[0] : value;
    const alias = isNamed ? fieldOf(value, "alias") : undefined;
    if (managed === undefined) continue;
    const expr = lo.expr(managed);
    suppressed.push(...suppressedBy(expr));
    opened.push(
      alias === undefined ? { kind: "expr", start: item.start, end: item.end, value: expr } : letAt(item, lo.pattern(alias), expr),
    );
  }
  const body = lo.block(fieldOf(node, "body"));
  if (suppressed.length === 0) return [...opened, { kind: "blockStmt", start, end, body }];
  const types = suppressed.some((type) => EVERYTHING.has(type)) ? [] : suppressed;
  return [...opened, { kind: "try", start, end, body, catches: [{ start: end, end, types, body: [] }] }];
}

/** https://docs.python.org/3/library/contextlib.html#contextlib.suppress */
function suppressedBy(expr: Expr): readonly string[] {
  if (expr.kind !== "call") return [];
  const name = expr.callee.kind === "name" ? expr.callee.name : expr.callee.kind === "member" ? expr.callee.property : null;
  if (name !== "suppress") return [];
  return expr.args.flatMap((arg) =>
    arg.kind === "name" ? [arg.name] : arg.kind === "member" && arg.property !== null ? [arg.property] : [],
  );
}

/** `match` goes on where no case fits. */
export function lowerMatch(lo: Lowering, node: SyntaxNode): Stmt {
  const { start, end } = node;
  const subjects = fieldsOf(node, "subject");
  const [first] = subjects;
  const subject: Expr =
    subjects.length === 1 && first !== undefined
      ? lo.expr(first)
      : { kind: "list", start, end: subjects.at(-1)?.end ?? start, items: subjects.map(lo.expr), tuple: true };
  const body = fieldOf(node, "body");
  const clauses = [...fieldsOf(node, "alternative"), ...(body === undefined ? [] : childrenOf(body, "case_clause"))];
  const arms = clauses.map((clause): MatchArm => {
    const patterns: readonly Pattern[] = lowerCases(lo, clause);
    const condition = fieldOf(clause, "guard")?.children[0];
    const guard = condition === undefined ? undefined : lo.expr(condition);
    return { start: clause.start, end: clause.end, patterns, ...(guard && { guard }), body: lo.block(fieldOf(clause, "consequence")) };
  });
  return { kind: "match", start, end, subject, arms, exhaustive: arms.some(takesAll) };
}

function takesAll({ patterns, guard }: MatchArm): boolean {
  const [only] = patterns;
  if (guard !== undefined || patterns.length !== 1) return false;
  return only?.kind === "anyPattern" || (only?.kind === "bind" && only.also === undefined);
}
