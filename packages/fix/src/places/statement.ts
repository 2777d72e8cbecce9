import type { FileIR, FunctionIR, Span, Stmt } from "@telltale/scan/analysis";
import { holds } from "./text.ts";

/** A statement with the list that it stands in. */
export interface Found {
  readonly stmt: Stmt;
  readonly list: readonly Stmt[];
  /** The statement whose list that is; undefined for the body of the function or file. */
  readonly owner: Stmt | undefined;
}

/** The statements of a function (or of the top level) that hold a span, the outermost first. */
export function statementsAround(file: FileIR, fn: FunctionIR | undefined, at: Span): readonly Found[] {
  const path: Found[] = [];
  let list: readonly Stmt[] | undefined = fn?.body ?? file.body;
  let owner: Stmt | undefined;
  while (list !== undefined) {
    const here: readonly Stmt[] = list;
    const stmt: Stmt | undefined = here.find((one) => holds(one, at));
    if (stmt === undefined) break;
    path.push({ stmt, list: here, owner });
    owner = stmt;
    list = listsOf(stmt).find((inner) => inner.some((one) => holds(one, at)));
  }
  return path;
}

/** The statements of the innermost `catch` that holds a span. */
export function catchAround(file: FileIR, fn: FunctionIR | undefined, at: Span): readonly Stmt[] | undefined {
  return statementsAround(file, fn, at).findLast(
    ({ list, owner }) => owner?.kind === "try" && owner.catches.some(({ body }) => body === list),
  )?.list;
}

/** The lists of statements inside a statement. */
export function listsOf(stmt: Stmt): readonly (readonly Stmt[])[] {
  switch (stmt.kind) {
    case "if":
      return [stmt.then, stmt.otherwise];
    case "match":
      return stmt.arms.map((arm) => arm.body);
    case "loop":
    case "blockStmt":
      return [stmt.body];
    case "try":
      return [stmt.body, ...stmt.catches.map((one) => one.body), stmt.otherwise ?? [], stmt.finally ?? []];
    case "expr":
    case "yield":
    case "let":
    case "return":
    case "throw":
      return stmt.value?.kind === "block" ? [stmt.value.body] : [];
    default:
      return [];
  }
}

/** The innermost function that holds a span. */
export function functionAround(file: FileIR, at: Span): FunctionIR | undefined {
  let around: FunctionIR | undefined;
  for (const fn of file.functions) {
    if (fn.start > at.start) break;
    if (holds(fn, at)) around = fn;
  }
  return around;
}
