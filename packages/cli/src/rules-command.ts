import { catalogue, didYouMean, ruleFacts, ruleIds, ruleText, TelltaleError } from "@telltale/scan";
import { writeOut } from "./output.ts";

/** Lists the rules: of the scan, and of detection. */
export async function rulesCommand(): Promise<number> {
  const { listDetectionRules } = await detectionPages();
  const width = Math.max(...ruleIds.map((id) => id.length));
  const lines = catalogue.map((rule) => `  ${rule.id.padEnd(width)}  CWE-${rule.cwe.join(", CWE-")}  ${rule.title}\n`);
  await writeOut(`telltale scan\n${lines.join("")}\ntelltale detect\n${listDetectionRules()}`);
  return 0;
}

/** Prints the page of one rule. Throws TT1106. */
export async function explainCommand(id: string): Promise<number> {
  const rule = ruleFacts(id);
  const text = rule === undefined ? (await detectionPages()).detectionRuleText(id) : ruleText(rule);
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
