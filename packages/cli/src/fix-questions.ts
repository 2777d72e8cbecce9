import { createInterface } from "node:readline/promises";
import { edited, unifiedDiff } from "@telltale/fix";
import type { Fix, RepairOptions } from "@telltale/fix";
import { visible } from "@telltale/vocabulary";
import pc from "picocolors";

/** Shows each fix and asks whether to make it: yes, no, all that follow, none that follow. The end of the input is none. */
export function askEach(prefix: string, colour: boolean): NonNullable<RepairOptions["wanted"]> {
  let rest: boolean | undefined;
  return async (fix, analysis) => {
    if (rest !== undefined) return rest;
    process.stderr.write(`\n${shown(fix, prefix, (file) => analysis.project.texts.get(file) ?? "", colour)}`);
    const answer = await ask("Make this change? [y]es, [n]o, [a]ll, [q]uit ");
    if (answer === "a") rest = true;
    if (answer === "q") rest = false;
    return answer === "y" || answer === "a";
  };
}

function shown({ finding, title, files, safe }: Fix, prefix: string, textOf: (file: string) => string, colour: boolean): string {
  const { bold, green, red, dim } = pc.createColors(colour);
  const changes = files.map(({ file, edits }) => ({ file, before: textOf(file), after: edited(textOf(file), edits) }));
  const diff = unifiedDiff(changes, prefix)
    .split("\n")
    .map((line) => line.split("\t").map(visible).join("\t"))
    .map((line) => (line.startsWith("+") ? green(line) : line.startsWith("-") ? red(line) : line))
    .join("\n");
  const where = visible(`${prefix}${finding.place.file}:${finding.place.line}`);
  return `${bold(title)}${safe ? "" : " (may change what the code does)"}\n${dim(`${where}  ${visible(finding.message)}`)}\n${diff}`;
}

const ANSWERS: ReadonlySet<string> = new Set(["y", "n", "a", "q"]);

async function ask(question: string): Promise<string> {
  for (;;) {
    const answer = await oneLine(question);
    if (answer === undefined) return "q";
    const letter = answer.trim().toLowerCase().slice(0, 1);
    if (ANSWERS.has(letter)) return letter;
  }
}

let lines: AsyncIterator<string> | undefined;

/** Nobody is asked any more: the input may not keep the command from ending. */
export function endQuestions(): void {
  if (lines !== undefined) process.stdin.destroy();
}

/** The next line of the input; undefined at its end. */
async function oneLine(question: string): Promise<string | undefined> {
  process.stderr.write(question);
  lines ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const next = await lines.next();
  return next.done === true ? undefined : next.value;
}
