import { visible } from "@telltale/vocabulary";
import type { HandlerReport, RenderContext, Result } from "../result.ts";
import type { Colours } from "../parts/colours.ts";
import { severities } from "../../settle/severity.ts";
import { ruleIds } from "../../rules/catalogue.ts";
import { count, coverage, handlerLabel, pathOf, worstFirst } from "../parts/wording.ts";

/** Entries of a list that is only an aside. */
const shownOfList = { unknown: 10, notAnalysed: 5 } as const;

/** What follows the findings: unknown handlers, the numbers, what was not analysed, complaints about comments. */
export function textEnd(result: Result, context: RenderContext, colours: Colours): readonly string[] {
  return [
    ...unknownLines(result, context, colours),
    ...verdictLines(result, context, colours),
    ...table(result, context),
    ...notAnalysedLines(result, context, colours),
    ...problemLines(result, context, colours),
  ];
}

function unknownLines(result: Result, context: RenderContext, colours: Colours): readonly string[] {
  const unknown = result.handlers.filter((handler) => handler.verdict === "unknown");
  if (unknown.length === 0) return [];
  const shown = context.verbose ? unknown : unknown.slice(0, shownOfList.unknown);
  return [
    colours.bold(`${count(unknown.length, "sensitive handler")} could not be judged; behind each stands what could not be followed`),
    ...shown.map(
      (handler) =>
        `  ${pathOf(handler.file, context)}:${handler.line}  ${handlerLabel(handler)}  ${colours.dim(unresolvedCall(handler, context))}`,
    ),
    ...more(unknown.length - shown.length),
    "",
  ];
}

function unresolvedCall(handler: HandlerReport, context: RenderContext): string {
  const call = handler.outcomes.flatMap((outcome) => outcome.unresolved ?? [])[0];
  if (call === undefined) return "the function that serves it";
  return `${visible(call.call)} at ${pathOf(call.file, context)}:${call.line}`;
}

function verdictLines(result: Result, context: RenderContext, colours: Colours): readonly string[] {
  const { findings, suppressed } = result;
  const threshold = context.severityThreshold === undefined ? "" : ` of severity ${context.severityThreshold} or above`;
  const accepted = suppressed.length === 0 ? "" : ` (${suppressed.length} accepted by comment or baseline)`;
  if (findings.length > 0)
    return [
      colours.bold(`${count(findings.length, "finding")}${threshold}: ${bySeverity(findings)}${accepted}`),
      ...byRule(findings),
      why(findings, context, colours),
      "",
    ];
  if (result.summary.handlers === 0) return ["No handlers found: nothing here was recognised as serving requests.", ""];
  return [colours.green(`No findings${threshold}${accepted}`), ""];
}

/** `2 high, 1 low` */
function bySeverity(findings: Result["findings"]): string {
  const counts = severities.map((severity) => [findings.filter((finding) => finding.severity === severity).length, severity] as const);
  return counts
    .toReversed()
    .filter(([number]) => number > 0)
    .map(([number, severity]) => `${number} ${severity}`)
    .join(", ");
}

/** A line a rule, in the order of the catalogue: how many, and how bad. */
function byRule(findings: Result["findings"]): readonly string[] {
  const rows = ruleIds.flatMap((id) => {
    const mine = findings.filter(({ rule }) => rule === id);
    return mine.length === 0 ? [] : [{ id, mine }];
  });
  const names = Math.max(...rows.map(({ id }) => id.length));
  const numbers = Math.max(...rows.map(({ mine }) => String(mine.length).length));
  return rows.map(({ id, mine }) => `  ${id.padEnd(names)}  ${String(mine.length).padStart(numbers)}  ${bySeverity(mine)}`);
}

function why(findings: Result["findings"], context: RenderContext, colours: Colours): string {
  const { file, line } = worstFirst(findings)[0]!.place;
  return colours.dim(`Every step to a verdict: telltale scan --explain ${pathOf(file, context)}:${line}`);
}

function table({ summary }: Result, context: RenderContext): readonly string[] {
  const percent = coverage(summary);
  const width = String(summary.sensitive).length;
  const rows: readonly (readonly [string, string])[] = [
    ["Handlers examined", String(summary.handlers)],
    ["  sensitive", String(summary.sensitive)],
    ["    adequate", `${String(summary.adequate).padEnd(width)}  every kind of outcome is recorded`],
    ["    partial", `${String(summary.partial).padEnd(width)}  only success or only failure is`],
    ["    missing", `${String(summary.missing).padEnd(width)}  none is`],
    ["    unknown", `${String(summary.unknown).padEnd(width)}  a call could not be followed`],
    ["Outcome coverage", percent === null ? "-" : `${percent} % (${summary.recorded} of ${summary.outcomes} recorded)`],
    ["Files", `${summary.files} (${summary.parsed} parsed)`],
    ...(context.elapsed === undefined ? [] : [["Time", duration(context.elapsed)] as const]),
  ];
  return rows.map(([name, value]) => `${name.padEnd(20)}${value}`);
}

function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

function notAnalysedLines({ notAnalysed }: Result, context: RenderContext, colours: Colours): readonly string[] {
  if (notAnalysed.length === 0) return [];
  const shown = context.verbose ? notAnalysed : notAnalysed.slice(0, shownOfList.notAnalysed);
  return [
    "",
    colours.yellow(`${count(notAnalysed.length, "file")} not analysed`),
    ...shown.map(({ file, reason, message }) => `  ${pathOf(file, context)}  ${reason}: ${visible(message)}`),
    ...more(notAnalysed.length - shown.length),
  ];
}

function problemLines({ suppressionProblems }: Result, context: RenderContext, colours: Colours): readonly string[] {
  if (suppressionProblems.length === 0) return [];
  return [
    "",
    colours.yellow(`${count(suppressionProblems.length, "problem")} with telltale-ignore comments`),
    ...suppressionProblems.map(({ file, line, message }) => `  ${pathOf(file, context)}:${line}  ${visible(message)}`),
  ];
}

function more(number: number): readonly string[] {
  return number > 0 ? [`  … and ${number} more; --verbose lists them`] : [];
}
