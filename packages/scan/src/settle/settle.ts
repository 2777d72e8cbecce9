import type { Config } from "../config/config.ts";
import type { ScanOutcome } from "../contract.ts";
import type { Finding, Result, Severity } from "../report/result.ts";
import { accept } from "./baseline.ts";
import type { Baseline } from "./baseline.ts";
import type { Changed } from "./changed.ts";
import { onlyChanged } from "./changed.ts";
import type { SuppressionProblem } from "./comments.ts";
import { atLeast } from "./severity.ts";
import { suppress } from "./suppress.ts";

export interface SettleOptions {
  readonly config: Config;
  readonly comments: ScanOutcome["comments"];
  readonly baseline?: Baseline;
  /** Only what this change touches is kept. */
  readonly changed?: Changed;
  /** Only findings at or above it are kept. */
  readonly severity?: Severity;
  /** Not every handler was judged, so a comment without a finding may still be needed. */
  readonly partial?: boolean;
}

export interface Settled {
  readonly result: Result;
  /** Entries of the baseline that are no longer needed; empty where only part was judged. */
  readonly stale: Baseline["findings"];
}

/** From what was found to what is reported: rule settings, comments, baseline, change, severity, in this order. */
export function settle(raw: Result, options: SettleOptions): Settled {
  const ruled = applyRules(raw.findings, options.config.rules);
  const commented = suppress(ruled, raw.handlers, options.comments);
  const accepted = accept(commented.open, options.baseline ?? { version: 1, findings: [] });
  const problems = commented.problems.filter((problem) => !(options.partial && problem.unused));
  const result: Result = {
    ...raw,
    findings: accepted.open,
    suppressed: [...commented.suppressed, ...accepted.suppressed],
    suppressionProblems: inOrder(problems),
  };
  const touched = options.changed === undefined ? result : onlyChanged(result, options.changed);
  return { result: aboveThreshold(touched, options.severity), stale: options.partial ? [] : accepted.stale };
}

function inOrder(problems: readonly SuppressionProblem[]): Result["suppressionProblems"] {
  return problems
    .map(({ file, line, message }) => ({ file, line, message }))
    .sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}

function applyRules(findings: readonly Finding[], rules: Config["rules"]): readonly Finding[] {
  return findings.flatMap((finding) => {
    const setting = rules[finding.rule];
    if (setting === undefined) return [finding];
    return setting === "off" ? [] : [{ ...finding, severity: setting }];
  });
}

function aboveThreshold(result: Result, threshold: Severity | undefined): Result {
  if (threshold === undefined) return result;
  return { ...result, findings: result.findings.filter((finding) => atLeast(finding.severity, threshold)) };
}
