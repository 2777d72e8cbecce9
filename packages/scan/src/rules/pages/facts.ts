import type { RuleId } from "../../report/result.ts";

/**
 * Code that a rule reports, and the same code as it should be; `language` as a Markdown fence names it (`js`, `ts`, `elixir`,
 * `python`, `ruby`, `go`, `java`, `kotlin`, `php`, `csharp`, `rust`). A test scans both: the rule must find something in
 * `bad` and nothing in `good`. Every example is a small project for it (`harness/examples.ts`): a manifest with the usual
 * framework and logger, and what a reader takes for granted before the code (`app`, `router`, `logger`; a module or class
 * around functions). Lines that are only the path of a file (`# config/prod.exs`, `// src/logger.ts`) part the code into files;
 * then nothing is put around it. What else it needs stands in `project`.
 */
export interface RuleExample {
  readonly language: string;
  readonly bad: string;
  readonly good: string;
  /** For the test only; readers do not see it. */
  readonly project?: ExampleProject;
}

/** What an example needs beside the usual of its language when it is scanned. */
export interface ExampleProject {
  /** The file that holds the code, such as `app/api/login/route.ts`. */
  readonly path?: string;
  /** Directly around the code, such as the head and the end of a handler; behind a colon at its end the code is indented. */
  readonly before?: string;
  readonly after?: string;
  /** Other files by their path; a manifest takes the place of the usual one. */
  readonly files?: Readonly<Record<string, string>>;
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
