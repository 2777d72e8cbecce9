import type { VerifyReport } from "@telltale/log";
import { visible } from "@telltale/vocabulary";
import pc from "picocolors";

type Problem = VerifyReport["problems"][number];
type ChainReport = VerifyReport["chains"][number];
type Colours = ReturnType<typeof pc.createColors>;

/** Problems that are shown with what was expected and found. */
const shown = 20;

/** What `telltale verify` prints for people: the first problem first. */
export function verifyText(report: VerifyReport, colour: boolean): string {
  const colours = pc.createColors(colour);
  const lines = [
    ...report.unreadable.map(({ file, cause }) => `${colours.red("cannot be read")}  ${visible(file)}: ${visible(cause)}`),
    ...problemLines(report, colours),
    ...report.notes.slice(0, shown).map((note) => colours.dim(`note  ${visible(note.file)}:${note.line}  ${visible(note.text)}`)),
    ...more(report.noteCount, "note", colours),
    ...report.chains.flatMap((chain) => chainLines(chain, colours)),
    ...(report.lines > 0 ? [""] : []),
    verdict(report, colours),
  ];
  return `${lines.join("\n")}\n`;
}

function problemLines(report: VerifyReport, colours: Colours): readonly string[] {
  const blocks = report.problems.slice(0, shown).flatMap((problem) => problemBlock(problem, colours));
  return [...blocks, ...more(report.problemCount, "problem", colours)];
}

function problemBlock(problem: Problem, colours: Colours): readonly string[] {
  return [
    `${colours.red(problem.kind)}  ${colours.bold(`${visible(problem.file)}:${problem.line}`)}`,
    `  expected  ${visible(problem.expected)}`,
    `  found     ${visible(problem.found)}`,
    "",
  ];
}

function more(count: number, what: string, colours: Colours): readonly string[] {
  return count > shown ? [colours.dim(`and ${counted(count - shown, what)} more; --format json shows the first 1000`), ""] : [];
}

function chainLines(chain: ChainReport, colours: Colours): readonly string[] {
  const { first, last, checkpoints, signedTo } = chain;
  const signed = signedTo === undefined ? "" : `, signed up to ${signedTo}`;
  return [
    `chain ${visible(chain.chain)}  ${first.seq} to ${last.seq}, ${counted(checkpoints, "checkpoint")}${signed}`,
    colours.dim(`  ends at ${visible(last.file)}:${last.line}; to have a later check ask for it: --last ${last.seq}:${last.hash}`),
  ];
}

function verdict(report: VerifyReport, colours: Colours): string {
  const read = `${counted(report.lines, "line")} in ${counted(report.files.length, "file")}`;
  if (report.intact) return `${colours.green("Intact")}: ${read}`;
  if (report.unreadable.length > 0)
    return `${colours.red("Not verified")}: ${counted(report.unreadable.length, "file")} could not be read; ${read}`;
  const first = report.problems[0];
  const where = first === undefined ? "" : `; the first is ${first.kind} at ${visible(first.file)}:${first.line}`;
  return `${colours.red("Not intact")}: ${counted(report.problemCount, "problem")} in ${read}${where}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/** Characters of file names that `JSON.stringify` leaves and a terminal may obey or hide. */
const unseen = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** The report for programs: its shape is `VerifyReport` of @telltale/log. */
export function verifyJson(report: VerifyReport): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return `${JSON.stringify(report, null, 2).replace(unseen, escaped)}\n`;
}
