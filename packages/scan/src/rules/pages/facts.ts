import type { RuleId } from "../../report/result.ts";

/** Code that a rule reports, and the same code as it should be; `language` as a Markdown fence names it. */
export interface RuleExample {
  readonly language: string;
  readonly bad: string;
  readonly good: string;
}

/** What people read about a rule. The rule itself stands in a file of its own. */
export interface RuleFacts {
  readonly id: RuleId;
  readonly title: string;
  /** CWE numbers. */
  readonly cwe: readonly number[];
  /** Requirements of ASVS 5.0: `16.3.1`. */
  readonly asvs: readonly string[];
  readonly finds: string;
  /** Why it matters, and an incident that it hides or causes. */
  readonly matters: string;
  /** One for each language in which most readers will meet it; the first is shown where there is room for one. */
  readonly examples: readonly [RuleExample, ...RuleExample[]];
  readonly references: readonly { readonly title: string; readonly url: string }[];
  readonly limits: readonly string[];
}

/** CWE-778: Insufficient Logging. */
export const insufficientLogging = [778];

export const LOGGING_CHEAT_SHEET = {
  title: "OWASP Logging Cheat Sheet",
  url: "https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html",
};
export const LOGGING_VOCABULARY = {
  title: "OWASP Logging Vocabulary",
  url: "https://cheatsheetseries.owasp.org/cheatsheets/Logging_Vocabulary_Cheat_Sheet.html",
};
