import { stateOf } from "../judge/verdict.ts";
import { silentOutcomes, type Rule } from "./rule.ts";

export const missingSuccessLog: Rule = {
  id: "missing-success-log",
  check: (judged, title) => {
    if (judged.verdict === "missing" || stateOf(judged.outcomes, "success") !== false) return undefined;
    const recorded = stateOf(judged.outcomes, "failure") === true;
    const message = recorded ? `${title} is recorded when it fails, not when it succeeds` : `${title} leaves no record when it succeeds`;
    return { silent: silentOutcomes(judged, "success"), message };
  },
};
