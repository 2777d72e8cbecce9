import pc from "picocolors";
import { visible } from "@telltale/vocabulary";
import type { Finding, RenderContext, Report, Result } from "./result.ts";
import type { Colours } from "./parts/colours.ts";
import { count, inReadingOrder } from "./parts/wording.ts";
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
    const { context: told, head } = near(context);
    const lines = [...head, ...findingLines(result, told, colours), ...textEnd(result, told, colours)];
    return `${lines.join("\n")}\n`;
  },
};

/** Far from where the command was run, paths are told from the scanned folder, which is named once. */
function near(context: RenderContext): { readonly context: RenderContext; readonly head: readonly string[] } {
  const { prefix = "" } = context;
  if (!/^(?:\/|[A-Za-z]:|\\\\)/.test(prefix)) return { context, head: [] };
  return { context: { ...context, prefix: "" }, head: [`In ${visible(prefix)}`, ""] };
}

function findingLines(result: Result, context: RenderContext, colours: Colours): readonly string[] {
  const findings = inReadingOrder(result.findings);
  const full = context.verbose ? new Set(findings) : worst(findings);
  const lines: string[] = [];
  for (const finding of findings) {
    if (!full.has(finding)) lines.push(findingLine(finding, context, colours));
    else lines.push(...(lines.at(-1)?.trim() ? [""] : []), ...findingBlock(finding, context, colours), "");
  }
  if (lines.at(-1)?.trim()) lines.push("");
  const shortened = findings.length - full.size;
  if (shortened > 0) lines.push(colours.dim(`${count(shortened, "finding")} shown in one line; --verbose shows all in full.`), "");
  return lines;
}

function worst(findings: readonly Finding[]): ReadonlySet<Finding> {
  return new Set([...findings].sort((a, b) => compareSeverity(b.severity, a.severity)).slice(0, shownInFull));
}
