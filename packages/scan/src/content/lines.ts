import type { Config } from "../config/config.ts";
import type { CallExpr, ContainerIR, FileIR, FunctionIR } from "../ir/nodes.ts";
import { bodiesOf, walkStmts } from "../ir/walk.ts";
import { callView } from "../loggers/call-view.ts";
import { consoleLogger } from "../loggers/console.ts";
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

/** https://react.dev/reference/rsc/use-client, and what only a browser has. */
const IN_BROWSER =
  /^["']use client["']|\b(?:window|document)\.(?:location|add(?:EventListener|Child)|querySelector|getElement|createElement|body|head|cookie)|\b(?:local|session)Storage\.|\buse(?:Effect|State|Navigate|Router)\s*[(<]/m;
/** What only a server has, also where the file has a part for the browser. */
const ON_SERVER =
  /["']use server["']|\bget(?:ServerSide|Static)Props\b|\bexport\s+(?:const|(?:async\s+)?function)\s+(?:loader|action|GET|POST|PUT|PATCH|DELETE)\b|["'](?:express|fastify|koa|hono|next\/server|@nestjs\/\w+|(?:node:)?(?:fs|http|https|child_process))["']/;

function runsInBrowser({ language, text }: FileIR): boolean {
  return language === "javascript" && IN_BROWSER.test(text) && !ON_SERVER.test(text);
}

function linesOf(file: FileIR, all: readonly Logger[], config: Pick<Config, "loggers" | "audit">): LogLine[] {
  const lines: LogLine[] = [];
  // What is printed in a browser stays with whoever sits before it: no log keeps it.
  const loggers = runsInBrowser(file) ? all.filter((one) => one !== consoleLogger) : all;
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
