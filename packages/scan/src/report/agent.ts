import { visible } from "./parts/escape.ts";
import type { Finding, OutcomeReport, RenderContext, Report } from "./result.ts";
import { count, coverageText, handlerLabel, inReadingOrder, outcomeLabel, pathOf } from "./parts/wording.ts";

/** Short and plain, for coding assistants: where, what is silent, and the line to add. */
export const agent: Report = {
  id: "agent",
  title: "short blocks for coding assistants",
  render(result, context) {
    const { findings, summary } = result;
    const head = `${count(findings.length, "finding")}, ${count(summary.sensitive, "sensitive handler")}, outcome coverage ${coverageText(summary)}`;
    const blocks = inReadingOrder(findings).map((finding) => block(finding, context));
    const problems = result.suppressionProblems.map(
      ({ file, line, message }) => `${pathOf(file, context)}:${line} telltale-ignore: ${visible(message)}`,
    );
    return `${[head, ...blocks, ...problems].join("\n\n")}\n`;
  },
};

function block(finding: Finding, context: RenderContext): string {
  const { file, line } = finding.place;
  return [
    `${pathOf(file, context)}:${line} ${finding.severity} ${finding.rule} ${handlerLabel(finding)}`,
    visible(finding.message),
    ...finding.silent.map((outcome) => `silent ${outcomeLabel(outcome)} at ${pathOf(outcome.file, context)}:${outcome.line}`),
    ...finding.write.map(({ kind, line: text }) => addition(kind, text, finding, context)),
    `because ${visible(finding.because)}`,
  ].join("\n");
}

function addition(kind: OutcomeReport["kind"], text: string, finding: Finding, context: RenderContext): string {
  const ends = finding.silent.filter((outcome) => outcome.kind === kind);
  const places = ends.map((outcome) => `${pathOf(outcome.file, context)}:${outcome.line}`).join(" and ");
  // The line is in the idiom of the handler; in another file its names may not be in scope.
  const inHandler = ends.length > 0 && ends.every((outcome) => outcome.file === finding.place.file);
  return `${inHandler ? `add before ${places}` : `add in the handler on ${kind}`}: ${visible(text)}`;
}
