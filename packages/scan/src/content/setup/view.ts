import type { ContainerIR, Expr, FileIR, FunctionIR, Span, Stmt } from "../../ir/nodes.ts";
import { declaredValue } from "../../ir/scope.ts";
import { bodiesOf, walkExpr, walkStmts } from "../../ir/walk.ts";
import { callView, namesOf } from "../../loggers/call-view.ts";
import { originIn } from "../../loggers/origin.ts";
import type { SetupAssign, SetupCall, SetupView, Stage } from "./facts.ts";
import { opposite, stageOfPath, stageOfTest } from "./stages.ts";

/** Everything that readers ask about a file, in one walk. */
export function setupView(file: FileIR): SetupView {
  const calls: SetupCall[] = [];
  const assigns: SetupAssign[] = [];
  const ofFile = stageOfPath(file.path);
  const note = (expr: Expr, fn: FunctionIR | null, container: ContainerIR | null, stages: (span: Span) => Stage | undefined): void => {
    const stage = staged(stages(expr) ?? ofFile);
    if (expr.kind === "call") {
      const { path, method, origin } = callView(expr, originIn(file, fn));
      calls.push({ call: expr, fn, container, names: path.split("."), method, origin, ...stage });
    } else if (expr.kind === "assign" && expr.target.kind === "member") {
      assigns.push({ assign: expr, fn, names: namesOf(expr.target), ...stage });
    }
  };
  for (const { body, scope: fn, container } of bodiesOf(file)) {
    const stages = stagesIn(body);
    walkStmts(body, (expr) => note(expr, fn, container, stages));
  }
  // `@Module({ imports: [LoggerModule.forRoot(…)] })`
  for (const container of file.containers)
    for (const { args } of container.decorators)
      for (const arg of args) walkExpr(arg, (expr) => note(expr, null, container, () => undefined));
  return { file, calls, assigns, valueOf: (name, fn) => declaredValue(file, fn, name)?.value };
}

function staged(stage: Stage | undefined): { stage?: Stage } {
  return stage === undefined ? {} : { stage };
}

interface Part extends Span {
  readonly stage: Stage;
}

/** The stage of the innermost branch around a place that is taken in one stage only. */
function stagesIn(body: readonly Stmt[]): (span: Span) => Stage | undefined {
  const parts: Part[] = [];
  branches(body, parts);
  walkStmts(body, (expr) => {
    if (expr.kind === "choice") add(parts, expr.test, expr.then, expr.otherwise);
    if (expr.kind === "logical" && expr.op === "and") add(parts, expr.left, expr.right, undefined);
  });
  return (span) =>
    parts.filter((part) => part.start <= span.start && span.end <= part.end).sort((a, b) => a.end - a.start - (b.end - b.start))[0]?.stage;
}

function add(parts: Part[], test: Expr, then: Span | undefined, otherwise: Span | undefined): void {
  const stage = stageOfTest(test);
  if (stage === undefined) return;
  if (then !== undefined) parts.push({ start: then.start, end: then.end, stage });
  if (otherwise !== undefined) parts.push({ start: otherwise.start, end: otherwise.end, stage: opposite(stage) });
}

function branches(body: readonly Stmt[], parts: Part[]): void {
  for (const stmt of body) {
    if (stmt.kind === "if") {
      add(parts, stmt.test, spanOf(stmt.then), spanOf(stmt.otherwise));
      branches(stmt.then, parts);
      branches(stmt.otherwise, parts);
    } else if (stmt.kind === "blockStmt" || stmt.kind === "loop") {
      branches(stmt.body, parts);
    } else if (stmt.kind === "try") {
      branches(stmt.body, parts);
    }
  }
}

function spanOf(body: readonly Stmt[]): Span | undefined {
  const [first] = body;
  return first === undefined ? undefined : { start: first.start, end: body.at(-1)!.end };
}
