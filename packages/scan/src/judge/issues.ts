import type { FileIR, FunctionIR } from "../ir/nodes.ts";
import type { Finding, HandlerReport } from "../report/result.ts";
import type { ContentRule, Issue } from "../rules/scene.ts";
import { fingerprintOf } from "./findings.ts";
import { placeOf } from "./places.ts";

/** What a content rule reports, as a finding. `handlers` are the handlers of the same file. */
export function findingOfIssue(rule: ContentRule, issue: Issue, handlers: readonly HandlerReport[]): Finding {
  const place = placeOf(issue.file, issue.at);
  const around = handlerAround(place.line, place.endLine, handlers);
  const handler = around?.handler ?? functionName(issue.fn);
  const steps = (issue.flow ?? []).map(({ file, span, note }) => ({ ...placeOf(file, span), note }));
  return {
    rule: rule.id,
    severity: issue.severity,
    place,
    handler,
    route: around?.route ?? null,
    action: issue.action ?? (around === undefined || around.action === "none" ? null : around.action),
    message: issue.message,
    silent: [],
    flow: steps.length === 0 ? [] : [...steps, { ...place, note: issue.message }],
    because: issue.because,
    gain: issue.gain,
    ...(issue.instead === undefined ? {} : { instead: issue.instead }),
    write: [],
    fingerprint: fingerprintOf([rule.id, issue.file.path, handler, around?.route ?? "", issue.key]),
  };
}

/** The innermost handler that holds the lines. */
function handlerAround(line: number, endLine: number, handlers: readonly HandlerReport[]): HandlerReport | undefined {
  return handlers
    .filter((handler) => handler.line <= line && endLine <= handler.endLine)
    .sort((a, b) => a.endLine - a.line - (b.endLine - b.line))[0];
}

/** The name of the function around, or of the nearest around it that has one. */
function functionName(fn: FunctionIR | null): string {
  for (let at = fn ?? undefined; at !== undefined; at = at.parent) {
    if (at.name === "") continue;
    const container = at.container?.name ?? "";
    return container === "" ? at.name : `${container.slice(container.lastIndexOf(".") + 1)}.${at.name}`;
  }
  return "";
}

/** Handlers by the path of their file. */
export function byFile(handlers: readonly HandlerReport[]): (file: FileIR) => readonly HandlerReport[] {
  const index = new Map<string, HandlerReport[]>();
  for (const handler of handlers) {
    const list = index.get(handler.file);
    if (list === undefined) index.set(handler.file, [handler]);
    else list.push(handler);
  }
  return (file) => index.get(file.path) ?? [];
}
