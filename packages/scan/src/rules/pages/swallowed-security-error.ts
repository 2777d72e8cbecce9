import { LOGGING_CHEAT_SHEET, type RuleFacts } from "./facts.ts";

export const swallowedSecurityError: RuleFacts = {
  id: "swallowed-security-error",
  title: "A fault on a security path is caught and forgotten",
  cwe: [778, 390],
  asvs: ["16.5.3"],
  finds: "",
  matters: "",
  examples: [{ language: "js", bad: "", good: "" }],
  references: [LOGGING_CHEAT_SHEET],
  limits: [],
};
