import { z } from "zod";
import { TelltaleError } from "../errors.ts";
import type { Finding, Result } from "../report/result.ts";

const entrySchema = z.object({
  fingerprint: z.string().regex(/^[0-9a-f]{16}$/),
  rule: z.string(),
  file: z.string(),
  handler: z.string(),
});
const baselineSchema = z.object({ version: z.literal(1), findings: z.array(entrySchema) });

/** Findings that are accepted as they are. Two entries with one fingerprint accept two findings. */
export type Baseline = z.infer<typeof baselineSchema>;

/** The text of a baseline file. Throws TT1302 where it is none. */
export function parseBaseline(text: string, file: string): Baseline {
  const parsed = baselineSchema.safeParse(json(text, file));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new TelltaleError("TT1302", { cause: `${issue.path.join(".") || "the whole"}: ${issue.message}` }, { file });
}

function json(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TelltaleError("TT1302", { cause: cause instanceof Error ? cause.message : String(cause) }, { file });
  }
}

/** A baseline file that accepts these findings; sorted, so that two writers agree and a merge is readable. */
export function renderBaseline(findings: readonly Finding[]): string {
  const entries = findings.map(({ fingerprint, rule, place, handler }) => ({ fingerprint, rule, file: place.file, handler }));
  entries.sort((a, b) => order(a.file, b.file) || order(a.handler, b.handler) || order(a.fingerprint, b.fingerprint));
  const baseline: Baseline = { version: 1, findings: entries };
  return `${JSON.stringify(baseline, null, 2)}\n`;
}

/** By code unit: the same on every machine, whatever its locale. */
function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export interface Accepted {
  readonly open: readonly Finding[];
  readonly suppressed: Result["suppressed"];
  /** Entries that no finding needed. */
  readonly stale: Baseline["findings"];
}

/** Takes out the findings that the baseline accepts. */
export function accept(findings: readonly Finding[], baseline: Baseline): Accepted {
  const left = [...baseline.findings];
  const open: Finding[] = [];
  const suppressed: { finding: Finding; by: "baseline"; reason: string }[] = [];
  for (const finding of findings) {
    const index = left.findIndex((entry) => entry.fingerprint === finding.fingerprint);
    if (index < 0) {
      open.push(finding);
      continue;
    }
    left.splice(index, 1);
    suppressed.push({ finding, by: "baseline", reason: "accepted in the baseline" });
  }
  return { open, suppressed, stale: left };
}
