import { createSettings, isFixable, isRestOf, repair, unifiedDiff, writeChanges } from "@telltale/fix";
import type { EachOptions, NotWritten, Refusal, Repair } from "@telltale/fix";
import { didYouMean, ruleIds, settle, TelltaleError } from "@telltale/scan";
import type { Config, Finding, Result, Tell } from "@telltale/scan";
import { analysisOf } from "@telltale/scan/analysis";
import type { Analysis } from "@telltale/scan/analysis";
import { choiceOf } from "./detect/values.ts";
import { askEach, endQuestions } from "./fix-questions.ts";
import { fixJson, fixText } from "./fix-report.ts";
import type { FixReport } from "./fix-report.ts";
import { fixSarif } from "./fix-sarif.ts";
import { changedSince } from "./git.ts";
import { writeOut } from "./output.ts";
import type { Watch } from "./scan-command.ts";
import { readBaseline, readSettings } from "./settings.ts";
import { targetOf } from "./target.ts";
import type { Target } from "./target.ts";
import { progressLine, wantsColour, wantsProgress } from "./terminal.ts";

/** The options of `telltale fix`, as commander gives them. */
export interface FixFlags {
  readonly dryRun?: boolean;
  readonly interactive?: boolean;
  readonly unsafe?: boolean;
  readonly rule: readonly string[];
  readonly changed?: string | true;
  readonly format: string;
  readonly config?: string;
  readonly baseline?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly progress: boolean;
  readonly color?: boolean;
}

/** Fixes what a scan finds. Gives 0 (nothing is left to fix) or 1 (something is); everything else is thrown. */
export async function fixCommand(paths: readonly string[], flags: FixFlags, watch: Watch): Promise<number> {
  const cwd = process.cwd();
  const format = choiceOf("--format", flags.format, ["text", "json", "sarif"]);
  if (flags.interactive && format !== "text") throw new TelltaleError("TT1109", { first: "--interactive", second: `--format ${format}` });
  const rules = readRules(flags.rule);
  const target = targetOf(paths, cwd);
  const findings = await readFindings(target, rules, flags, cwd);

  const shown = wantsProgress(flags.progress && !flags.quiet && !flags.interactive, process.env, process.stderr.isTTY === true);
  const progress = progressLine(
    (text) => void process.stderr.write(text),
    () => performance.now(),
  );
  const tell: Tell = (event) => {
    watch(event.file);
    if (shown) progress.tell(event);
  };
  const colour = wantsColour(flags.color, process.env, process.stdout.isTTY === true);
  const how = { unsafe: flags.unsafe === true, settingsOf: createSettings(target.root) };
  let done: Repair;
  let analysis: Analysis;
  try {
    analysis = await analysisOf({ root: target.root, paths: target.paths, config: findings.config }, tell);
    if (format === "sarif") return await offer(analysis, findings, target, how);
    done = await repair(analysis, {
      ...how,
      open: findings.open(analysis),
      ...(flags.interactive ? { wanted: askEach(target.prefix, colour) } : {}),
    });
  } finally {
    endQuestions();
    if (shown) progress.end();
  }
  const notWritten: readonly NotWritten[] = flags.dryRun ? [] : writeChanges(target.root, done.changes);
  const refused = flags.dryRun ? done.refused.map(asItIs(analysis)) : done.refused;
  const report: FixReport = { ...done, refused, notWritten, dryRun: flags.dryRun === true, prefix: target.prefix };
  if (format === "json") await writeOut(fixJson(report));
  else {
    if (flags.dryRun) await writeOut(unifiedDiff(done.changes, target.prefix));
    if (!flags.quiet) await tellPeople(report, flags, colour);
  }
  return done.refused.length > 0 || notWritten.length > 0 || (flags.dryRun && done.changes.length > 0) ? 1 : 0;
}

/** A refusal at the line of the file as it is: what is left is found in the scan of a result that a dry run does not write. */
function asItIs({ live }: Analysis): (refusal: Refusal) => Refusal {
  return (refusal) => ({ ...refusal, finding: live.get(refusal.finding.fingerprint)?.finding ?? refusal.finding });
}

/** Writes nothing but the report, like a dry run: 1 where something could be fixed, or cannot be. */
async function offer(analysis: Analysis, findings: Asked, { prefix }: Target, how: EachOptions): Promise<number> {
  const result = findings.settled(analysis);
  const asked = result.findings.filter(findings.isAsked);
  await writeOut(await fixSarif(analysis, { result, findings: asked, prefix }, { ...how, open: findings.later }));
  return asked.length > 0 ? 1 : 0;
}

/** The summary goes where the diff does not. */
function tellPeople(report: FixReport, { dryRun, verbose }: FixFlags, colour: boolean): Promise<void> {
  const text = fixText(report, { colour: dryRun ? false : colour, verbose: verbose === true });
  if (!dryRun) return writeOut(text);
  process.stderr.write(text);
  return Promise.resolve();
}

function readRules(given: readonly string[]): ReadonlySet<string> {
  for (const rule of given) {
    if (ruleIds.some((id) => id === rule)) continue;
    throw new TelltaleError("TT1106", { rule, hint: didYouMean(rule, ruleIds) });
  }
  return new Set(given);
}

/** What may be fixed, of a scan and of those that follow it. */
interface Asked {
  readonly config: Config;
  /** A scan, without what comments and the baseline accept and what the change does not touch. */
  readonly settled: (analysis: Analysis) => Result;
  readonly isAsked: (finding: Finding) => boolean;
  /** Findings of the scan of a result: its lines are not those of the change any more. */
  readonly later: (analysis: Analysis) => readonly Finding[];
  readonly open: (start: Analysis) => (analysis: Analysis) => readonly Finding[];
}

/** The findings that are to be fixed: what settings, comments and baseline leave, of the rules and the change that were asked for. */
async function readFindings(target: Target, rules: ReadonlySet<string>, flags: FixFlags, cwd: string): Promise<Asked> {
  const settings = await readSettings(target, cwd, flags);
  const baseline = settings.baseline === undefined ? undefined : await readBaseline(settings.baseline);
  const changed =
    flags.changed === undefined ? undefined : await changedSince(flags.changed === true ? "HEAD" : flags.changed, target.root);
  const { config } = settings;
  const isAsked = ({ rule }: Finding): boolean => (rules.size > 0 ? rules.has(rule) : isFixable(rule));
  const settled = (analysis: Analysis, touched: typeof changed): Result =>
    settle(analysis.outcome.result, {
      config,
      comments: analysis.outcome.comments,
      baseline,
      changed: touched,
      partial: target.paths !== undefined,
    }).result;
  const later = (analysis: Analysis): readonly Finding[] => settled(analysis, undefined).findings.filter(isAsked);
  return {
    config,
    settled: (analysis) => settled(analysis, changed),
    isAsked,
    later,
    // Lines move while things are fixed: later rounds go by the handlers that the first one found.
    open: (start) => {
      const first = settled(start, changed).findings.filter(isAsked);
      const isTheirs = isRestOf(first);
      return (analysis) => (analysis === start ? first : later(analysis).filter(isTheirs));
    },
  };
}
