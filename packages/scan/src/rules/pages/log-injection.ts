import { LOGGING_CHEAT_SHEET, type RuleFacts } from "./facts.ts";

export const logInjection: RuleFacts = {
  id: "log-injection",
  title: "Request data is spliced into a log line as text",
  cwe: [117],
  asvs: ["16.4.1"],
  finds: "",
  matters: "",
  examples: [{ language: "js", bad: "", good: "" }],
  references: [LOGGING_CHEAT_SHEET],
  limits: [],
};
