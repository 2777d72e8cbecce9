import { actionMask, deedWords, walkStmts, type CallExpr, type Expr, type FileIR, type Span } from "@telltale/scan/analysis";
import { holds } from "../../places/text.ts";

/**
 * Calls inside a stretch of a file that by their name do something sensitive: a success is not told before they are done.
 * `plain`: names of functions that only make or send an answer, whatever their names say.
 */
export function worksIn(file: FileIR, at: Span, plain: RegExp): readonly CallExpr[] {
  const found: CallExpr[] = [];
  const visit = (expr: Expr): void => {
    if (expr.kind === "call" && holds(at, expr) && isWork(expr, plain)) found.push(expr);
  };
  walkStmts(file.body, visit);
  for (const fn of file.functions) if (fn.start < at.end && at.start < fn.end) walkStmts(fn.body, visit);
  return found;
}

function isWork(call: CallExpr, plain: RegExp): boolean {
  const path = pathOf(call.callee);
  if (path === undefined || call.creates === true || plain.test(path)) return false;
  const words = deedWords(path, [], call.args.length);
  return words !== undefined && actionMask(words) !== 0;
}

function pathOf(expr: Expr): string | undefined {
  if (expr.kind === "name") return expr.name;
  if (expr.kind === "call") return pathOf(expr.callee);
  if (expr.kind !== "member" || expr.property === null) return undefined;
  const object = pathOf(expr.object);
  return object === undefined ? expr.property : `${object}.${expr.property}`;
}
