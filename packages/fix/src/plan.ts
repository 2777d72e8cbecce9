import type { Finding } from "@telltale/scan";
import type { Analysis, FileIR } from "@telltale/scan/analysis";
import type { Fix, Refusal } from "./contract.ts";
import type { Case, Context, Fixer } from "./fixes/context.ts";
import { fixerOf } from "./fixes/index.ts";
import { commasOf, styleOf } from "./style/read.ts";
import type { LeftOut } from "./style/left-out.ts";
import type { Settings } from "./style/settings.ts";
import type { Style } from "./style/style.ts";

/** What is known of how a project is written, beside the texts of the scan. */
export interface SettingsOf {
  /** The settings of its formatter for a folder. */
  (folder: string): Settings;
  /** Texts that the scan leaves out, tests above all; absent: nobody may look. */
  readonly leftOut?: LeftOut;
}

/** For each finding what to change, or why nothing is. In the order of the findings. */
export function plan(
  analysis: Analysis,
  findings: readonly Finding[],
  settingsOf: SettingsOf,
  plain: Context["plain"] = () => false,
): readonly (Fix | Refusal)[] {
  const context: Context = { analysis, styleOf: createStyles(analysis, settingsOf), leftOut: settingsOf.leftOut, plain };
  const cases = new Map<Fixer, Case[]>();
  const results = new Map<Finding, Fix | Refusal>();
  for (const finding of findings) {
    const fixer = fixerOf(finding.rule);
    const live = analysis.live.get(finding.fingerprint);
    if (fixer === undefined || live === undefined)
      results.set(finding, { finding, kind: "unsupported", reason: `findings of ${finding.rule} are not fixed yet` });
    else cases.set(fixer, [...(cases.get(fixer) ?? []), { finding, live }]);
  }
  for (const [fixer, list] of cases) for (const result of fixer.fix(context, list)) results.set(result.finding, result);
  return findings.map((finding) => results.get(finding)!);
}

function createStyles({ project }: Analysis, settingsOf: SettingsOf): (file: FileIR) => Style {
  const known = new Map<FileIR, Style>();
  const usual = usualCommas(project);
  return (file) => {
    let style = known.get(file);
    if (style === undefined) {
      const folder = file.path.includes("/") ? file.path.slice(0, file.path.lastIndexOf("/")) : "";
      known.set(file, (style = styleOf(file, settingsOf(folder), prettierOf(project, file.path), usual)));
    }
    return style;
  };
}

/** How many files are looked at to see what is usual. */
const ENOUGH = 200;

/** What most files of the project do behind the last of several lines. */
function usualCommas({ texts }: Analysis["project"]): () => Style["commas"] | undefined {
  let known: { readonly commas: Style["commas"] | undefined } | undefined;
  return () => {
    if (known === undefined) {
      const counts = new Map<Style["commas"], number>();
      for (const text of [...texts.values()].slice(0, ENOUGH)) {
        const commas = commasOf(text);
        if (commas !== undefined) counts.set(commas, (counts.get(commas) ?? 0) + 1);
      }
      known = { commas: [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] };
    }
    return known.commas;
  };
}

/** The main version of Prettier that formats a file. */
function prettierOf(project: Analysis["project"], path: string): number | undefined {
  if (!project.has("npm", "prettier", path)) return undefined;
  return Number(/\d+/.exec(project.rangeOf("prettier", path) ?? "")?.[0] ?? 3);
}
