import pc from "picocolors";
import type { Finding, RenderContext, Report, Result } from "./result.ts";
import type { Colours } from "./parts/colours.ts";
import { count, inReadingOrder, pathOf } from "./parts/wording.ts";
import { textEnd } from "./text/end.ts";
import { findingBlock, findingLine } from "./text/finding.ts";
import { compareSeverity } from "../settle/severity.ts";

/** Findings that are shown with their code; the worst come first. The others get one line each. */
const shownInFull = 40;

/** For people, on a terminal. */
export const text: Report = {
  id: "text",
  title: "for people",
  render(result, context) {
    const colours = pc.createColors(context.colour);
    const lines = [...findingLines(result, context, colours), ...textEnd(result, context, colours)];
    return `${lines.join("\n")}\n`;
  },
};

function findingLines(result: Result, context: RenderContext, colours: Colours): readonly string[] {
  const findings = inReadingOrder(result.findings);
  const full = context.verbose ? new Set(findings) : worst(findings);
  const lines: string[] = [];
  for (const [file, ofFile] of byFile(findings)) {
    lines.push(colours.bold(colours.underline(pathOf(file, context))), "");
    for (const finding of ofFile) {
      if (full.has(finding)) lines.push(...findingBlock(finding, context, colours), "");
      else lines.push(findingLine(finding, context, colours));
    }
    if (lines.at(-1) !== "") lines.push("");
  }
  const shortened = findings.length - full.size;
  if (shortened > 0) lines.push(colours.dim(`${count(shortened, "finding")} shown in one line; --verbose shows all in full.`), "");
  return lines;
}

function worst(findings: readonly Finding[]): ReadonlySet<Finding> {
  return new Set([...findings].sort((a, b) => compareSeverity(b.severity, a.severity)).slice(0, shownInFull));
}

function byFile(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.place.file);
    if (group === undefined) groups.set(finding.place.file, [finding]);
    else group.push(finding);
  }
  return groups;
}
