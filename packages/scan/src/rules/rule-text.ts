import { traits, type RuleExample, type RuleFacts, type RuleKind } from "./catalogue.ts";
import { listed } from "./listed.ts";

/** What each kind of rule is about, for headings. */
export const ruleKinds: Readonly<Record<RuleKind, string>> = {
  gap: "what is missing",
  record: "what a record is worth",
  unsafe: "what should not be written",
};

export interface RuleTextOptions {
  /** Languages of examples, as Markdown fences name them: only these are shown where the page has one of them. Absent: all. */
  readonly languages?: ReadonlySet<string>;
}

/** One rule as Markdown. */
export function ruleText(rule: RuleFacts, options: RuleTextOptions = {}): string {
  const { shown, others } = chosen(rule.examples, options.languages);
  return [
    `## ${rule.id}`,
    `${rule.title}. Severity: ${severityText(rule)}.`,
    `**Finds.** ${rule.finds}`,
    `**Why it matters.** ${rule.matters}`,
    ...shown.flatMap(({ language, bad, good }) => [
      `**${LANGUAGES[language] ?? language}: instead of**\n\n${fenced(bad, language)}`,
      `**write**\n\n${fenced(good, language)}`,
    ]),
    ...(others.length === 0 ? [] : [`Examples in ${listed(others)}: \`telltale explain ${rule.id} --all-languages\`.`]),
    `**Known limits**\n\n${bullets(rule.limits)}`,
    `**Accept one**, with a reason, above the line or the handler:\n\n${acceptance(rule, shown[0] ?? rule.examples[0])}`,
    `**Set its severity**, or switch it off, in telltale.yaml:\n\n${fenced(`rules:\n  ${rule.id}: off # or low, medium, high, critical`, "yaml")}`,
    `**References**\n\n${bullets(references(rule).map(({ title, url }) => `[${title}](${url})`))}`,
  ].join("\n\n");
}

/** `medium`, or `low to high`. */
export function severityText({ id }: Pick<RuleFacts, "id">): string {
  const [lowest, highest] = traits[id].severities;
  return lowest === highest ? lowest : `${lowest} to ${highest}`;
}

function chosen(
  examples: RuleFacts["examples"],
  languages: ReadonlySet<string> | undefined,
): { readonly shown: readonly RuleExample[]; readonly others: readonly string[] } {
  const own = examples.filter(({ language }) => languages?.has(language));
  const shown = own.length === 0 ? examples : own;
  const others = examples.filter((example) => !shown.includes(example)).map(({ language }) => LANGUAGES[language] ?? language);
  return { shown, others: [...new Set(others)] };
}

/** CWE and ASVS from the rule's numbers, where the page does not list them itself, then what the page lists. */
function references({ cwe, asvs, references: own }: RuleFacts): RuleFacts["references"] {
  const numbered = [
    ...cwe.map((number) => ({ title: `CWE-${number}`, url: `https://cwe.mitre.org/data/definitions/${number}.html` })),
    ...(asvs.length === 0 ? [] : [{ title: `OWASP ASVS 5.0, ${asvs.join(", ")}`, url: ASVS_CHAPTER }]),
  ];
  return [...numbered.filter(({ url }) => !own.some((one) => one.url === url)), ...own];
}

/** V16, Security Logging and Error Handling: all that the rules touch. */
const ASVS_CHAPTER = "https://github.com/OWASP/ASVS/blob/v5.0.0/5.0/en/0x25-V16-Security-Logging-and-Error-Handling.md";

function acceptance({ id }: RuleFacts, { language }: RuleExample): string {
  const sign = HASH_COMMENTS.has(language) ? "#" : "//";
  return fenced(`${sign} telltale-ignore ${id}: why it is right here`, language);
}

const HASH_COMMENTS: ReadonlySet<string> = new Set(["elixir", "python", "ruby"]);

/** The languages of examples, for people. */
const LANGUAGES: Readonly<Record<string, string>> = {
  js: "JavaScript",
  ts: "TypeScript",
  csharp: "C#",
  elixir: "Elixir",
  go: "Go",
  java: "Java",
  kotlin: "Kotlin",
  php: "PHP",
  python: "Python",
  ruby: "Ruby",
  rust: "Rust",
};

function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join("\n");
}

function fenced(code: string, language: string): string {
  return `\`\`\`${language}\n${code}\n\`\`\``;
}
