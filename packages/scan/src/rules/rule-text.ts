import type { RuleFacts } from "./catalogue.ts";

/** One rule as Markdown. */
export function ruleText(rule: RuleFacts): string {
  const cwe = rule.cwe.map((number) => `[CWE-${number}](https://cwe.mitre.org/data/definitions/${number}.html)`).join(", ");
  return [
    `## ${rule.id}`,
    `${rule.title} (${cwe}).`,
    `**Finds.** ${rule.finds}`,
    `**Why it matters.** ${rule.matters}`,
    ...rule.examples.flatMap(({ language, bad, good }) => [
      `**Example**\n\n${fenced(bad, language)}`,
      `**Write instead**\n\n${fenced(good, language)}`,
    ]),
    `**Known limits**\n\n${rule.limits.map((limit) => `- ${limit}`).join("\n")}`,
    `**Accept one**\n\n${fenced(`// telltale-ignore ${rule.id}: why no record is needed here`, "js")}`,
  ].join("\n\n");
}

function fenced(code: string, language: string): string {
  return `\`\`\`${language}\n${code}\n\`\`\``;
}
