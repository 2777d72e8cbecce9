import { configJsonSchema } from "./config/schema.ts";
import { errors } from "./errors.ts";
import type { ErrorFact } from "./errors.ts";
import { reportJsonSchema } from "./report/schema.ts";
import { catalogue } from "./rules/catalogue.ts";
import { ruleText } from "./rules/rule-text.ts";

/** The files that are written from tables of this package, by their path from the repository's root. */
export const published: Readonly<Record<string, () => string>> = {
  "docs/errors.md": errorsPage,
  "docs/rules.md": rulesPage,
  "packages/scan/schemas/config.schema.json": () => schemaText(configJsonSchema()),
  "packages/scan/schemas/report.schema.json": () => schemaText(reportJsonSchema()),
};

function schemaText(schema: unknown): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function errorsPage(): string {
  const sections = Object.entries<ErrorFact>(errors).map(
    ([code, fact]) => `## ${code}\n\n${sentence(fact.sentence)}\n\n${fact.remedy}\n\nExit status: ${fact.exit}.`,
  );
  const intro =
    "Every error that `telltale` reports by itself. What it prints names the code, so that this page can be found. `…` stands for what differs from case to case.";
  return page("Errors", "packages/scan/src/errors.ts", [intro, ...sections]);
}

function sentence(template: string): string {
  const filled = template.replace("{hint}", "").replace(/\{\w+\}/g, "…");
  return `> ${filled.charAt(0).toUpperCase()}${filled.slice(1)}`;
}

function rulesPage(): string {
  const intro =
    "What `telltale scan` reports. `telltale explain RULE` prints the same. The severity of a finding follows from the action of the handler (a silent failed login is high, a silent logout low), unless `rules` in telltale.yaml says otherwise.";
  return page("Rules", "packages/scan/src/rules/catalogue.ts", [intro, ...catalogue.map((rule) => ruleText(rule))]);
}

function page(title: string, source: string, parts: readonly string[]): string {
  const origin = `<!-- Written from ${source} by packages/scan/scripts/publish.mjs. -->`;
  return `${[`# ${title}`, origin, ...parts].join("\n\n")}\n`;
}
