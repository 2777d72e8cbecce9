import { stateOf } from "../judge/verdict.ts";
import { silentOutcomes, type Rule } from "./rule.ts";

export const missingFailureLog: Rule = {
  id: "missing-failure-log",
  check: (judged, title) => {
    if (judged.verdict === "missing" || stateOf(judged.outcomes, "failure") !== false) return undefined;
    const recorded = stateOf(judged.outcomes, "success") === true;
    const message = recorded ? `${title} is recorded when it succeeds, not when it fails` : `${title} leaves no record when it fails`;
    return { silent: silentOutcomes(judged, "failure"), message };
  },
};
