import type { EvidenceReport, HandlerReport, OutcomeReport, Place, RecordReport } from "../report/result.ts";
import { phraseOf } from "../actions/phrases.ts";
import { resolveEvent } from "@telltale/vocabulary";
import { listed, type Record } from "../outcomes/way.ts";
import type { Judged } from "./handler.ts";
import { lineAt, placeOf } from "./places.ts";
import type { Outcome } from "./verdict.ts";

/** Words in a field's name → the detail that it gives. */
const DETAIL_WORDS: readonly (readonly [string, readonly string[]])[] = [
  ["event", ["event", "action", "type", "operation"]],
  ["actor", ["actor", "by", "admin", "user", "uid", "email", "username"]],
  ["target", ["target", "resource", "object", "entity"]],
  ["outcome", ["outcome", "success", "status", "result"]],
  ["reason", ["reason", "error", "err", "message"]],
  ["source IP", ["ip", "remote", "addr", "client"]],
  ["user agent", ["agent", "ua"]],
  ["request ID", ["correlation", "trace", "request", "req"]],
];

export function reportHandler(judged: Judged): HandlerReport {
  const { handler, framework } = judged.found;
  const place = placeOf(judged.file, judged.at);
  return {
    file: judged.file.path,
    line: place.line,
    endLine: place.endLine,
    handler: handler.name,
    route: routeOf(judged),
    framework: framework.id,
    kind: handler.kind === "errors" ? "route" : handler.kind,
    action: judged.verdict === "not_sensitive" ? "none" : judged.naming.action,
    verdict: judged.verdict,
    evidence: judged.verdict === "not_sensitive" ? [] : judged.naming.evidence.map((piece): EvidenceReport => piece),
    outcomes: judged.outcomes.map(reportOutcome),
  };
}

export function routeOf({ found: { handler } }: Judged): string | null {
  const route = [handler.method, handler.path].filter((part) => part !== undefined && part !== "").join(" ");
  return route === "" ? null : route;
}

function reportOutcome(outcome: Outcome): OutcomeReport {
  const { ending } = outcome;
  const place = placeOf(ending.at.file, ending.at.span);
  return {
    kind: outcome.kind,
    file: place.file,
    line: place.line,
    end: ending.text,
    recorded: outcome.recorded,
    records: outcome.records.map(reportRecord),
    path: pathOf(outcome),
    ...(outcome.recorded === "unknown" ? { unresolved: outcome.unresolved.map((one) => ({ ...placeOf(one.file, one.span), call: one.call })) } : {}),
  };
}

/** The last steps before the end, at most eight, and the end itself. */
function pathOf({ ending }: Outcome): (Place & { readonly note: string })[] {
  const steps = listed(ending.way.steps).slice(-8);
  return [...steps.map((step) => ({ ...placeOf(step.file, step.span), note: noteOf(step.note, step.file.text.slice(step.span.start, step.span.end)) })), { ...placeOf(ending.at.file, ending.at.span), note: ending.text }];
}

function noteOf(note: string, source: string): string {
  const text = source.replace(/\s+/g, " ").trim();
  return note === "holds" || note === "does not hold" ? `${text.length > 60 ? `${text.slice(0, 57)}...` : text} ${note}` : note;
}

function reportRecord(record: Record): RecordReport {
  const event = record.texts.map((text) => resolveEvent(text)).find((name) => name !== undefined);
  return { file: record.file.path, line: lineAt(record.file, record.span.start).line, details: detailsOf(record, event !== undefined), by: record.by, ...(event === undefined ? {} : { event }) };
}

function detailsOf(record: Record, named: boolean): string[] {
  const words = new Set(record.fields.flatMap((field) => phraseOf(field)));
  const found = DETAIL_WORDS.filter(([, names]) => names.some((name) => words.has(name))).map(([detail]) => detail);
  return named && !found.includes("event") ? ["event", ...found] : found;
}
