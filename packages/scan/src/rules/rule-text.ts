import type { RuleFacts } from "./catalogue.ts";

/** One rule as Markdown. */
export function ruleText(rule: RuleFacts): string {
  const cwe = rule.cwe.map((number) => `[CWE-${number}](https://cwe.mitre.org/data/definitions/${number}.html)`).join(", ");
  return [
    `## ${rule.id}`,
    `${rule.title} (${cwe}).`,
    `**Finds.** ${rule.finds}`,
    `**Why it matters.** ${rule.matters}`,
    `**Example**\n\n${fenced(rule.example)}`,
    `**Write instead**\n\n${fenced(rule.instead)}`,
    `**Known limits**\n\n${rule.limits.map((limit) => `- ${limit}`).join("\n")}`,
    `**Accept one**\n\n${fenced(`// telltale-ignore ${rule.id}: why no record is needed here`)}`,
  ].join("\n\n");
}

function fenced(code: string): string {
  const language = /^\s*(?:def|case) /.test(code) ? "elixir" : "js";
  return `\`\`\`${language}\n${code}\n\`\`\``;
}
