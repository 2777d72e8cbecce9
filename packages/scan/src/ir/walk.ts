import type { ContainerIR, Expr, FunctionIR, Pattern, Stmt } from "./nodes.ts";

/** Called for each expression before its parts. Return false to leave its parts out. Functions are entered only where `enter` is. */
export type Visit = (expr: Expr) => boolean | void;

/** Every expression of the statements, in source order, outer before inner; not inside nested functions and containers. */
export function walkStmts(body: readonly Stmt[], visit: Visit): void {
  for (const stmt of body) walkStmt(stmt, visit);
}

function walkStmt(stmt: Stmt, visit: Visit): void {
  switch (stmt.kind) {
    case "expr":
    case "yield":
      return walkExpr(stmt.value, visit);
    case "let":
      walkPattern(stmt.target, visit);
      if (stmt.value !== null) walkExpr(stmt.value, visit);
      return;
    case "return":
    case "throw":
      if (stmt.value !== null) walkExpr(stmt.value, visit);
      return;
    case "if":
      walkExpr(stmt.test, visit);
      walkStmts(stmt.then, visit);
      return walkStmts(stmt.otherwise, visit);
    case "match":
      walkExpr(stmt.subject, visit);
      for (const arm of stmt.arms) {
        for (const pattern of arm.patterns) walkPattern(pattern, visit);
        if (arm.guard !== undefined) walkExpr(arm.guard, visit);
        walkStmts(arm.body, visit);
      }
      return;
    case "loop":
      if (stmt.over !== null) walkExpr(stmt.over, visit);
      if (stmt.test !== undefined) walkExpr(stmt.test, visit);
      return walkStmts(stmt.body, visit);
    case "try":
      walkStmts(stmt.body, visit);
      for (const clause of stmt.catches) walkStmts(clause.body, visit);
      walkStmts(stmt.otherwise ?? [], visit);
      return walkStmts(stmt.finally ?? [], visit);
    case "blockStmt":
      return walkStmts(stmt.body, visit);
    case "jump":
      return;
  }
}

export function walkExpr(expr: Expr, visit: Visit): void {
  if (visit(expr) === false) return;
  switch (expr.kind) {
    case "member":
      walkExpr(expr.object, visit);
      if (expr.index !== undefined) walkExpr(expr.index, visit);
      return;
    case "template":
      for (const part of expr.parts) if (typeof part !== "string") walkExpr(part, visit);
      return;
    case "call":
      walkExpr(expr.callee, visit);
      for (const arg of expr.args) walkExpr(arg, visit);
      return;
    case "record":
      if (expr.base !== undefined) walkExpr(expr.base, visit);
      for (const entry of expr.entries) walkExpr(entry.value, visit);
      return;
    case "list":
      for (const item of expr.items) walkExpr(item, visit);
      return;
    case "choice":
      walkExpr(expr.test, visit);
      walkExpr(expr.then, visit);
      return walkExpr(expr.otherwise, visit);
    case "logical":
    case "binary":
      walkExpr(expr.left, visit);
      return walkExpr(expr.right, visit);
    case "assign":
      if (expr.target.kind === "member") walkExpr(expr.target, visit);
      return walkExpr(expr.value, visit);
    case "not":
    case "await":
    case "spread":
      return walkExpr(expr.value, visit);
    case "block":
      return walkStmts(expr.body, visit);
    case "opaque":
      for (const part of expr.parts) walkExpr(part, visit);
      return;
    case "name":
    case "literal":
    case "function":
    case "container":
      return;
  }
}

function walkPattern(pattern: Pattern, visit: Visit): void {
  if ("default" in pattern && pattern.default !== undefined) walkExpr(pattern.default, visit);
  if (pattern.kind === "equalsPattern") walkExpr(pattern.value, visit);
  else if (pattern.kind === "recordPattern") for (const entry of pattern.entries) walkPattern(entry.pattern, visit);
  else if (pattern.kind === "listPattern") for (const item of pattern.items) walkPattern(item, visit);
  else if (pattern.kind === "bind" && pattern.also !== undefined) walkPattern(pattern.also, visit);
}

/** Names that a pattern binds. */
export function boundNames(pattern: Pattern): string[] {
  switch (pattern.kind) {
    case "bind":
      return [pattern.name, ...(pattern.also === undefined ? [] : boundNames(pattern.also))];
    case "recordPattern":
      return pattern.entries.flatMap((entry) => boundNames(entry.pattern));
    case "listPattern":
      return pattern.items.flatMap(boundNames);
    default:
      return [];
  }
}

/** Every statement list of a function, container or file with what stands in it, nested functions apart. */
export function bodiesOf(file: {
  readonly functions: readonly FunctionIR[];
  readonly containers: readonly ContainerIR[];
  readonly body: readonly Stmt[];
}): {
  readonly body: readonly Stmt[];
  readonly scope: FunctionIR | null;
  readonly container: ContainerIR | null;
}[] {
  return [
    { body: file.body, scope: null, container: null },
    ...file.containers.map((container) => ({ body: container.body, scope: null, container })),
    ...file.functions.map((fn) => ({ body: fn.body, scope: fn, container: fn.container ?? null })),
  ];
}

/** Each `let` of the statements, nested blocks included, nested functions not. */
export function forEachLet(body: readonly Stmt[], visit: (target: Pattern, value: Expr | null) => void): void {
  for (const stmt of body) {
    switch (stmt.kind) {
      case "let":
        visit(stmt.target, stmt.value);
        break;
      case "if":
        forEachLet(stmt.then, visit);
        forEachLet(stmt.otherwise, visit);
        break;
      case "match":
        for (const arm of stmt.arms) forEachLet(arm.body, visit);
        break;
      case "loop":
      case "blockStmt":
        forEachLet(stmt.body, visit);
        break;
      case "try":
        forEachLet(stmt.body, visit);
        for (const clause of stmt.catches) forEachLet(clause.body, visit);
        forEachLet(stmt.otherwise ?? [], visit);
        forEachLet(stmt.finally ?? [], visit);
        break;
      default:
        break;
    }
  }
}
