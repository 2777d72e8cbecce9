import { isCheckOf, isPasswordCheck } from "../actions/checks.ts";
import { assignedDeed } from "../actions/assigned.ts";
import { deedWords, throughUnit, writesFields } from "../actions/deeds.ts";
import type { DeedFact } from "../actions/name.ts";
import type { CallExpr, Expr, FunctionIR } from "../ir/nodes.ts";
import { walkStmts } from "../ir/walk.ts";
import { pathOf } from "../outcomes/values.ts";

/** The deeds that stand in a function itself, functions inside it included, as its text alone shows them. */
export function ownDeeds(fn: FunctionIR): DeedFact[] {
  const deeds: DeedFact[] = [];
  for (const inner of fn.file.functions) {
    if (inner.start < fn.start || inner.end > fn.end) continue;
    walkStmts(inner.body, (expr) => {
      if (expr.kind === "call" && !expr.creates) deeds.push(...deedsOfCall(expr));
      const assigned =
        expr.kind === "assign" && expr.target.kind === "member" ? assignedDeed(pathOf(expr.target), isNothing(expr.value)) : undefined;
      const words = assigned === undefined ? undefined : deedWords(assigned, []);
      if (assigned !== undefined && words !== undefined) deeds.push({ words, path: assigned, depth: 0, line: 0 });
    });
  }
  return deeds;
}

function isNothing(expr: Expr): boolean {
  return expr.kind === "literal" && (expr.value === null || expr.value === false);
}

function deedsOfCall(call: CallExpr): DeedFact[] {
  const args = call.args.map(pathOf);
  const path = throughUnit(pathOf(call.callee), args[0]?.split(".").at(-1));
  const words = deedWords(path, writesFields(path) ? call.args.flatMap((arg) => fieldsOf(arg, 2)) : [], call.args.length);
  const facts: DeedFact[] = words === undefined ? [] : [{ words, path, depth: 0, line: 0 }];
  if (isCheckOf(path, args) && isPasswordCheck(path, args)) facts.push({ words: ["authenticate", "credential"], path, depth: 0, line: 0 });
  return facts;
}

/** Keys of the objects that a call is given; a name could hold any, and is seen when the handler is walked. */
function fieldsOf(expr: Expr, depth: number): string[] {
  if (expr.kind !== "record") return [];
  return expr.entries.flatMap((entry) => [
    ...(entry.key === null ? [] : [entry.key]),
    ...(depth > 0 ? fieldsOf(entry.value, depth - 1) : []),
  ]);
}
