import { defaultPack, levels } from "@telltale/detect";
import type { Rule } from "@telltale/detect";

/** The rules of the pack that raise alerts, the most severe first. */
function alerting(): readonly Rule[] {
  return defaultPack()
    .rules.filter((rule) => rule.alerts)
    .toSorted((a, b) => levels.indexOf(b.level) - levels.indexOf(a.level) || (nameOf(a) < nameOf(b) ? -1 : 1));
}

function nameOf(rule: Rule): string {
  return rule.name ?? rule.key;
}

export function detectionRuleNames(): readonly string[] {
  return alerting().map(nameOf);
}

/** A line a rule: name, level, techniques, title. */
export function listDetectionRules(): string {
  const rules = alerting();
  const width = Math.max(...rules.map((rule) => nameOf(rule).length));
  const techniques = Math.max(...rules.map((rule) => rule.techniques.join(" ").length));
  return rules
    .map(
      (rule) =>
        `  ${nameOf(rule).padEnd(width)}  ${rule.level.padEnd(8)}  ${rule.techniques.join(" ").padEnd(techniques)}  ${rule.title}\n`,
    )
    .join("");
}

/** The same for programs. */
export function detectionRuleList(): readonly unknown[] {
  return alerting().map((rule) => ({ id: nameOf(rule), title: rule.title, severity: rule.level, techniques: rule.techniques }));
}

/** The page of one rule of the pack, by its name or id: what it sees, what it may be instead, what to do. */
export function detectionRuleText(name: string): string | undefined {
  // Files have the same names with hyphens.
  const rule = alerting().find((one) => one.name === name.replaceAll("-", "_") || one.id === name);
  if (rule === undefined) return undefined;
  const part = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)]);
  return [
    `${rule.title}`,
    `${nameOf(rule)}  ${rule.level}  ${rule.techniques.join(" ")}`,
    ...part("What it sees", (rule.description ?? "").trim().split("\n")),
    ...part(
      "What else it may be",
      rule.falsePositives.map((line) => `- ${line}`),
    ),
    ...part(
      "What to do",
      rule.respond.map((line, index) => `${index + 1}. ${line}`),
    ),
    ...part(
      "Controls",
      rule.controls.map(({ framework, id }) => `${framework} ${id}`),
    ),
    ...part("References", rule.references),
  ].join("\n");
}
