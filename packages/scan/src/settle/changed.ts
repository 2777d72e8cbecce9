import type { Finding, HandlerReport, OutcomeReport, Result } from "../report/result.ts";
import { summarise } from "./summary.ts";

/** First and last line, both included. */
export type LineRange = readonly [first: number, last: number];

/** By file, the lines that a change touches; `all` for a new file. */
export type Changed = ReadonlyMap<string, "all" | readonly LineRange[]>;

/** Leaves the handlers that the change touches with their findings, findings elsewhere that it touches, and the complaints about changed files. */
export function onlyChanged(result: Result, changed: Changed): Result {
  const handlers = result.handlers.filter((handler) => touchesHandler(changed, handler));
  const stays = (finding: Finding): boolean => (isAboutHandler(finding) ? findingStays(finding, handlers) : touchesFlow(changed, finding));
  return {
    ...result,
    handlers,
    findings: result.findings.filter(stays),
    suppressed: result.suppressed.filter(({ finding }) => stays(finding)),
    suppressionProblems: result.suppressionProblems.filter(({ file }) => changed.has(file)),
    notAnalysed: result.notAnalysed.filter(({ file }) => changed.has(file)),
    summary: summarise(handlers, result.summary),
  };
}

/** Its own lines were changed, or lines on one of the ways through it. */
function touchesHandler(changed: Changed, handler: HandlerReport): boolean {
  if (touches(changed, handler.file, handler.line, handler.endLine)) return true;
  return handler.outcomes.some((outcome) => touchesOutcome(changed, outcome));
}

/**
 * A branch, a call, a record or the end was changed, or what stands between two of them in one file: a record that was
 * deleted from a called function leaves no place of its own.
 */
function touchesOutcome(changed: Changed, outcome: OutcomeReport): boolean {
  if (outcome.records.some((record) => touches(changed, record.file, record.line))) return true;
  const way = [...outcome.path, { file: outcome.file, line: outcome.line, endLine: outcome.line }];
  return way.some((place, index) => {
    const next = way[index + 1];
    if (next?.file !== place.file) return touches(changed, place.file, place.line, place.endLine);
    return touches(changed, place.file, Math.min(place.line, next.line), Math.max(place.endLine, next.endLine));
  });
}

function touches(changed: Changed, file: string, first: number, last: number = first): boolean {
  const ranges = changed.get(file);
  if (ranges === undefined) return false;
  return ranges === "all" || ranges.some(([from, to]) => from <= last && first <= to);
}

/** A silent outcome belongs to its handler; all else is wrong where it stands. */
function isAboutHandler({ silent }: Finding): boolean {
  return silent.length > 0;
}

/** The place was changed, or a step on the way of the value to it. */
function touchesFlow(changed: Changed, { place, flow }: Finding): boolean {
  return [place, ...flow].some(({ file, line, endLine }) => touches(changed, file, line, endLine));
}

function findingStays(finding: Finding, handlers: readonly HandlerReport[]): boolean {
  const { file, line } = finding.place;
  return handlers.some(
    (handler) => handler.file === file && handler.handler === finding.handler && handler.line <= line && line <= handler.endLine,
  );
}
