import { visible } from "@telltale/vocabulary";
import type { Finding, RenderContext, Report, Severity } from "./result.ts";
import { flowText } from "./parts/flow.ts";
import { handlerLabel, visibleLines, worstFirst } from "./parts/wording.ts";

const commandOf: Readonly<Record<Severity, "error" | "warning" | "notice">> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "notice",
};

/**
 * Workflow commands that GitHub shows as annotations of a pull request.
 * Escapes as in https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts.
 */
export const github: Report = {
  id: "github",
  title: "annotations for GitHub Actions",
  render(result, context) {
    // GitHub shows ten errors and ten warnings of a step.
    const findings = worstFirst(result.findings).map((finding) => annotation(finding, context));
    const problems = result.suppressionProblems.map(({ file, line, message }) =>
      command("warning", { file: pathProperty(file, context), line, title: "telltale-ignore" }, visible(message)),
    );
    return [...findings, ...problems].map((line) => `${line}\n`).join("");
  },
};

function annotation(finding: Finding, context: RenderContext): string {
  // One line only: GitHub shows an annotation below the last line of its range, which is the end of the handler.
  const { file, line, column } = finding.place;
  const properties = {
    file: pathProperty(file, context),
    line,
    col: column,
    title: [finding.rule, handlerLabel(finding)].filter((part) => part !== "").join(": "),
  };
  const write = finding.write.map((proposal) => `Write on ${proposal.kind}: ${visible(proposal.line)}`);
  const flow = finding.flow.length === 0 ? [] : [`Flow: ${flowText(finding, context)}`];
  const instead = finding.instead === undefined ? [] : [`Write instead: ${visibleLines(finding.instead).join("\n")}`];
  const lines = [visible(finding.message), ...flow, `Because: ${visible(finding.because)}`, visible(finding.gain), ...instead, ...write];
  return command(commandOf[finding.severity], properties, lines.join("\n"));
}

function pathProperty(file: string, context: RenderContext): string {
  return `${context.prefix ?? ""}${file}`;
}

function command(name: string, properties: Readonly<Record<string, string | number>>, message: string): string {
  const written = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name} ${written.join(",")}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return visible(escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C"));
}
