import { catalogue, didYouMean, ruleFacts, ruleIds, ruleKinds, ruleText, severityText, TelltaleError, traits } from "@telltale/scan";
import { choiceOf } from "./detect/values.ts";
import { writeOut } from "./output.ts";
import { languagesAround } from "./project-languages.ts";

export interface RulesFlags {
  readonly format: string;
}

export interface ExplainFlags {
  readonly allLanguages?: boolean;
}

/** Lists the rules: of the scan, and of detection. Throws TT1105. */
export async function rulesCommand(flags: RulesFlags): Promise<number> {
  const format = choiceOf("--format", flags.format, ["text", "json"]);
  const { listDetectionRules, detectionRuleList } = await detectionPages();
  if (format === "json") await writeOut(`${JSON.stringify({ scan: scanRules(), detect: detectionRuleList() }, null, 2)}\n`);
  else await writeOut(`telltale scan\n${listScanRules()}\ntelltale detect\n${listDetectionRules()}`);
  return 0;
}

/** A line a rule: id, severity, kind, CWE, title. */
function listScanRules(): string {
  const rows = catalogue.map((rule) => [
    rule.id,
    severityText(rule),
    ruleKinds[traits[rule.id].kind],
    rule.cwe.map((number) => `CWE-${number}`).join(", "),
    rule.title,
  ]);
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map(
      (row) =>
        `  ${row
          .map((cell, column) => cell.padEnd(widths[column]!))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}

/** For programs: what `telltale rules` says of the scan's rules, and their ASVS requirements. */
function scanRules(): readonly unknown[] {
  return catalogue.map(({ id, title, cwe, asvs }) => {
    const { kind, severities } = traits[id];
    return { id, title, kind, severity: { lowest: severities[0], highest: severities[1] }, cwe, asvs };
  });
}

/** Prints the page of one rule, with examples in the languages of the project around. Throws TT1106. */
export async function explainCommand(id: string, flags: ExplainFlags): Promise<number> {
  const rule = ruleFacts(id);
  const languages = flags.allLanguages ? undefined : languagesAround(process.cwd());
  const text = rule === undefined ? (await detectionPages()).detectionRuleText(id) : ruleText(rule, { languages });
  if (text === undefined) throw new TelltaleError("TT1106", { rule: id, hint: await hintFor(id) });
  await writeOut(`${text}\n`);
  return 0;
}

/** Loaded only when asked for: the detector takes three times as long to load as what a page of the scan needs. */
function detectionPages(): Promise<typeof import("./detect/rule-pages.ts")> {
  return import("./detect/rule-pages.ts");
}

/** What was meant: the rules whose names hold the text, else the nearest name. */
async function hintFor(id: string): Promise<string> {
  const { detectionRuleNames } = await detectionPages();
  const names = [...ruleIds, ...detectionRuleNames()];
  const asked = id.toLowerCase().replaceAll(/[-_ ]/g, "_");
  const within = names.filter((name) => asked.length > 2 && name.replaceAll("-", "_").includes(asked));
  return within.length === 0 ? didYouMean(asked, names) : `; rules with that in their names: ${within.join(", ")}`;
}
