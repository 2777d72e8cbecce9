import type { NotWritten, Refusal, RefusalKind, Repair } from "@telltale/fix";
import { unifiedDiff } from "@telltale/fix";
import { visible } from "@telltale/vocabulary";
import pc from "picocolors";

export interface FixReport extends Repair {
  readonly notWritten: readonly NotWritten[];
  readonly dryRun: boolean;
  readonly prefix: string;
}

/** What a kind of refusal is called in the table. */
const KINDS: Readonly<Record<RefusalKind, string>> = {
  "no-place": "no place for a line",
  "no-logger": "no logger in reach",
  unclear: "not clear enough",
  unsafe: "only with --unsafe",
  unsupported: "not supported yet",
  unproven: "taken back",
  declined: "declined",
  "not-written": "not written",
};

/** Places that one line of the table takes where nothing is to be shown in full. */
const MOST = 5;

/** What was fixed and what was not, for people. */
export function fixText(report: FixReport, { colour, verbose }: { readonly colour: boolean; readonly verbose: boolean }): string {
  const { bold, dim, green, yellow } = pc.createColors(colour);
  const { fixed, changes, refused, dryRun, notWritten, prefix } = report;
  const written = changes.filter(({ file }) => !notWritten.some((one) => one.file === file));
  const lines: string[] = [];
  if (!dryRun) for (const { file } of written) lines.push(`  ${green("fixed")}  ${visible(prefix + file)}`);
  for (const { file, reason } of notWritten) lines.push(`  ${yellow("left")}   ${visible(prefix + file)}: ${visible(reason)}`);
  if (lines.length > 0) lines.push("");
  const verb = dryRun ? "can be fixed" : "fixed";
  if (fixed.length === 0 && refused.length === 0) return "Nothing to fix.\n";
  lines.push(`${bold(count(fixed.length, "finding"))} ${verb} in ${count(changes.length, "file")}, ${bold(String(refused.length))} not`);
  const partly = fixed.filter(({ left }) => left.length > 0);
  if (partly.length > 0) lines.push(dim(`  of ${count(partly.length, "finding")} an outcome stays silent; --verbose says which`));
  if (verbose)
    for (const { finding, left } of partly) for (const { reason } of left) lines.push(`    ${placeText(prefix, finding)}  ${reason}`);
  lines.push(...refusalLines(refused, prefix, verbose));
  return `${lines.join("\n")}\n`;
}

function refusalLines(refused: readonly Refusal[], prefix: string, verbose: boolean): readonly string[] {
  const groups = new Map<string, Refusal[]>();
  for (const refusal of refused) {
    const key = `${KINDS[refusal.kind]}: ${refusal.reason}`;
    groups.set(key, [...(groups.get(key) ?? []), refusal]);
  }
  return [...groups]
    .sort((a, b) => b[1].length - a[1].length)
    .flatMap(([reason, list]) => {
      const shown = verbose ? list : list.slice(0, MOST);
      const rest = list.length - shown.length;
      return [
        `  ${String(list.length).padStart(3)}  ${visible(reason)}`,
        ...shown.map(({ finding }) => `         ${placeText(prefix, finding)}`),
        ...(rest > 0 ? [`         and ${rest} more; --verbose lists them`] : []),
      ];
    });
}

function placeText(prefix: string, { place, handler, rule }: Refusal["finding"]): string {
  return visible(`${prefix}${place.file}:${place.line}  ${handler}  ${rule}`);
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

/** The same for programs. */
export function fixJson({ fixed, refused, changes, notWritten, dryRun, prefix }: FixReport): string {
  const about = ({ rule, place, handler, route, fingerprint }: Refusal["finding"]) => ({
    rule,
    file: prefix + place.file,
    line: place.line,
    handler,
    route,
    fingerprint,
  });
  const report = {
    schemaVersion: 1,
    dryRun,
    fixed: fixed.map(({ finding, title, safe, files, left }) => ({
      ...about(finding),
      title,
      safe,
      files: files.map(({ file }) => prefix + file),
      left: left.map(({ kind, reason }) => ({ kind, reason })),
    })),
    refused: refused.map(({ finding, kind, reason }) => ({ ...about(finding), kind, reason })),
    files: changes.map((change) => ({
      file: prefix + change.file,
      written: !dryRun && !notWritten.some(({ file }) => file === change.file),
      diff: unifiedDiff([change], prefix),
    })),
    notWritten: notWritten.map(({ file, reason }) => ({ file: prefix + file, reason })),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
