import { LOGGING_CHEAT_SHEET, type RuleFacts } from "./facts.ts";

export const unprotectedLogger: RuleFacts = {
  id: "unprotected-logger",
  title: "A logger that sees request data redacts nothing",
  cwe: [532],
  asvs: ["16.2.5"],
  finds: "",
  matters: "",
  examples: [{ language: "js", bad: "", good: "" }],
  references: [LOGGING_CHEAT_SHEET],
  limits: [],
};
