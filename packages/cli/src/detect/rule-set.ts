import { existsSync, readFileSync } from "node:fs";
import { defaultPack, loadRules, packFolder, readRuleFiles, readSamples, testRules } from "@telltale/detect";
import type { DetectError, RuleSet, RuleText, SampleResult } from "@telltale/detect";
import { TelltaleError } from "@telltale/scan";
import { usage } from "./values.ts";

/** Stands for the rule pack among `--rules`. */
const packName = "pack";

/** Texts of the rules that `--rules` names: files, folders, or `pack`. Default: the pack. */
export function ruleTexts(paths: readonly string[] | undefined): readonly RuleText[] {
  const named = paths === undefined || paths.length === 0 ? [packName] : paths;
  return readRuleFiles(named.map((path) => (path === packName && !existsSync(path) ? packFolder() : path)));
}

/** Rules that all parse. Throws the first problem, and says how many more there are: half a rule set is no protection. */
export function ruleSet(paths: readonly string[] | undefined): { readonly set: RuleSet; readonly notes: readonly string[] } {
  if (paths === undefined || paths.length === 0) return { set: defaultPack(), notes: [] };
  const { set, problems, notes } = loadRules(ruleTexts(paths));
  const [first, ...more] = problems;
  if (first !== undefined) {
    const further = more.length === 0 ? "" : ` (and ${more.length} more: telltale rules test lists them)`;
    // The place of the problem stands in front: it can be clicked.
    throw new TelltaleError("TT1501", { cause: `${first.message}${further}` });
  }
  if (!set.rules.some((rule) => rule.alerts)) throw usage("none of the files of --rules holds a rule that raises alerts");
  return { set, notes };
}

/** What `telltale rules test` found. */
export interface RuleTestReport {
  readonly rules: number;
  readonly problems: readonly DetectError[];
  readonly notes: readonly string[];
  readonly results: readonly SampleResult[];
  /** Samples that were not run, because their rule does not parse. */
  readonly unrun: number;
  /** Titles of the rules that raise alerts and have no samples. */
  readonly untested: readonly string[];
}

/** Parses rules and runs the samples that they ship with. */
export function testRuleFiles(paths: readonly string[] | undefined): RuleTestReport {
  const texts = ruleTexts(paths);
  const { set, problems, notes } = loadRules(texts);
  const sampled = texts.map((text) => ({ file: text.file, ...samplesOf(text) }));
  const isBroken = (file: string) => problems.some(({ facts }) => facts["place"]?.startsWith(`${file}:`));
  const results = sampled.flatMap(({ file, samples }) => (isBroken(file) ? [] : testRules(set, { file, samples })));
  const withSamples = new Set(sampled.filter(({ samples }) => samples.length > 0).map(({ file }) => file));
  return {
    rules: set.rules.length,
    problems: onceEach([...problems, ...sampled.flatMap((one) => one.problems)]),
    notes,
    results,
    unrun: sampled.reduce((sum, { samples }) => sum + samples.length, 0) - results.length,
    untested: set.rules.filter((rule) => rule.alerts && !withSamples.has(rule.place.file)).map(({ title }) => title),
  };
}

/** Rules and samples of one file are read one after the other, and find the same fault in its YAML. */
function onceEach(problems: readonly DetectError[]): readonly DetectError[] {
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()];
}

/** Samples inside the rule file, and those of the file beside it. */
function samplesOf(text: RuleText): ReturnType<typeof readSamples> {
  const beside = text.file.replace(/\.ya?ml$/, ".samples.yaml");
  const own = readSamples(text);
  if (!existsSync(beside)) return own;
  const other = readSamples({ file: beside, text: readFileSync(beside, "utf8") });
  return { samples: [...own.samples, ...other.samples], problems: [...own.problems, ...other.problems] };
}
