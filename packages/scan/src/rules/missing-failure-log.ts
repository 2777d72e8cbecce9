import { stateOf } from "../judge/verdict.ts";
import { silentOutcomes, type Rule } from "./rule.ts";

export const missingFailureLog: Rule = {
  id: "missing-failure-log",
  check: (judged, title) => {
    if (judged.verdict === "missing" || stateOf(judged.outcomes, "failure") !== false) return undefined;
    return { silent: silentOutcomes(judged, "failure"), message: `${title}: success is recorded, failure is not` };
  },
};
