import type { ScanOutcome } from "../contract.ts";
import type { Finding, HandlerReport, OutcomeReport, Result } from "../report/result.ts";
import { isProblem, readComment } from "./comments.ts";
import type { Suppression, SuppressionProblem } from "./comments.ts";

export interface Suppressed {
  readonly open: readonly Finding[];
  readonly suppressed: Result["suppressed"];
  readonly problems: readonly SuppressionProblem[];
}

/**
 * Takes out the findings that comments accept. A comment covers a finding whose handler starts on its line or on the
 * next line of code, and a silent outcome that stands there; a finding with other silent outcomes stays with those.
 */
export function suppress(findings: readonly Finding[], handlers: readonly HandlerReport[], comments: ScanOutcome["comments"]): Suppressed {
  const { suppressions, problems } = readAll(comments);
  const used = new Set<string>();
  const open: Finding[] = [];
  const suppressed: { finding: Finding; by: "comment"; reason: string }[] = [];
  for (const finding of findings) {
    const relevant = suppressions.filter((suppression) => suppression.rules.includes(finding.rule));
    const whole = relevant.find((suppression) => coversHandler(suppression, finding, handlers));
    const byOutcome = finding.silent.map((outcome) => relevant.find((each) => coversOutcome(each, outcome)));
    for (const suppression of [whole, ...byOutcome]) {
      if (suppression !== undefined) used.add(useKey(suppression, finding.rule));
    }
    const accepting = whole ?? (byOutcome.length > 0 && byOutcome.every(Boolean) ? byOutcome[0] : undefined);
    if (accepting === undefined)
      open.push(
        withSilent(
          finding,
          finding.silent.filter((_, index) => !byOutcome[index]),
        ),
      );
    else suppressed.push({ finding, by: "comment", reason: accepting.reason });
  }
  return { open, suppressed, problems: [...problems, ...unused(suppressions, used)] };
}

function readAll(comments: ScanOutcome["comments"]): {
  suppressions: readonly Suppression[];
  problems: readonly SuppressionProblem[];
} {
  const read = [...comments].flatMap(([file, list]) => list.map((comment) => readComment(file, comment)));
  const known = read.filter((each) => each !== undefined);
  return {
    suppressions: known.filter((each): each is Suppression => !isProblem(each)),
    problems: known.filter(isProblem),
  };
}

function coversHandler(suppression: Suppression, finding: Finding, handlers: readonly HandlerReport[]): boolean {
  if (suppression.file !== finding.place.file) return false;
  if (suppression.covers === "file") return true;
  return suppression.covers.includes(finding.place.line) || suppression.covers.includes(startOf(finding, handlers));
}

/** The line on which the finding's handler starts. */
function startOf(finding: Finding, handlers: readonly HandlerReport[]): number {
  const { file, line } = finding.place;
  const handler = handlers.find(
    (each) => each.file === file && each.handler === finding.handler && each.line <= line && line <= each.endLine,
  );
  return handler?.line ?? line;
}

function coversOutcome(suppression: Suppression, outcome: OutcomeReport): boolean {
  return suppression.file === outcome.file && suppression.covers !== "file" && suppression.covers.includes(outcome.line);
}

function withSilent(finding: Finding, silent: readonly OutcomeReport[]): Finding {
  if (silent.length === finding.silent.length) return finding;
  return { ...finding, silent, write: finding.write.filter(({ kind }) => silent.some((outcome) => outcome.kind === kind)) };
}

function unused(suppressions: readonly Suppression[], used: ReadonlySet<string>): readonly SuppressionProblem[] {
  return suppressions.flatMap((suppression) =>
    suppression.rules
      .filter((rule) => !used.has(useKey(suppression, rule)))
      .map((rule) => ({
        file: suppression.file,
        line: suppression.line,
        message: `nothing to ignore: ${rule} finds nothing here; remove the comment`,
        unused: true,
      })),
  );
}

function useKey(suppression: Suppression, rule: string): string {
  return `${suppression.file}\n${suppression.line}\n${rule}`;
}
