import { LOGGING_CHEAT_SHEET, type RuleFacts } from "./facts.ts";

export const debugOnlySecurityLog: RuleFacts = {
  id: "debug-only-security-log",
  title: "A security record exists only at a level that production drops",
  cwe: [778],
  asvs: ["16.3.1"],
  finds: "",
  matters: "",
  examples: [{ language: "js", bad: "", good: "" }],
  references: [LOGGING_CHEAT_SHEET],
  limits: [],
};
