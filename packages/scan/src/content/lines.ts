import type { Config } from "../config/config.ts";
import type { CallExpr, ContainerIR, FileIR, FunctionIR } from "../ir/nodes.ts";
import { bodiesOf, walkStmts } from "../ir/walk.ts";
import { callView } from "../loggers/call-view.ts";
import { generic } from "../loggers/generic.ts";
import type { CallView, Logger, RecordFact } from "../loggers/logger.ts";
import { originIn } from "../loggers/origin.ts";
import { ownRecord } from "../outcomes/records.ts";

/** A call that writes a log line or an audit row, at whatever level. */
export interface LogLine {
  readonly file: FileIR;
  /** The function around it; null at the top level and in the body of a container. */
  readonly fn: FunctionIR | null;
  readonly container: ContainerIR | null;
  readonly call: CallExpr;
  readonly view: CallView;
  /** The library that writes it; `generic` for what telltale.yaml names. */
  readonly logger: Logger;
  readonly fact: RecordFact;
}

/** Finds the log lines of a file, in source order of its functions. Remembered by file. */
export function createLines(
  loggersFor: (file: FileIR) => readonly Logger[],
  config: Pick<Config, "loggers" | "audit">,
): (file: FileIR) => readonly LogLine[] {
  const memo = new WeakMap<FileIR, readonly LogLine[]>();
  return (file) => {
    let lines = memo.get(file);
    if (lines === undefined) memo.set(file, (lines = linesOf(file, loggersFor(file), config)));
    return lines;
  };
}

function linesOf(file: FileIR, loggers: readonly Logger[], config: Pick<Config, "loggers" | "audit">): LogLine[] {
  const lines: LogLine[] = [];
  for (const { body, scope, container } of bodiesOf(file)) {
    const originOf = originIn(file, scope);
    walkStmts(body, (expr) => {
      if (expr.kind !== "call" || expr.creates === true) return;
      const view = callView(expr, originOf);
      if (view.method === "") return;
      const own = ownRecord(config, view.path);
      if (own !== undefined) {
        lines.push({ file, fn: scope, container, call: expr, view, logger: generic, fact: { says: expr.args, ...own } });
        return;
      }
      for (const logger of loggers) {
        const fact = logger.record(view);
        if (fact === undefined) continue;
        lines.push({ file, fn: scope, container, call: expr, view, logger, fact });
        return;
      }
    });
  }
  return lines;
}
