import type { Finding, OutcomeReport } from "../result.ts";
import { traits } from "../../rules/catalogue.ts";
import type { Mark } from "./frame.ts";
import { outcomesLabel } from "./wording.ts";

/** What a finding points at: the end of each silent outcome, or else its own place. */
export function marksOf(finding: Finding): readonly Mark[] {
  const { silent, place, rule } = finding;
  if (silent.length > 0) return silentMarks(silent);
  const columns = [place.column, place.endLine === place.line ? place.endColumn : Infinity] as const;
  return [{ file: place.file, line: place.line, columns, note: traits[rule].mark ?? "here" }];
}

/** One for each line on which outcomes end. */
function silentMarks(silent: readonly OutcomeReport[]): readonly Mark[] {
  const byLine = new Map<string, OutcomeReport[]>();
  for (const outcome of silent) {
    const key = `${outcome.line} ${outcome.file}`;
    byLine.set(key, [...(byLine.get(key) ?? []), outcome]);
  }
  return [...byLine.values()].map((ends) => ({ file: ends[0]!.file, line: ends[0]!.line, note: `not recorded: ${outcomesLabel(ends)}` }));
}
