import { actions, type ActionName } from "@telltale/vocabulary";
import type { FileIR } from "../ir/nodes.ts";
import type { Logger, Proposal } from "../loggers/logger.ts";
import { callView } from "../loggers/call-view.ts";
import { originIn } from "../loggers/origin.ts";
import { bodiesOf, walkStmts } from "../ir/walk.ts";
import type { Judged } from "./handler.ts";

/** The logger that a file, or else its project, writes with, and the name that it goes by there. */
interface Pen {
  readonly logger: Logger;
  readonly name: string;
}

/** Usual names of loggers where a file has none yet. */
const USUAL_NAME: ReadonlyMap<string, string> = new Map([["console", "console"], ["elixir-logger", "Logger"], ["fastify-log", "request.log"], ["nestjs-logger", "this.logger"]]);

/** Makes the line that a silent outcome lacks, with the logger that is in use nearest to it. */
export function createProposer(files: () => readonly FileIR[], loggersFor: (file: FileIR) => readonly Logger[]): (judged: Judged, kind: "success" | "failure") => { event: string; line: string } | undefined {
  const pens = new Map<FileIR, Pen | undefined>();
  const penIn = (file: FileIR): Pen | undefined => {
    if (!pens.has(file)) pens.set(file, findPen(file, loggersFor(file)));
    return pens.get(file);
  };
  let common: Map<string, Pen> | undefined;
  const projectPen = (file: FileIR): Pen | undefined => {
    common ??= commonPens(files(), penIn);
    return common.get(file.language);
  };
  return (judged, kind) => {
    const { action } = judged.naming;
    if (action === "none") return undefined;
    const event = actions[action][kind] ?? (kind === "failure" ? "authz_fail" : null);
    if (event === null) return undefined;
    const pen = penIn(judged.file) ?? projectPen(judged.file) ?? defaultPen(judged.file, loggersFor(judged.file));
    if (pen === undefined) return undefined;
    return { event, line: pen.logger.write({ logger: pen.name, level: kind === "failure" ? "warn" : "info", event, details: detailsFor(judged, action, kind) }) };
  };
}

function detailsFor(judged: Judged, action: ActionName, kind: "success" | "failure"): Proposal["details"] {
  const { request } = judged.found.framework;
  const known = [
    { name: "actor", value: action === "authn_login" && kind === "failure" ? null : request.actor },
    { name: "ip", value: request.ip },
    { name: "request_id", value: request.requestId },
  ];
  return known.flatMap(({ name, value }) => (value === null ? [] : [{ name, value }]));
}

function findPen(file: FileIR, loggers: readonly Logger[]): Pen | undefined {
  let best: Pen | undefined;
  for (const { body, scope } of bodiesOf(file)) {
    walkStmts(body, (expr) => {
      if (expr.kind !== "call") return;
      const view = callView(expr, originIn(file, scope));
      for (const logger of loggers) {
        const fact = logger.record(view);
        if (fact === undefined) continue;
        const name = file.text.slice(expr.callee.start, expr.callee.end).replace(/\??\.\s*\w+$/, "");
        const better = best === undefined || (logger.preference ?? 50) < (best.logger.preference ?? 50);
        if (better && /^[\w.$:@?()]+$/.test(name) && expr.callee.kind === "member") best = { logger, name };
        return;
      }
    });
  }
  return best;
}

function commonPens(files: readonly FileIR[], penIn: (file: FileIR) => Pen | undefined): Map<string, Pen> {
  const counts = new Map<string, { pen: Pen; language: string; count: number }>();
  for (const file of files) {
    const pen = penIn(file);
    if (pen === undefined || pen.logger.id === "console") continue;
    const key = `${file.language}:${pen.logger.id}:${pen.name}`;
    const entry = counts.get(key);
    if (entry === undefined) counts.set(key, { pen, language: file.language, count: 1 });
    else entry.count++;
  }
  const common = new Map<string, Pen>();
  for (const { pen, language } of [...counts.values()].sort((a, b) => b.count - a.count)) if (!common.has(language)) common.set(language, pen);
  return common;
}

/** No logger in sight: the one of the project's dependencies that is liked best, else what the language has. */
function defaultPen(file: FileIR, loggers: readonly Logger[]): Pen | undefined {
  const mine = loggers.filter((logger) => logger.languages.includes(file.language) && logger.id !== "generic").sort((a, b) => (a.preference ?? 50) - (b.preference ?? 50));
  const logger = mine[0];
  return logger === undefined ? undefined : { logger, name: USUAL_NAME.get(logger.id) ?? "logger" };
}
