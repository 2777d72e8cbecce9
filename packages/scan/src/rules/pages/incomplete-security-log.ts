import { LOGGING_CHEAT_SHEET, type RuleFacts } from "./facts.ts";

export const incompleteSecurityLog: RuleFacts = {
  id: "incomplete-security-log",
  title: "A security record lacks what an investigator needs",
  cwe: [778, 223],
  asvs: ["16.2.1"],
  finds: "",
  matters: "",
  examples: [{ language: "js", bad: "", good: "" }],
  references: [LOGGING_CHEAT_SHEET],
  limits: [],
};
