import type { CatchClause, Expr, FunctionIR, Param, Pattern, Span, Stmt } from "../../ir/nodes.ts";
import { boundNames, walkExpr, walkStmts } from "../../ir/walk.ts";
import { namesOf } from "../../loggers/call-view.ts";

/** What is tried, and what is done where it fails: `try … catch`, `promise.catch(…)`, `x rescue nil`. */
export interface Attempt {
  readonly tried: readonly Stmt[];
  readonly clause: readonly Stmt[];
  /** Where the clause stands. */
  readonly at: Span;
  /** The name of the error; "" where it has none. */
  readonly error: string;
  /** Names of the types that are caught; empty: all. */
  readonly types: readonly string[];
  /** It stands in a clause that deals with another error. */
  readonly isNested: boolean;
  /** What comes after it in the same list. */
  readonly after: readonly Stmt[];
}

/** Every attempt of a body whose value nobody asks for; nested functions apart. */
export function attemptsIn(body: readonly Stmt[]): readonly Attempt[] {
  const found: Attempt[] = [];
  const visit = (stmts: readonly Stmt[], isNested: boolean): void => {
    for (const [i, stmt] of stmts.entries()) {
      const after = stmts.slice(i + 1);
      switch (stmt.kind) {
        case "try":
          for (const clause of stmt.catches) found.push(ofClause(stmt.body, clause, isNested, after));
          visit(stmt.body, isNested);
          for (const clause of stmt.catches) visit(clause.body, true);
          visit(stmt.finally ?? [], isNested);
          break;
        case "expr":
          visitExpr(stmt.value, isNested, after);
          break;
        case "if":
          visit(stmt.then, isNested);
          visit(stmt.otherwise, isNested);
          break;
        case "match":
          for (const arm of stmt.arms) visit(arm.body, isNested);
          break;
        case "loop":
        case "blockStmt":
          visit(stmt.body, isNested);
          break;
        default:
          break;
      }
    }
  };
  const visitExpr = (expr: Expr, isNested: boolean, after: readonly Stmt[]): void => {
    const value = expr.kind === "await" ? expr.value : expr;
    if (value.kind === "block") return visit(value.body, isNested);
    const handed = ofPromise(value, isNested, after);
    if (handed !== undefined) found.push(handed);
  };
  visit(body, false);
  return found;
}

function ofClause(tried: readonly Stmt[], clause: CatchClause, isNested: boolean, after: readonly Stmt[]): Attempt {
  return {
    tried,
    clause: clause.body,
    at: clause,
    error: nameOf(clause.param),
    types: clause.types.filter((type) => type !== ""),
    isNested,
    after,
  };
}

/** `revoke(id).catch(() => {})`. */
function ofPromise(value: Expr, isNested: boolean, after: readonly Stmt[]): Attempt | undefined {
  if (value.kind !== "call" || value.callee.kind !== "member" || value.callee.property !== "catch") return undefined;
  const [handler] = value.args;
  if (handler?.kind !== "function" || value.args.length !== 1) return undefined;
  const tried: Stmt = { kind: "expr", value: value.callee.object, start: value.start, end: value.end };
  return { tried: [tried], clause: handler.fn.body, at: value, error: firstName(handler.fn), types: [], isNested, after };
}

const nameOf = (pattern: Pattern | undefined): string => (pattern === undefined ? "" : (boundNames(pattern)[0] ?? ""));
const firstName = ({ params: [first] }: FunctionIR): string => nameOf((first as Param | undefined)?.pattern);

/** The calls that stand in statements themselves, outermost first. */
export function callsIn(body: readonly Stmt[]): readonly (Expr & { readonly kind: "call" })[] {
  const calls: (Expr & { readonly kind: "call" })[] = [];
  walkStmts(body, (expr) => {
    if (expr.kind === "call") calls.push(expr);
  });
  return calls;
}

/** The calls of statements whose errors get out of them: not those of an inner attempt that takes every error and throws none. */
export function callsThrough(body: readonly Stmt[]): readonly (Expr & { readonly kind: "call" })[] {
  const kept = attemptsIn(body).filter(({ types, clause }) => types.length === 0 && !throwsIn(clause));
  const isKept = (call: Span): boolean => kept.some(({ tried }) => tried.some(({ start, end }) => start <= call.start && call.end <= end));
  return callsIn(body).filter((call) => !isKept(call));
}

/** Whether statements read a name. */
export function readsName(body: readonly Stmt[], name: string): boolean {
  let isRead = false;
  walkStmts(body, (expr) => {
    if (expr.kind === "name" && expr.name === name) isRead = true;
    if (expr.kind === "function") isRead ||= readsName(expr.fn.body, name);
  });
  return isRead;
}

/** Whether something is thrown, nested blocks included. */
export function throwsIn(body: readonly Stmt[]): boolean {
  return body.some((stmt) => {
    switch (stmt.kind) {
      case "throw":
        return true;
      case "if":
        return throwsIn(stmt.then) || throwsIn(stmt.otherwise);
      case "match":
        return stmt.arms.some((arm) => throwsIn(arm.body));
      case "loop":
      case "blockStmt":
        return throwsIn(stmt.body);
      case "try":
        return throwsIn(stmt.body) || stmt.catches.some((clause) => throwsIn(clause.body));
      default:
        return false;
    }
  });
}

/** Names that statements give values to. */
export function assignedIn(body: readonly Stmt[]): readonly string[] {
  const names: string[] = [];
  walkStmts(body, (expr) => {
    if (expr.kind === "assign") names.push(...(expr.target.kind === "member" ? namesOf(expr.target).slice(0, 1) : boundNames(expr.target)));
  });
  return names;
}

/** Members that statements set: `req.user = …` gives `user`. */
export function membersSetIn(body: readonly Stmt[]): readonly string[] {
  const names: string[] = [];
  const read = (expr: Expr): void =>
    walkExpr(expr, (at) => {
      if (at.kind === "assign" && at.target.kind === "member" && at.target.property !== null) names.push(at.target.property);
      if (at.kind === "call" && /^(?:set|assign|put)$/i.test(namesOf(at.callee).at(-1) ?? ""))
        names.push(...at.args.flatMap((arg) => (arg.kind === "literal" ? [String(arg.value)] : [])));
    });
  walkStmts(body, (expr) => void read(expr));
  return names;
}
