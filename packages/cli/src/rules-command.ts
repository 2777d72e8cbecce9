import { catalogue, didYouMean, ruleFacts, ruleIds, ruleText, TelltaleError } from "@telltale/scan";
import { writeOut } from "./output.ts";

/** Lists the rules. */
export async function rulesCommand(): Promise<number> {
  const width = Math.max(...ruleIds.map((id) => id.length));
  const lines = catalogue.map((rule) => `${rule.id.padEnd(width)}  CWE-${rule.cwe.join(", CWE-")}  ${rule.title}\n`);
  await writeOut(lines.join(""));
  return 0;
}

/** Prints the page of one rule. Throws TT1106. */
export async function explainCommand(id: string): Promise<number> {
  const rule = ruleFacts(id);
  if (rule === undefined) throw new TelltaleError("TT1106", { rule: id, hint: didYouMean(id, ruleIds) });
  await writeOut(`${ruleText(rule)}\n`);
  return 0;
}
