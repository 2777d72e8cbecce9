import { bodiesOf, walkStmts, type CallExpr, type FileIR, type Span } from "@telltale/scan/analysis";

/** The call that stands exactly there. */
export function callAt(file: FileIR, at: Span): CallExpr | undefined {
  let call: CallExpr | undefined;
  for (const { body } of bodiesOf(file)) {
    walkStmts(body, (expr) => {
      if (expr.kind === "call" && expr.start === at.start && expr.end === at.end) call ??= expr;
    });
  }
  return call;
}
