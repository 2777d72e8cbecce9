import {
  atLeast,
  didYouMean,
  explain,
  explainLine,
  handlerAt,
  renderBaseline,
  scan,
  settle,
  severities,
  TelltaleError,
} from "@telltale/scan";
import type { RenderContext, Result, ScanOutcome, Settled, Severity, Tell } from "@telltale/scan";
import { visible } from "@telltale/vocabulary";
import { cacheDirOf } from "./cache-dir.ts";
import { changedSince } from "./git.ts";
import { readOutputs, writeOut, writeReport } from "./output.ts";
import type { Output } from "./output.ts";
import { readBaseline, readSettings } from "./settings.ts";
import type { Settings } from "./settings.ts";
import { insideRoot, targetOf } from "./target.ts";
import type { Target } from "./target.ts";
import { progressLine, wantsColour, wantsProgress } from "./terminal.ts";

/** The options of `telltale scan`, as commander gives them. */
export interface ScanFlags {
  readonly format: readonly string[];
  readonly explain?: string;
  readonly config?: string;
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
  readonly changed?: string | true;
  readonly severity?: string;
  readonly cache: boolean;
  readonly cacheDir?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly progress: boolean;
  readonly color?: boolean;
}

/** Hears of every file before work on it starts, so that a crash can name it. */
export type Watch = (file: string | undefined) => void;

/** Scans and reports. Gives 0 (clean) or 1 (findings); everything else is thrown. */
export async function scanCommand(paths: readonly string[], flags: ScanFlags, watch: Watch): Promise<number> {
  const cwd = process.cwd();
  const outputs = readOutputs(flags.format);
  const severity = readSeverity(flags.severity);
  const place = flags.explain === undefined ? undefined : readPlace(flags.explain);
  const target = targetOf(paths, cwd);
  refuseContradictions(flags, target);
  const settings = await readSettings(target, cwd, flags);
  const baseline = flags.updateBaseline || settings.baseline === undefined ? undefined : await readBaseline(settings.baseline);
  const changed =
    flags.changed === undefined ? undefined : await changedSince(flags.changed === true ? "HEAD" : flags.changed, target.root);

  const started = performance.now();
  const outcome = await scanWithProgress(target, settings, flags, watch);
  const elapsed = performance.now() - started;
  if (outcome.cacheProblem !== undefined && !flags.quiet) process.stderr.write(`telltale: no cache: ${visible(outcome.cacheProblem)}\n`);
  const settled = settle(outcome.result, {
    config: settings.config,
    comments: outcome.comments,
    baseline,
    changed,
    severity: flags.updateBaseline ? undefined : severity,
    partial: target.paths !== undefined,
  });

  const context: RenderContext = {
    source: outcome.sources,
    colour: false,
    elapsed,
    severityThreshold: severity,
    verbose: flags.verbose,
    prefix: target.prefix,
  };
  if (flags.updateBaseline) return updateBaseline(settled, settings, flags);
  if (place !== undefined) return printExplanation(settled.result, place, target, cwd, { ...context, colour: colourOut(flags) });
  await write(outputs, settled.result, context, flags, cwd);
  if (!flags.quiet) tellStale(settled);
  return settled.result.findings.some((finding) => atLeast(finding.severity, settings.config.failOn)) ? 1 : 0;
}

function readSeverity(value: string | undefined): Severity | undefined {
  const found = severities.find((severity) => severity === value);
  if (value === undefined || found !== undefined) return found;
  throw new TelltaleError("TT1104", { value, hint: didYouMean(value, severities) });
}

interface LinePlace {
  readonly text: string;
  readonly file: string;
  readonly line: number;
}

function readPlace(value: string): LinePlace {
  const match = /^(.+?):([1-9]\d*)(?::\d+)?$/.exec(value);
  if (match === null) throw new TelltaleError("TT1103", { value });
  return { text: value, file: match[1]!, line: Number(match[2]) };
}

/** A baseline of only a part would lose the rest; an explanation and a baseline are two different runs. */
function refuseContradictions(flags: ScanFlags, target: Target): void {
  if (!flags.updateBaseline) return;
  const second =
    flags.changed !== undefined ? "--changed" : flags.explain !== undefined ? "--explain" : target.paths && "a part of the project";
  if (second !== undefined) throw new TelltaleError("TT1109", { first: "--update-baseline", second });
}

async function scanWithProgress(target: Target, settings: Settings, flags: ScanFlags, watch: Watch): Promise<ScanOutcome> {
  const shown = wantsProgress(flags.progress && !flags.quiet, process.env, process.stderr.isTTY === true);
  const line = progressLine(
    (text) => void process.stderr.write(text),
    () => performance.now(),
  );
  const tell: Tell = (event) => {
    watch(event.file);
    if (shown) line.tell(event);
  };
  try {
    const { root, paths } = target;
    return await scan({ root, paths, config: settings.config, cacheDir: cacheDirOf(root, flags) }, tell);
  } finally {
    if (shown) line.end();
  }
}

function updateBaseline({ result }: Settled, { baseline }: Settings, flags: ScanFlags): number {
  if (baseline === undefined) throw new TelltaleError("TT1303");
  writeReport(baseline, "/", renderBaseline(result.findings));
  const noun = result.findings.length === 1 ? "finding" : "findings";
  if (!flags.quiet) process.stderr.write(`telltale: ${baseline} now accepts ${result.findings.length} ${noun}\n`);
  return 0;
}

async function printExplanation(result: Result, place: LinePlace, target: Target, cwd: string, context: RenderContext): Promise<number> {
  const files = [insideRoot(place.file, cwd, target.root), place.file];
  const texts = files.map((file) => explanation(result, file, place.line, context));
  const text = texts.find((found) => found !== undefined);
  if (text === undefined) throw new TelltaleError("TT1108", { place: place.text, hint: nearby(result, files) });
  await writeOut(text);
  return 0;
}

/** Of the handler at a line, or of the findings where none stands. */
function explanation(result: Result, file: string, line: number, context: RenderContext): string | undefined {
  const handler = handlerAt(result, file, line);
  return handler === undefined ? explainLine(result, file, line, context) : explain(result, handler, context);
}

/** Lines of the file at which there is something to explain. */
function nearby(result: Result, files: readonly string[]): string {
  const handlers = result.handlers.filter(({ file }) => files.includes(file)).map(({ line, endLine }) => `${line}-${endLine}`);
  const findings = result.findings
    .filter(({ place, silent }) => silent.length === 0 && files.includes(place.file))
    .map(({ place }) => place.line);
  return [
    ...(handlers.length === 0 ? [] : [`; handlers of this file stand at lines ${handlers.slice(0, 8).join(", ")}`]),
    ...(findings.length === 0 ? [] : [`; findings at lines ${[...new Set(findings)].slice(0, 8).join(", ")}`]),
  ].join("");
}

async function write(outputs: readonly Output[], result: Result, context: RenderContext, flags: ScanFlags, cwd: string): Promise<void> {
  for (const { report, file } of outputs) {
    if (file === undefined) await writeOut(report.render(result, { ...context, colour: colourOut(flags) }));
    else writeReport(file, cwd, report.render(result, context));
  }
}

function colourOut(flags: ScanFlags): boolean {
  return wantsColour(flags.color, process.env, process.stdout.isTTY === true);
}

function tellStale({ stale }: Settled): void {
  if (stale.length === 0) return;
  const entries = stale.length === 1 ? "1 entry of the baseline is" : `${stale.length} entries of the baseline are`;
  process.stderr.write(`telltale: ${entries} no longer needed; --update-baseline writes it anew\n`);
}
