import { actions, visible } from "@telltale/vocabulary";
import pc from "picocolors";
import type { Colours } from "./parts/colours.ts";
import { flowTexts } from "./parts/flow.ts";
import { handlerLabel, pathOf, visibleLines, worstFirst } from "./parts/wording.ts";
import type { Finding, HandlerReport, OutcomeReport, Place, RecordReport, RenderContext, Result } from "./result.ts";

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
    ...findingLines(result, handler, context, colours),
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

function findingLines(result: Result, handler: HandlerReport, context: RenderContext, colours: Colours): readonly string[] {
  const lines = listed(result, (finding) => belongsTo(finding, handler), context);
  return lines.length === 0 ? [] : ["", colours.bold("Findings"), ...lines];
}

/** It stands in the handler, or a value passes through the handler on its way to it. */
function belongsTo({ place, handler: name, flow }: Finding, handler: HandlerReport): boolean {
  const isInside = (at: Place): boolean => at.file === handler.file && handler.line <= at.line && at.line <= handler.endLine;
  return (name === handler.handler && isInside(place)) || flow.some(isInside);
}

function listed(result: Result, isMeant: (finding: Finding) => boolean, context: RenderContext): readonly string[] {
  const open = worstFirst(result.findings.filter(isMeant)).flatMap((finding) => rendered(finding, context));
  const accepted = result.suppressed
    .filter(({ finding }) => isMeant(finding))
    .flatMap(({ finding, by, reason }) => [...rendered(finding, context), `    accepted by ${by}: ${visible(reason)}`]);
  return [...open, ...accepted];
}

function rendered(finding: Finding, context: RenderContext): readonly string[] {
  const head = `  ${finding.severity} ${finding.rule}: ${visible(finding.message)}`;
  const write = finding.write.map(({ kind, line }) => `    write on ${kind}: ${visible(line)}`);
  if (finding.silent.length > 0) return [head, ...write];
  return [
    head,
    `    at ${pathOf(finding.place.file, context)}:${finding.place.line}`,
    ...flowTexts(finding, context).map((step) => `    flow ${step}`),
    `    because ${visible(finding.because)}`,
    ...(finding.instead === undefined ? [] : [`    write instead: ${visibleLines(finding.instead).join("\n      ")}`]),
    ...write,
  ];
}

/**
 * The findings at a line, and those of the same functions: what stands there, or a value that passes there. undefined where
 * there is none.
 */
export function explainLine(result: Result, file: string, line: number, context: RenderContext): string | undefined {
  const holds = (at: Place): boolean => at.file === file && at.line <= line && line <= at.endLine;
  const all = [...result.findings, ...result.suppressed.map(({ finding }) => finding)];
  const here = all.filter(({ place, flow }) => holds(place) || flow.some(holds));
  if (here.length === 0) return undefined;
  const functions = new Set(here.filter(({ handler }) => handler !== "").map(functionKey));
  const colours = pc.createColors(context.colour);
  const lines = listed(result, (finding) => here.includes(finding) || functions.has(functionKey(finding)), context);
  const names = [...new Set(here.map(handlerLabel))].filter((name) => name !== "").join(", ");
  const head = `${pathOf(file, context)}:${line}`;
  const none = "  no handler stands at this line";
  return `${[colours.bold(names === "" ? head : `${names}  ${head}`), none, "", colours.bold("Findings"), ...lines].join("\n")}\n`;
}

function functionKey({ handler, place }: Finding): string {
  return `${place.file}\n${handler}`;
}
