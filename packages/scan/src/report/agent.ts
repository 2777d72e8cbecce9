import { visible } from "@telltale/vocabulary";
import type { Finding, OutcomeReport, RenderContext, Report } from "./result.ts";
import { flowText } from "./parts/flow.ts";
import { count, coverageText, handlerLabel, outcomeLabel, pathOf, visibleLines, worstFirst } from "./parts/wording.ts";

/** Short and plain, for coding assistants: where, what is silent or wrong, and the line to write. */
export const agent: Report = {
  id: "agent",
  title: "short blocks for coding assistants",
  render(result, context) {
    const { findings, summary } = result;
    const head = `${count(findings.length, "finding")}, ${count(summary.sensitive, "sensitive handler")}, outcome coverage ${coverageText(summary)}`;
    const blocks = worstFirst(findings).map((finding) => block(finding, context));
    const problems = result.suppressionProblems.map(
      ({ file, line, message }) => `${pathOf(file, context)}:${line} telltale-ignore: ${visible(message)}`,
    );
    return `${[head, ...blocks, ...problems].join("\n\n")}\n`;
  },
};

function block(finding: Finding, context: RenderContext): string {
  const { file, line } = finding.place;
  const head = `${pathOf(file, context)}:${line} ${finding.severity} ${finding.rule} ${handlerLabel(finding)}`.trimEnd();
  const about = finding.silent.length > 0 ? gapLines(finding, context) : contentLines(finding, context);
  return [head, ...about, `because ${visible(finding.because)}`].join("\n");
}

function gapLines(finding: Finding, context: RenderContext): readonly string[] {
  return [
    ...finding.silent.map((outcome) => `silent ${outcomeLabel(outcome)} at ${placeOf(outcome, finding, context)}`),
    ...finding.write.map(({ kind, line: text }) => addition(kind, text, finding)),
  ];
}

function contentLines(finding: Finding, context: RenderContext): readonly string[] {
  return [
    visible(finding.message),
    ...(finding.flow.length === 0 ? [] : [`flow ${flowText(finding, context)}`]),
    ...(finding.instead === undefined ? [] : [`write instead: ${visibleLines(finding.instead).join("\n")}`]),
  ];
}

/** `line 12` in the file of the handler. */
function placeOf({ file, line }: OutcomeReport, finding: Finding, context: RenderContext): string {
  return file === finding.place.file ? `line ${line}` : `${pathOf(file, context)}:${line}`;
}

function addition(kind: OutcomeReport["kind"], text: string, finding: Finding): string {
  const ends = finding.silent.filter((outcome) => outcome.kind === kind);
  // The line is in the idiom of the handler; elsewhere its names may not be in scope.
  const { place } = finding;
  const isInside = ({ file, line }: OutcomeReport): boolean => file === place.file && place.line <= line && line <= place.endLine;
  const inHandler = ends.length > 0 && ends.every(isInside);
  const lines = [...new Set(ends.map(({ line }) => line))].join(", ");
  return `${inHandler ? `add before line ${lines}` : `add in the handler on ${kind}`}: ${visible(text)}`;
}
