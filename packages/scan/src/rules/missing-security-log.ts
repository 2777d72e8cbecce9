import { silentOutcomes, type Rule } from "./rule.ts";

export const missingSecurityLog: Rule = {
  id: "missing-security-log",
  check: (judged, title) => {
    if (judged.verdict !== "missing") return undefined;
    return { silent: [...silentOutcomes(judged, "success"), ...silentOutcomes(judged, "failure")], message: `${title} leaves no record, however it ends` };
  },
};
