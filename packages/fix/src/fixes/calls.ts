import { bodiesOf, walkExpr, walkStmts, type CallExpr, type Expr, type FileIR, type Span } from "@telltale/scan/analysis";

/** Every expression of a file, those of the decorators of classes too: `@Module({ imports: [LoggerModule.forRoot(…)] })`. */
export function eachExpr(file: FileIR, see: (expr: Expr) => void): void {
  for (const { body } of bodiesOf(file)) walkStmts(body, see);
  for (const { decorators } of file.containers) for (const { args } of decorators) for (const arg of args) walkExpr(arg, see);
}

/** The call that stands exactly there. */
export function callAt(file: FileIR, at: Span): CallExpr | undefined {
  let call: CallExpr | undefined;
  eachExpr(file, (expr) => {
    if (expr.kind === "call" && expr.start === at.start && expr.end === at.end) call ??= expr;
  });
  return call;
}
