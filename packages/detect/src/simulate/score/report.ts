import type { AttackTruth } from "../truth.ts";
import type { ClassScore, FalseAlert, RuleScore, Score } from "./score.ts";

/** The score as JSON text, indented. Everything of {@link Score}, times in milliseconds. */
export function scoreJson(score: Score): string {
  return JSON.stringify(score, undefined, 2);
}

/** The score for people: a table of classes, a table of rules, then what was missed and what was false. No colours. */
export function scoreText(score: Score): string {
  const parts = [
    `scenario ${score.scenario}, seed ${score.seed}, ${round(score.days)} days`,
    "",
    ...table(["attack class", "attacks", "recall", "alerts", "precision", "median", "95 %"], score.classes.map(classRow)),
    "",
    ...table(["rule", "alerts", "true", "false", "nuisance", "false a day"], score.rules.map(ruleRow)),
    "",
    `false alerts: ${score.falseAlerts} (${round(score.falsePerDay)} a day); about nuisances: ${score.nuisanceAlerts}` +
      (score.unjudged > 0 ? `; of rules without a class, not judged: ${score.unjudged}` : ""),
  ];
  if (score.missed.length > 0) parts.push("", "missed:", ...score.missed.map(missedLine));
  if (score.falseExamples.length > 0) parts.push("", "false (the first of each rule):", ...score.falseExamples.map(falseLine));
  return `${parts.join("\n")}\n`;
}

function classRow(one: ClassScore): string[] {
  return [
    one.class,
    one.beyond.attacks > 0 ? `${one.attacks} (+${one.beyond.detected}/${one.beyond.attacks} beyond)` : String(one.attacks),
    percent(one.recall),
    String(one.alerts),
    percent(one.precision),
    seconds(one.medianTime),
    seconds(one.p95Time),
  ];
}

function ruleRow(one: RuleScore): string[] {
  const { title, alerts, trueAlerts, falseAlerts, nuisances, falsePerDay } = one;
  const judged =
    one.classes.length === 0 ? ["-", "-", "-", "-"] : [...[trueAlerts, falseAlerts, nuisances].map(String), round(falsePerDay)];
  return [printable(title), String(alerts), ...judged];
}

function missedLine(attack: AttackTruth): string {
  const parameters = Object.entries(attack.parameters).map(
    ([name, value]) => `${name} ${typeof value === "number" ? round(value) : value}`,
  );
  return `  ${attack.id} from ${isoOf(attack.from)}: ${parameters.join(", ")}`;
}

function falseLine(one: FalseAlert): string {
  const group = Object.entries(one.group).map(([name, value]) => `${name} ${value === null ? "(none)" : printable(value)}`);
  return `  ${printable(one.title)} from ${isoOf(one.since)} to ${isoOf(one.until)}${group.length > 0 ? `: ${group.join(", ")}` : ""}`;
}

/** First column to the left, numbers to the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? "").length)));
  return [head, ...rows].map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] as number) : cell.padStart(widths[column] as number))).join("  "),
  );
}

/** Names come from strangers: they must not drive the terminal. */
const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, "?");
const isoOf = (time: number): string => new Date(time).toISOString();
const percent = (share: number | undefined): string => (share === undefined ? "-" : `${(share * 100).toFixed(1)} %`);
const round = (value: number): string => String(Math.round(value * 100) / 100);

function seconds(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return "-";
  const whole = milliseconds / 1000;
  return whole < 120 ? `${round(whole)} s` : `${round(whole / 60)} min`;
}
