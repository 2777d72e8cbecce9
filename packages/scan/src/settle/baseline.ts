import type { Finding, Result } from "../report/result.ts";

/** Findings that are accepted as they are. Two entries with one fingerprint accept two findings. */
export interface Baseline {
  readonly version: 1;
  readonly findings: readonly BaselineEntry[];
}

export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly file: string;
  readonly handler: string;
}

/** A baseline file that accepts these findings; sorted, so that two writers agree and a merge is readable. */
export function renderBaseline(findings: readonly Finding[]): string {
  const entries = findings.map(({ fingerprint, rule, place, handler }) => ({ fingerprint, rule, file: place.file, handler }));
  entries.sort((a, b) => order(a.file, b.file) || order(a.handler, b.handler) || order(a.fingerprint, b.fingerprint));
  const baseline: Baseline = { version: 1, findings: entries };
  return `${JSON.stringify(baseline, null, 2)}\n`;
}

/** By code unit: the same on every machine, whatever its locale. */
function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export interface Accepted {
  readonly open: readonly Finding[];
  readonly suppressed: Result["suppressed"];
  /** Entries that no finding needed. */
  readonly stale: Baseline["findings"];
}

/** Takes out the findings that the baseline accepts. */
export function accept(findings: readonly Finding[], baseline: Baseline): Accepted {
  const left = [...baseline.findings];
  const open: Finding[] = [];
  const suppressed: { finding: Finding; by: "baseline"; reason: string }[] = [];
  for (const finding of findings) {
    const index = left.findIndex((entry) => entry.fingerprint === finding.fingerprint);
    if (index < 0) {
      open.push(finding);
      continue;
    }
    left.splice(index, 1);
    suppressed.push({ finding, by: "baseline", reason: "accepted in the baseline" });
  }
  return { open, suppressed, stale: left };
}
