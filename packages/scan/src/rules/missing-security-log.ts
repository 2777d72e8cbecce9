import { silentOutcomes, type Rule } from "./rule.ts";

export const missingSecurityLog: Rule = {
  id: "missing-security-log",
  check: (judged, title) => {
    if (judged.verdict !== "missing") return undefined;
    const silent = [...silentOutcomes(judged, "success"), ...silentOutcomes(judged, "failure")];
    const kinds = new Set(silent.map(({ kind }) => kind));
    const when = kinds.size > 1 ? ", whether it succeeds or fails" : "";
    return { silent, message: `${title} leaves no record${when}` };
  },
};
