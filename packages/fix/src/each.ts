import type { Finding } from "@telltale/scan";
import type { Analysis } from "@telltale/scan/analysis";
import { edited, editsBetween } from "./apply/texts.ts";
import { isRefused, type Change, type Fix, type FileEdits, type Refusal } from "./contract.ts";
import { plan, type SettingsOf } from "./plan.ts";
import { needsUnsafe, repair, type Repair } from "./repair.ts";
import { isRestOf } from "./rest.ts";

export interface EachOptions {
  /** Also edits that may change what the code does. */
  readonly unsafe: boolean;
  readonly settingsOf: SettingsOf;
  /** Findings of a scan of the result that settings and comments let through; absent: all of them. */
  readonly open?: (analysis: Analysis) => readonly Finding[];
}

/** Part of a file. Lines and columns count from 1; without a line it is the whole file, without an end it is one place. */
export interface Spot {
  /** Relative to the scanned folder, with forward slashes. */
  readonly file: string;
  readonly line?: number;
  readonly endLine?: number;
}

/** What a finding has to do with a spot: it stands there, or an outcome that it misses a record of ends there. */
export function findingsAt(analysis: Analysis, { file, line, endLine = line }: Spot): readonly Finding[] {
  const touches = (from: number, to: number): boolean => line === undefined || (from <= endLine! && to >= line);
  return analysis.outcome.result.findings.filter(
    ({ place, silent }) =>
      (place.file === file && touches(place.line, place.endLine)) ||
      silent.some((outcome) => outcome.file === file && touches(outcome.line, outcome.line)),
  );
}

/** For each finding what to change if nothing else is, against the texts as they are. Nothing is proven; that takes a scan. */
export function planEach(analysis: Analysis, findings: readonly Finding[], options: EachOptions): readonly (Fix | Refusal)[] {
  return findings.map((finding) => {
    const [result] = plan(analysis, [finding], options.settingsOf);
    return isRefused(result!) || result!.safe || options.unsafe ? result! : needsUnsafe(result!);
  });
}

/** The same, proven: what `repair` makes of the texts where it is asked for this finding alone. In the order of the findings. */
export async function repairEach(start: Analysis, findings: readonly Finding[], options: EachOptions): Promise<readonly (Fix | Refusal)[]> {
  const planned = planEach(start, findings, options);
  const results = new Map<Finding, Fix | Refusal>(planned.map((result) => [result.finding, result]));
  const open = options.open ?? ((analysis) => analysis.outcome.result.findings);
  for (const batch of apart(planned.flatMap((result) => (isRefused(result) ? [] : [result])))) {
    const isTheirs = isRestOf(batch);
    const done = await repair(start, {
      unsafe: options.unsafe,
      settingsOf: options.settingsOf,
      open: (analysis) => (analysis === start ? batch : open(analysis).filter(isTheirs)),
    });
    for (const finding of batch) results.set(finding, shareOf(finding, done));
  }
  return findings.map((finding) => results.get(finding)!);
}

/**
 * Findings that may be proven in one scan: no file of one is a file of another, be it changed or on the way to what is
 * silent. So none of them can close the gap of another.
 */
function apart(fixes: readonly Fix[]): readonly (readonly Finding[])[] {
  const batches: { readonly findings: Finding[]; readonly files: Set<string> }[] = [];
  for (const fix of fixes) {
    const files = filesOf(fix);
    let batch = batches.find((one) => files.every((file) => !one.files.has(file)));
    if (batch === undefined) batches.push((batch = { findings: [], files: new Set() }));
    batch.findings.push(fix.finding);
    for (const file of files) batch.files.add(file);
  }
  return batches.map(({ findings }) => findings);
}

function filesOf({ finding, files }: Fix): readonly string[] {
  const ways = finding.silent.flatMap(({ file, path }) => [file, ...path.map((step) => step.file)]);
  return [finding.place.file, ...ways, ...files.map(({ file }) => file)];
}

/** What was done for one of the findings of a batch, as edits of the texts before the first round. */
function shareOf(finding: Finding, { fixed, refused, changes }: Repair): Fix | Refusal {
  const isMine = isRestOf([finding]);
  const fixes = fixed.filter((fix) => isMine(fix.finding));
  if (fixes.length === 0) {
    const refusal = refused.find((one) => isMine(one.finding));
    return { kind: "unproven", reason: "what was written did not close it", ...refusal, finding };
  }
  const files = new Set(fixes.flatMap((fix) => fix.files.map(({ file }) => file)));
  return {
    ...(fixes.find(({ safe }) => !safe) ?? fixes[0]!),
    finding,
    title: fixes[0]!.title,
    files: changes.filter(({ file }) => files.has(file)).map((change) => editsOf(change, fixes)),
    left: fixes.at(-1)!.left,
  };
}

/** The edits as they were made; where there were several rounds, those of a comparison. */
function editsOf({ file, before, after }: Change, fixes: readonly Fix[]): FileEdits {
  const edits = fixes.length === 1 ? fixes[0]!.files.filter((one) => one.file === file).flatMap((one) => one.edits) : [];
  return { file, edits: edits.length > 0 && edited(before, edits) === after ? edits : editsBetween(before, after) };
}
