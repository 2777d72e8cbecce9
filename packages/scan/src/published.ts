import { configJsonSchema } from "./config/schema.ts";
import { errors } from "./errors.ts";
import type { ErrorFact } from "./errors.ts";
import { reportJsonSchema } from "./report/schema.ts";
import { catalogue } from "./rules/catalogue.ts";
import { ruleText, severityText } from "./rules/rule-text.ts";

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
    "What `telltale scan` reports. `telltale explain RULE` prints the same, with the examples in the languages of the project. The severity of a gap follows from the action of the handler (a silent failed login is high, a silent logout low), that of the other rules from what is at stake, unless `rules` in telltale.yaml says otherwise.";
  const list = catalogue.map((rule) => `| [${rule.id}](#${rule.id}) | ${rule.title} | ${severityText(rule)} |`);
  const table = ["| Rule | Finds | Severity |", "| --- | --- | --- |", ...list].join("\n");
  return page("Rules", "packages/scan/src/rules/pages", [intro, table, ...catalogue.map((rule) => ruleText(rule))]);
}

function page(title: string, source: string, parts: readonly string[]): string {
  const origin = `<!-- Written from ${source} by packages/scan/scripts/publish.mjs. -->`;
  return `${[`# ${title}`, origin, ...parts].join("\n\n")}\n`;
}
