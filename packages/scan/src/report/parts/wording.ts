import { visible } from "@telltale/vocabulary";
import { ruleIds } from "../../rules/catalogue.ts";
import { compareSeverity } from "../../settle/severity.ts";
import type { Finding, HandlerReport, OutcomeReport, RenderContext, Summary } from "../result.ts";

/** `POST /login (login)`; only one of them where the other says nothing more (`mutation deleteUser`); "" at the top level of a file. */
export function handlerLabel({ handler, route }: Pick<HandlerReport | Finding, "handler" | "route">): string {
  if (route === null) return visible(handler);
  const named = handler === "" || route === handler || route.endsWith(` ${handler}`);
  return named ? visible(route) : `${visible(route)} (${visible(handler)})`;
}

/** The path of a file from where the command was run. */
export function pathOf(file: string, context: RenderContext): string {
  return visible(`${context.prefix ?? ""}${file}`);
}

/** Text of several lines, as a terminal may show them. */
export function visibleLines(text: string): readonly string[] {
  return text.split("\n").map(visible);
}

/** `failure: answers 401 "wrong password"` */
export function outcomeLabel(outcome: OutcomeReport): string {
  return `${outcome.kind}: ${visible(outcome.end)}`;
}

/** Several outcomes in one line, each end once: `success and failure: answers 200`. */
export function outcomesLabel(outcomes: readonly OutcomeReport[]): string {
  const byEnd = new Map<string, Set<string>>();
  for (const { end, kind } of outcomes) byEnd.set(end, (byEnd.get(end) ?? new Set()).add(kind));
  return [...byEnd].map(([end, kinds]) => `${[...kinds].sort().reverse().join(" and ")}: ${visible(end)}`).join("; ");
}

/** Recorded outcomes in whole per cent, rounded down so that 100 means all; null where there is none. */
export function coverage({ outcomes, recorded }: Summary): number | null {
  return outcomes === 0 ? null : Math.floor((100 * recorded) / outcomes);
}

export function coverageText(summary: Summary): string {
  const percent = coverage(summary);
  return percent === null ? "no outcomes" : `${percent} %`;
}

/** `1 finding`, `2 findings`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** Findings as somebody should take them up: the worst first, then rules in their order (gaps first), then in reading order. */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return inReadingOrder(findings).toSorted((a, b) => compareSeverity(b.severity, a.severity) || rank(a) - rank(b));
}

function rank({ rule }: Finding): number {
  return ruleIds.indexOf(rule);
}

/** Findings in reading order: file, line, column, rule. By code unit: the same on every machine. */
export function inReadingOrder(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort(
    (a, b) =>
      byText(a.place.file, b.place.file) ||
      a.place.line - b.place.line ||
      a.place.column - b.place.column ||
      byText(a.rule, b.rule) ||
      byText(a.fingerprint, b.fingerprint),
  );
}

function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
