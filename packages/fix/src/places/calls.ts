import { walkStmts, type FileIR, type FunctionIR, type Span } from "@telltale/scan/analysis";
import { holds } from "./text.ts";

/** Calls of some names in a function and the closures in it, in the order of the text. */
export function callsOf(file: FileIR, fn: FunctionIR, ...names: readonly string[]): readonly Span[] {
  const calls: Span[] = [];
  for (const one of file.functions.filter((inner) => holds(fn, inner))) {
    walkStmts(one.body, (expr) => {
      if (expr.kind !== "call") return;
      const { callee } = expr;
      const last = callee.kind === "name" ? callee.name : callee.kind === "member" ? callee.property : null;
      if (last !== null && names.includes(last)) calls.push({ start: expr.start, end: expr.end });
    });
  }
  return calls.sort((a, b) => a.start - b.start);
}
