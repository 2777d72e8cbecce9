import type { RuleId, Severity } from "../report/result.ts";

/** `gap`: no record. `record`: a record that is worth little. `unsafe`: what is written and should not be. */
export type RuleKind = "gap" | "record" | "unsafe";

export interface RuleTraits {
  readonly kind: RuleKind;
  /** The lowest and the highest severity of its findings where telltale.yaml says nothing. */
  readonly severities: readonly [Severity, Severity];
  /** What stands beside the caret under the code; absent where the silent outcomes say it. */
  readonly mark?: string;
}

/** The severity of a gap is that of the action's silent outcome. */
const gap: RuleTraits = { kind: "gap", severities: ["low", "high"] };

/** What the rules are like, for lists and reports. */
export const traits: Readonly<Record<RuleId, RuleTraits>> = {
  "missing-security-log": gap,
  "missing-failure-log": gap,
  "missing-success-log": gap,
  "incomplete-security-log": { kind: "record", severities: ["low", "medium"], mark: "recorded here" },
  "debug-only-security-log": { kind: "record", severities: ["low", "high"], mark: "below the level that production writes" },
  "inconsistent-event-name": { kind: "record", severities: ["low", "low"], mark: "named here" },
  "log-before-outcome": { kind: "record", severities: ["medium", "medium"], mark: "claimed here" },
  "log-after-commit": { kind: "record", severities: ["low", "high"], mark: "recorded here" },
  "swallowed-security-error": { kind: "record", severities: ["low", "critical"], mark: "swallowed here" },
  "sensitive-data-in-log": { kind: "unsafe", severities: ["low", "critical"], mark: "logged here" },
  "log-injection": { kind: "unsafe", severities: ["low", "medium"], mark: "logged here" },
  "unprotected-logger": { kind: "unsafe", severities: ["medium", "high"], mark: "set up here" },
  "stack-trace-leak": { kind: "unsafe", severities: ["medium", "high"], mark: "sent here" },
};
