import type { Finding } from "@telltale/scan";
import type { Analysis } from "@telltale/scan/analysis";
import type { Change, Fix, Refusal } from "./contract.ts";
import { plan, type SettingsOf } from "./plan.ts";
import { prove } from "./prove/prove.ts";

export interface RepairOptions {
  /** Also edits that may change what the code does. */
  readonly unsafe: boolean;
  /** Asked of every fix before it is made; absent: all are. */
  readonly wanted?: (fix: Fix, analysis: Analysis) => Promise<boolean>;
  /** Findings of a scan of the result that are to be fixed as well: those that the settings let through. */
  readonly open: (analysis: Analysis) => readonly Finding[];
  readonly settingsOf: SettingsOf;
}

export interface Repair {
  readonly changes: readonly Change[];
  readonly fixed: readonly Fix[];
  readonly refused: readonly Refusal[];
  /** The scan of the result. */
  readonly after: Analysis;
}

/** Fixes that touch the same text are made one after the other; more rounds than these help nobody. */
const MOST_ROUNDS = 4;
/** What was taken back beside others may stand alone. */
const MOST_TRIES = 2;

/** Plans, makes the edits in memory and proves them, until nothing more can be done. Nothing is written. */
export async function repair(start: Analysis, options: RepairOptions): Promise<Repair> {
  const fixed: Fix[] = [];
  const refused = new Map<string, Refusal>();
  /** How often a fix was taken back. */
  const taken = new Map<string, number>();
  const texts = new Map<string, string>();
  let analysis = start;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const fixes = await wantedOf(analysis, options, refused, taken);
    if (fixes.length === 0) break;
    const proven = await prove(analysis, fixes);
    for (const refusal of proven.refused) {
      const { fingerprint } = refusal.finding;
      refused.set(fingerprint, refusal);
      taken.set(fingerprint, (taken.get(fingerprint) ?? 0) + 1);
    }
    for (const [file, text] of proven.texts) texts.set(file, text);
    fixed.push(...proven.fixes);
    analysis = proven.after;
  }
  const open = new Set(options.open(analysis).map(({ fingerprint }) => fingerprint));
  const changes = [...texts].map(([file, after]) => ({ file, before: start.project.texts.get(file)!, after }));
  return {
    changes: changes.filter(({ before, after }) => before !== after).sort((a, b) => (a.file < b.file ? -1 : 1)),
    fixed,
    refused: [...refused.values()].filter(({ finding }) => open.has(finding.fingerprint)),
    after: analysis,
  };
}

/** What is to be done in this round; what cannot be is noted. */
async function wantedOf(
  analysis: Analysis,
  options: RepairOptions,
  refused: Map<string, Refusal>,
  taken: ReadonlyMap<string, number>,
): Promise<readonly Fix[]> {
  const open = options
    .open(analysis)
    .filter(({ fingerprint }) => (taken.get(fingerprint) ?? 0) < MOST_TRIES && refused.get(fingerprint)?.kind !== "declined");
  const fixes: Fix[] = [];
  for (const result of plan(analysis, open, options.settingsOf, ({ fingerprint }) => taken.has(fingerprint))) {
    const { finding } = result;
    refused.delete(finding.fingerprint);
    if ("reason" in result) refused.set(finding.fingerprint, result);
    else if (!result.safe && !options.unsafe) refused.set(finding.fingerprint, needsUnsafe(result));
    else if (options.wanted === undefined || (await options.wanted(result, analysis))) fixes.push(result);
    else refused.set(finding.fingerprint, { finding, kind: "declined", reason: "declined" });
  }
  return fixes;
}

export function needsUnsafe({ finding, changes = "make the code wait where it does not now" }: Fix): Refusal {
  return { finding, kind: "unsafe", reason: `the edit would ${changes}; --unsafe makes it` };
}
