import { LOGGING_CHEAT_SHEET, type RuleFacts } from "./facts.ts";

export const sensitiveDataInLog: RuleFacts = {
  id: "sensitive-data-in-log",
  title: "A secret reaches a log line",
  cwe: [532],
  asvs: ["16.2.5"],
  finds: "",
  matters: "",
  examples: [{ language: "js", bad: "", good: "" }],
  references: [LOGGING_CHEAT_SHEET],
  limits: [],
};
