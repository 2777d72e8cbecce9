import pc from "picocolors";
import { visible } from "@telltale/vocabulary";
import type { Finding, RenderContext, Report, Result } from "./result.ts";
import type { Colours } from "./parts/colours.ts";
import { count, worstFirst } from "./parts/wording.ts";
import { textEnd } from "./text/end.ts";
import { findingBlock, findingLine } from "./text/finding.ts";

/** Findings that are shown with their code; the worst come first. The others get one line each. */
const shownInFull = 40;

/** As many of one rule about what is written: such a rule says much the same many times, and must not bury another. */
const fullOfOneRule = 8;

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
  const findings = worstFirst(result.findings);
  const full = context.verbose ? new Set(findings) : shownFull(findings);
  const rest = findings.filter((finding) => !full.has(finding));
  const blocks = findings.filter((finding) => full.has(finding)).flatMap((finding) => [...findingBlock(finding, context, colours), ""]);
  if (rest.length === 0) return blocks;
  return [
    ...blocks,
    ...rest.map((finding) => findingLine(finding, context, colours)),
    "",
    colours.dim(`${count(rest.length, "finding")} shown in one line; --verbose shows all in full.`),
    "",
  ];
}

/** `findings` in the order in which they are shown. */
function shownFull(findings: readonly Finding[]): ReadonlySet<Finding> {
  const ofRule = new Map<string, number>();
  const allowed = findings.filter(({ rule, silent }) => {
    const before = ofRule.get(rule) ?? 0;
    ofRule.set(rule, before + 1);
    return silent.length > 0 || before < fullOfOneRule;
  });
  return new Set(allowed.slice(0, shownInFull));
}
