import { LOGGING_CHEAT_SHEET, type RuleFacts } from "./facts.ts";

export const stackTraceLeak: RuleFacts = {
  id: "stack-trace-leak",
  title: "An error's stack or message goes to the client",
  cwe: [209],
  asvs: ["16.5.1"],
  finds: "",
  matters: "",
  examples: [{ language: "js", bad: "", good: "" }],
  references: [LOGGING_CHEAT_SHEET],
  limits: [],
};
