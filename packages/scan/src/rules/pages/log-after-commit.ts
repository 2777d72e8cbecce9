import { LOGGING_CHEAT_SHEET, type RuleFacts } from "./facts.ts";

export const logAfterCommit: RuleFacts = {
  id: "log-after-commit",
  title: "A record that a fault or a rollback takes away",
  cwe: [778],
  asvs: ["16.3.1"],
  finds: "",
  matters: "",
  examples: [{ language: "js", bad: "", good: "" }],
  references: [LOGGING_CHEAT_SHEET],
  limits: [],
};
