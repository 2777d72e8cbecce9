import type { Severity } from "../report/result.ts";

/** From the least to the worst. */
export const severities = ["low", "medium", "high", "critical"] as const satisfies readonly Severity[];

/** Negative where `a` is less severe than `b`. */
export function compareSeverity(a: Severity, b: Severity): number {
  return severities.indexOf(a) - severities.indexOf(b);
}

export function atLeast(severity: Severity, threshold: Severity): boolean {
  return compareSeverity(severity, threshold) >= 0;
}
