import type { Judged } from "../judge/handler.ts";
import type { Outcome } from "../judge/verdict.ts";
import type { RuleId } from "../report/result.ts";

/** What a rule says about one handler: the outcomes that are silent, and the sentence about them. */
export interface Gap {
  readonly silent: readonly Outcome[];
  readonly message: string;
}

/** One file a rule: from a judged handler to a gap, or nothing. What people read about it stands in the catalogue. */
export interface Rule {
  readonly id: RuleId;
  readonly check: (judged: Judged, title: string) => Gap | undefined;
}

export function silentOutcomes(judged: Judged, kind: "success" | "failure"): readonly Outcome[] {
  return judged.outcomes.filter((outcome) => outcome.kind === kind && outcome.recorded === false);
}
