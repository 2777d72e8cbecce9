import { LOGGING_CHEAT_SHEET, type RuleFacts } from "./facts.ts";

export const logBeforeOutcome: RuleFacts = {
  id: "log-before-outcome",
  title: "Success is claimed before the work that can still fail",
  cwe: [778],
  asvs: ["16.3.1"],
  finds: "",
  matters: "",
  examples: [{ language: "js", bad: "", good: "" }],
  references: [LOGGING_CHEAT_SHEET],
  limits: [],
};
