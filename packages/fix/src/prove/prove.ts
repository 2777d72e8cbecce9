import type { Finding } from "@telltale/scan";
import { isFailure, isGap, type Analysis } from "@telltale/scan/analysis";
import { edited, together, type Together } from "../apply/texts.ts";
import type { Fix, Refusal } from "../contract.ts";
import { writerOf } from "../languages/index.ts";

/** What stands after the edits were made in memory and looked at. */
export interface Proven {
  readonly fixes: readonly Fix[];
  readonly deferred: readonly Fix[];
  readonly refused: readonly Refusal[];
  /** Texts of the files that changed. */
  readonly texts: ReadonlyMap<string, string>;
  /** The scan of the result. */
  readonly after: Analysis;
}

/** How often a scan is asked whether the rest stands. */
const MOST_TRIES = 4;

/** Makes the edits in memory; those that break a file, leave their gap open or open another are taken back, each alone. */
export async function prove(before: Analysis, fixes: readonly Fix[]): Promise<Proven> {
  const refused: Refusal[] = [];
  let left = fixes;
  for (let tries = 1; ; tries++) {
    const all = together(left);
    const texts = textsOf(before, all);
    const broken = brokenFixes(before, all.taken, texts);
    if (broken.size > 0) {
      refuse(broken, "the file would no longer parse");
      continue;
    }
    const after = texts.size === 0 ? before : await before.withTexts(texts);
    const failed = new Map([...stillOpen(before, after, all.taken), ...newlyFound(before, after, all.taken)]);
    if (failed.size === 0 || tries >= MOST_TRIES) return { fixes: all.taken, deferred: all.deferred, refused, texts, after };
    for (const [fix, reason] of failed) refuse(new Set([fix]), reason);
  }

  function refuse(these: ReadonlySet<Fix>, reason: string): void {
    for (const { finding } of these) refused.push({ finding, kind: "unproven", reason });
    left = left.filter((fix) => !these.has(fix));
  }
}

function textsOf({ project }: Analysis, { files }: Together): ReadonlyMap<string, string> {
  return new Map([...files].map(([file, edits]) => [file, edited(project.texts.get(file)!, edits)]));
}

/** Fixes of files that have more faults of syntax than before: each is tried alone. */
function brokenFixes({ project }: Analysis, fixes: readonly Fix[], texts: ReadonlyMap<string, string>): ReadonlySet<Fix> {
  const broken = new Set<Fix>();
  for (const [file, text] of texts) {
    const before = project.texts.get(file)!;
    if (faultsIn(project, file, text) <= faultsIn(project, file, before)) continue;
    const mine = fixes.filter((fix) => fix.files.some((one) => one.file === file));
    const alone = mine.filter((fix) => {
      const edits = fix.files.find((one) => one.file === file)!.edits;
      return faultsIn(project, file, edited(before, edits)) > faultsIn(project, file, before);
    });
    for (const fix of alone.length > 0 ? alone : mine) broken.add(fix);
  }
  return broken;
}

function faultsIn(project: Analysis["project"], path: string, text: string): number {
  const language = project.languageOf(path);
  if (language === undefined) return 0;
  const faults = writerOf(language.id)?.faults;
  if (faults !== undefined) return faults(path, text);
  return isFailure(language.parse(path, text)) ? 1 : 0;
}

/** Fixes whose finding is still there, though nothing of it was left open on purpose. */
function stillOpen(before: Analysis, after: Analysis, fixes: readonly Fix[]): readonly (readonly [Fix, string])[] {
  const [was, is, done] = [countedIn(before), countedIn(after), counted(fixes.map((fix) => before.live.get(fix.finding.fingerprint)))];
  return fixes.flatMap((fix) => {
    const { fingerprint } = fix.finding;
    const like = likeness(before.live.get(fingerprint));
    // Findings that are alike are told apart by their number, which moves up where one of them is gone.
    const open = like === undefined ? after.live.has(fingerprint) : (is.get(like) ?? 0) > (was.get(like) ?? 0) - (done.get(like) ?? 0);
    if (!open) return [];
    if (fix.left.length > 0 && fix.finding.rule === "incomplete-security-log") return [];
    if (fix.left.length > 0 && silentIn(after, fingerprint) < silentIn(before, fingerprint)) return [];
    return [[fix, "a scan of the result still finds the gap"] as const];
  });
}

type Live = ReturnType<Analysis["live"]["get"]>;

/** Equal for findings about what is written that only their number tells apart. */
function likeness(live: Live): string | undefined {
  if (live === undefined || isGap(live)) return undefined;
  const { finding, issue } = live;
  return [finding.rule, finding.place.file, finding.handler, finding.route ?? "", issue.key].join("\0");
}

const countedIn = ({ live }: Analysis): ReadonlyMap<string, number> => counted([...live.values()]);

function counted(all: readonly Live[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const like of all.map(likeness)) if (like !== undefined) counts.set(like, (counts.get(like) ?? 0) + 1);
  return counts;
}

function silentIn({ live }: Analysis, fingerprint: string): number {
  const one = live.get(fingerprint);
  return one !== undefined && isGap(one) ? one.silent.length : 0;
}

/**
 * Whether a good line may bring a finding. It says what is known to be in scope, which may be less than could be asked; and
 * a name that it has as all others have may be the one that makes an older line differ.
 */
function isTolerated({ live, project }: Analysis, before: Analysis, { rule, fingerprint }: Finding): boolean {
  if (rule === "incomplete-security-log") return true;
  const one = live.get(fingerprint);
  if (rule !== "inconsistent-event-name" || one === undefined || isGap(one)) return false;
  const { file, at } = one.issue;
  const line = project.texts.get(file.path)!.slice(at.start, at.end);
  return before.project.texts.get(file.path)?.includes(line) === true;
}

/** Findings that were not there before, with the fix that is nearest: of the same handler, else of the same file. */
function newlyFound(before: Analysis, after: Analysis, fixes: readonly Fix[]): readonly (readonly [Fix, string])[] {
  const known = new Set(before.outcome.result.findings.map(keyOf));
  return after.outcome.result.findings.flatMap((finding) => {
    if (known.has(keyOf(finding)) || isTolerated(after, before, finding)) return [];
    const mine = fixes.filter((fix) => fix.files.some(({ file }) => file === finding.place.file));
    const nearest = [...mine].sort((a, b) => distance(a, finding) - distance(b, finding))[0];
    return nearest === undefined ? [] : [[nearest, `a scan of the result finds ${finding.rule} there`] as const];
  });
}

/** Stable while lines move; a handler of which one kind of outcome is recorded now has the rest of its gap under another rule. */
function keyOf({ rule, place, handler, route, fingerprint }: Finding): string {
  return rule.startsWith("missing-") ? `missing\0${place.file}\0${handler}\0${route ?? ""}` : fingerprint;
}

function distance(fix: Fix, { place, handler }: Finding): number {
  return (fix.finding.handler === handler ? 0 : 1_000_000) + Math.abs(fix.finding.place.line - place.line);
}
