import { isRefused, repairEach, replacementsOf } from "@telltale/fix";
import type { EachOptions, Fix } from "@telltale/fix";
import { reports } from "@telltale/scan";
import type { Finding, OfferedFix, RenderContext, Result } from "@telltale/scan";
import type { Analysis } from "@telltale/scan/analysis";

/** What is offered, for the findings that were asked for. */
export interface Offer {
  readonly result: Result;
  readonly findings: readonly Finding[];
  readonly prefix: string;
}

/** The SARIF log of a scan, with a fix for each finding that has one: each proven alone, and each against the files as they are. */
export async function fixSarif(analysis: Analysis, { result, findings, prefix }: Offer, options: EachOptions): Promise<string> {
  const each = await repairEach(analysis, findings, options);
  const offers = new Map(each.flatMap((one) => (isRefused(one) ? [] : [[one.finding.fingerprint, offerOf(one, analysis)] as const])));
  const context: RenderContext = {
    source: analysis.outcome.sources,
    colour: false,
    prefix,
    fixesOf: ({ fingerprint }) => [offers.get(fingerprint) ?? []].flat(),
  };
  return reports.find(({ id }) => id === "sarif")!.render(result, context);
}

function offerOf({ title, safe, files, left }: Fix, { project }: Analysis): OfferedFix {
  const open = left.length === 0 ? "" : `. An outcome stays silent: ${[...new Set(left.map(({ reason }) => reason))].join("; ")}`;
  return {
    description: `${safe ? "" : "Unsafe, may change what the code does: "}${title}${open}`,
    changes: files.map(({ file, edits }) => ({ file, replacements: replacementsOf(project.texts.get(file)!, edits) })),
  };
}
