import { LOGGING_CHEAT_SHEET, type RuleFacts } from "./facts.ts";

export const inconsistentEventName: RuleFacts = {
  id: "inconsistent-event-name",
  title: "One action is recorded under several names",
  cwe: [778],
  asvs: ["16.2.1"],
  finds: "",
  matters: "",
  examples: [{ language: "js", bad: "", good: "" }],
  references: [LOGGING_CHEAT_SHEET],
  limits: [],
};
