import { actions, visible } from "@telltale/vocabulary";
import pc from "picocolors";
import type { Colours } from "./parts/colours.ts";
import { handlerLabel, pathOf } from "./parts/wording.ts";
import type { Finding, HandlerReport, OutcomeReport, RecordReport, RenderContext, Result } from "./result.ts";

/** The innermost handler that holds a line. */
export function handlerAt(result: Result, file: string, line: number): HandlerReport | undefined {
  return result.handlers
    .filter((handler) => handler.file === file && handler.line <= line && line <= handler.endLine)
    .sort((a, b) => a.endLine - a.line - (b.endLine - b.line))[0];
}

/** Everything that led to the verdict on a handler: evidence, outcomes with the way to each, records, findings. */
export function explain(result: Result, handler: HandlerReport, context: RenderContext): string {
  const colours = pc.createColors(context.colour);
  const lines = [
    colours.bold(handlerLabel(handler)),
    `  ${pathOf(handler.file, context)}:${handler.line}-${handler.endLine}  ${handler.framework} ${handler.kind}`,
    `  action   ${handler.action}${handler.action === "none" ? "" : ` (${actions[handler.action].title})`}`,
    `  verdict  ${handler.verdict}`,
    "",
    colours.bold("Evidence for the action"),
    ...evidenceLines(handler),
    "",
    colours.bold("Outcomes"),
    ...outcomesLines(handler, context, colours),
    ...findingLines(result, handler, colours),
  ];
  return `${lines.join("\n")}\n`;
}

function evidenceLines(handler: HandlerReport): readonly string[] {
  if (handler.evidence.length === 0) return ["  none: nothing says that it does anything security-sensitive"];
  return handler.evidence.map(({ source, text, weight, line }) => {
    const where = line === undefined ? "" : `  line ${line}`;
    return `  ${signed(weight).padStart(5)}  ${source.padEnd(9)} ${visible(text)}${where}`;
  });
}

function signed(weight: number): string {
  return weight > 0 ? `+${weight}` : String(weight);
}

function outcomesLines(handler: HandlerReport, context: RenderContext, colours: Colours): readonly string[] {
  if (handler.outcomes.length === 0) return ["  none that matters to security was found"];
  return handler.outcomes.flatMap((outcome) => outcomeLines(outcome, handler, context, colours));
}

function outcomeLines(outcome: OutcomeReport, handler: HandlerReport, context: RenderContext, colours: Colours): readonly string[] {
  const at = (place: { readonly file: string; readonly line: number }): string => `${pathOf(place.file, context)}:${place.line}`;
  const rows: readonly (readonly [string, string, string])[] = [
    ...stepsTo(outcome, handler).map((step): [string, string, string] => ["via", at(step), visible(step.note)]),
    ["ends", at(outcome), visible(outcome.end)],
    ...outcome.records.map((record): [string, string, string] => ["record", at(record), recordText(record)]),
    ...(outcome.unresolved ?? []).map((call): [string, string, string] => [
      "unknown",
      at(call),
      `${visible(call.call)} could not be followed`,
    ]),
  ];
  const width = Math.min(WIDEST, Math.max(...rows.map(([, place]) => place.length)));
  return [
    `  ${outcome.kind}, ${recordedText(outcome, colours)}`,
    ...rows.map(([name, place, text]) => `    ${name.padEnd(8)}${place.padEnd(width)}  ${text}`),
  ];
}

/** A longer path pushes its own line only. */
const WIDEST = 70;

/**
 * The conditions in the handler, and where it ends elsewhere, the calls and conditions that lead there. What happened in
 * calls that came back is left out.
 */
function stepsTo({ path, file, line }: OutcomeReport, handler: HandlerReport): OutcomeReport["path"] {
  const inHandler = (place: { readonly file: string; readonly line: number }): boolean =>
    place.file === handler.file && handler.line <= place.line && place.line <= handler.endLine;
  const last = path.at(-1);
  const steps = last?.file === file && last.line === line ? path.slice(0, -1) : path;
  const leaves = inHandler({ file, line }) ? steps.length : steps.findLastIndex(inHandler);
  return steps.filter((step, i) => i >= leaves || (inHandler(step) && !step.note.startsWith("calls ")));
}

function recordedText({ recorded }: OutcomeReport, colours: Colours): string {
  if (recorded === "unknown") return colours.yellow("unknown whether recorded");
  return recorded ? colours.green("recorded") : colours.red("not recorded");
}

const WRITTEN_BY: Readonly<Record<RecordReport["by"], string>> = {
  log: "log line",
  audit: "audit record",
  framework: "line of an error handler",
};

function recordText({ by, event, details }: RecordReport): string {
  const named = event === undefined ? WRITTEN_BY[by] : `${WRITTEN_BY[by]} ${visible(event)}`;
  return details.length === 0 ? named : `${named} (${details.map(visible).join(", ")})`;
}

function findingLines(result: Result, handler: HandlerReport, colours: Colours): readonly string[] {
  const open = result.findings.filter((finding) => belongsTo(finding, handler)).map(rendered);
  const accepted = result.suppressed
    .filter(({ finding }) => belongsTo(finding, handler))
    .map(({ finding, by, reason }) => `${rendered(finding)}\n    accepted by ${by}: ${visible(reason)}`);
  return open.length + accepted.length === 0 ? [] : ["", colours.bold("Findings"), ...open, ...accepted];
}

function belongsTo({ place, handler: name }: Finding, handler: HandlerReport): boolean {
  return place.file === handler.file && name === handler.handler && handler.line <= place.line && place.line <= handler.endLine;
}

function rendered(finding: Finding): string {
  const write = finding.write.map(({ kind, line }) => `\n    write on ${kind}: ${visible(line)}`).join("");
  return `  ${finding.severity} ${finding.rule}: ${visible(finding.message)}${write}`;
}
