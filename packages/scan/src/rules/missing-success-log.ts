import { stateOf } from "../judge/verdict.ts";
import { silentOutcomes, type Rule } from "./rule.ts";

export const missingSuccessLog: Rule = {
  id: "missing-success-log",
  check: (judged, title) => {
    if (judged.verdict === "missing" || stateOf(judged.outcomes, "success") !== false) return undefined;
    return { silent: silentOutcomes(judged, "success"), message: `${title}: failure is recorded, success is not` };
  },
};
