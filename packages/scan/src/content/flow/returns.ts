import type { Expr, FunctionIR, Stmt } from "../../ir/nodes.ts";

const known = new WeakMap<FunctionIR, readonly Expr[]>();

/** What a function gives: the values of its returns, those of functions inside left out. */
export function returnsOf(fn: FunctionIR): readonly Expr[] {
  let found = known.get(fn);
  if (found === undefined) known.set(fn, (found = inStmts(fn.body, "return")));
  return found;
}

/** What a block gives where it is used as an expression. */
export function yieldsOf(body: readonly Stmt[]): readonly Expr[] {
  return inStmts(body, "yield");
}

function inStmts(body: readonly Stmt[], kind: "return" | "yield"): Expr[] {
  return body.flatMap((stmt) => inStmt(stmt, kind));
}

function inStmt(stmt: Stmt, kind: "return" | "yield"): Expr[] {
  switch (stmt.kind) {
    case "return":
    case "yield":
      return stmt.kind === kind && stmt.value !== null ? [stmt.value] : [];
    case "if":
      return [...inStmts(stmt.then, kind), ...inStmts(stmt.otherwise, kind)];
    case "match":
      return stmt.arms.flatMap((arm) => inStmts(arm.body, kind));
    case "loop":
    case "blockStmt":
      return inStmts(stmt.body, kind);
    case "try":
      return [
        ...inStmts(stmt.body, kind),
        ...stmt.catches.flatMap((clause) => inStmts(clause.body, kind)),
        ...inStmts(stmt.otherwise ?? [], kind),
        ...inStmts(stmt.finally ?? [], kind),
      ];
    default:
      return [];
  }
}
