import { visible } from "@telltale/vocabulary";
import type { Finding, FlowStep, RenderContext } from "../result.ts";
import { traits } from "../../rules/catalogue.ts";
import { pathOf } from "./wording.ts";

/** Steps that are shown of a long way; those in the middle are left out. */
const mostSteps = 8;

/** The way of a value to the place of a finding, a line a step: `assigned to secret (line 14)`. Empty where no value is at stake. */
export function flowTexts(finding: Finding, context: RenderContext): readonly string[] {
  const texts = finding.flow.map((step, index) => stepText(step, index, finding, context));
  const numbered = texts.map((text, index) => `${index + 1}. ${text}`);
  if (context.verbose || numbered.length <= mostSteps) return numbered;
  const half = mostSteps / 2;
  return [...numbered.slice(0, half), `… ${numbered.length - mostSteps} more …`, ...numbered.slice(-half)];
}

/** The same in one line, for places that have no room: `reads req.body.password (line 12) → logged here (line 16)`. */
export function flowText(finding: Finding, context: RenderContext): string {
  const texts = finding.flow.map((step, index) => stepText(step, index, finding, context));
  const shown = texts.length <= mostSteps ? texts : [...texts.slice(0, mostSteps / 2), "…", ...texts.slice(-mostSteps / 2)];
  return shown.join(" → ");
}

/** The last step is the place itself, of which the message says what is wrong. */
function stepText(step: FlowStep, index: number, finding: Finding, context: RenderContext): string {
  const isLast = index === finding.flow.length - 1;
  const note = (isLast ? traits[finding.rule].mark : undefined) ?? visible(step.note);
  const where = step.file === finding.place.file ? `line ${step.line}` : `${pathOf(step.file, context)}:${step.line}`;
  return `${note} (${where})`;
}
