import { visible } from "@telltale/vocabulary";
import { writeOut } from "../output.ts";
import { testRuleFiles } from "./rule-set.ts";
import type { RuleTestReport } from "./rule-set.ts";
import { choiceOf } from "./values.ts";

/** Parses detection rules and runs their samples. Gives 1 where one does not parse or does not do what its samples say. */
export async function rulesTestCommand(paths: readonly string[], flags: { readonly format?: string }): Promise<number> {
  const format = choiceOf("--format", flags.format ?? "text", ["text", "json"]);
  const report = testRuleFiles(paths);
  await writeOut(format === "json" ? jsonOf(report) : textOf(report));
  return report.problems.length > 0 || report.results.some(({ passed }) => !passed) ? 1 : 0;
}

function textOf({ rules, problems, notes, results, unrun, untested }: RuleTestReport): string {
  const failed = results.filter(({ passed }) => !passed);
  const lines = [
    ...problems.map((problem) => `problem  ${problem.message}`),
    ...failed.map(({ sample, problem }) => `failed   ${sample.place.file}:${sample.place.line}: ${sample.name}: ${problem}`),
    ...notes.map((note) => `note     ${note}`),
    ...untested.map((title) => `untested ${title}: no samples beside its file`),
    `${counted(rules, "rule")}, ${counted(problems.length, "problem")}; ${summaryOf(results.length, failed.length, unrun)}`,
  ];
  return `${lines.map(visible).join("\n")}\n`;
}

function summaryOf(run: number, failed: number, unrun: number): string {
  const results = run === 0 ? "no samples" : `${counted(run, "sample")}: ${run - failed} as expected, ${failed} not`;
  return unrun === 0 ? results : `${results}; ${unrun} not run, because their rules do not parse`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function jsonOf({ rules, problems, notes, results, unrun, untested }: RuleTestReport): string {
  const plain = {
    rules,
    problems: problems.map(({ code, message }) => ({ code, message })),
    notes,
    untested,
    unrun,
    samples: results.map(({ sample: { name, kind, place }, passed, problem }) => ({ ...place, name, kind, passed, problem })),
  };
  return `${JSON.stringify(plain, null, 2)}\n`;
}
