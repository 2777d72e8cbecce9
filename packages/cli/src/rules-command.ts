import { catalogue, didYouMean, ruleFacts, ruleIds, ruleText, TelltaleError } from "@telltale/scan";
import { detectionRuleNames, detectionRuleText, listDetectionRules } from "./detect/rule-pages.ts";
import { writeOut } from "./output.ts";

/** Lists the rules: of the scan, and of detection. */
export async function rulesCommand(): Promise<number> {
  const width = Math.max(...ruleIds.map((id) => id.length));
  const lines = catalogue.map((rule) => `  ${rule.id.padEnd(width)}  CWE-${rule.cwe.join(", CWE-")}  ${rule.title}\n`);
  await writeOut(`telltale scan\n${lines.join("")}\ntelltale detect\n${listDetectionRules()}`);
  return 0;
}

/** Prints the page of one rule. Throws TT1106. */
export async function explainCommand(id: string): Promise<number> {
  const rule = ruleFacts(id);
  const text = rule === undefined ? detectionRuleText(id) : ruleText(rule);
  if (text === undefined) throw new TelltaleError("TT1106", { rule: id, hint: hintFor(id) });
  await writeOut(`${text}\n`);
  return 0;
}

/** What was meant: the rules whose names hold the text, else the nearest name. */
function hintFor(id: string): string {
  const names = [...ruleIds, ...detectionRuleNames()];
  const asked = id.toLowerCase().replaceAll(/[-_ ]/g, "_");
  const within = names.filter((name) => asked.length > 2 && name.replaceAll("-", "_").includes(asked));
  return within.length === 0 ? didYouMean(asked, names) : `; rules with that in their names: ${within.join(", ")}`;
}
