import type { EvidenceReport, HandlerReport, OutcomeReport, Place, RecordReport } from "../report/result.ts";
import { details, resolveEvent } from "@telltale/vocabulary";
import { detailsOfShown } from "../content/record/lacking.ts";
import { saidBy } from "../content/record/said.ts";
import { listed, type Record } from "../outcomes/way.ts";
import type { Judged } from "./handler.ts";
import { lineAt, placeOf } from "./places.ts";
import { endOf } from "./end.ts";
import { inOrder, noteOf } from "./steps.ts";
import type { Outcome } from "./verdict.ts";

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
    evidence: judged.verdict === "not_sensitive" ? [] : distinct(judged.naming.evidence),
    outcomes: judged.outcomes.map(reportOutcome),
  };
}

/** Each piece once; of equal ones the one that weighs most. */
function distinct(evidence: readonly EvidenceReport[]): readonly EvidenceReport[] {
  const byText = new Map<string, EvidenceReport>();
  for (const piece of evidence) {
    const key = `${piece.source}\0${piece.text}`;
    const known = byText.get(key);
    if (known === undefined || Math.abs(piece.weight) > Math.abs(known.weight)) byText.set(key, piece);
  }
  return [...byText.values()];
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
    end: endOf(ending),
    recorded: outcome.recorded,
    records: outcome.records.map(reportRecord),
    path: pathOf(outcome),
    ...(outcome.recorded === "unknown"
      ? { unresolved: outcome.unresolved.map((one) => ({ ...placeOf(one.file, one.span), call: one.call })) }
      : {}),
  };
}

/** Steps that a way is told in; earlier ones are left out. */
const MOST_STEPS = 8;

/** The last steps before the end, a call before what happens in it, and the end itself. */
function pathOf({ ending }: Outcome): (Place & { readonly note: string })[] {
  const steps = inOrder(listed(ending.way.steps)).slice(-MOST_STEPS);
  return [
    ...steps.map((step) => ({ ...placeOf(step.file, step.span), note: noteOf(step) })),
    { ...placeOf(ending.at.file, ending.at.span), note: endOf(ending) },
  ];
}

function reportRecord(record: Record): RecordReport {
  const event = record.texts.map((text) => resolveEvent(text)).find((name) => name !== undefined);
  return {
    file: record.file.path,
    line: lineAt(record.file, record.span.start).line,
    details: detailsOf(record, event !== undefined),
    by: record.by,
    ...(event === undefined ? {} : { event }),
  };
}

/** What a record shows, by its fields, the values in its message, and what its logger adds. */
function detailsOf(record: Record, named: boolean): string[] {
  const found = new Set<string>([...(record.gives ?? []), ...saidBy(record).shown.flatMap(detailsOfShown)]);
  if (named) found.add("event");
  return details.filter((detail) => found.has(detail));
}
