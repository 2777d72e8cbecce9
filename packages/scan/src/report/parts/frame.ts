import type { OutcomeReport } from "../result.ts";

/** Lines shown before and after a line of interest. */
const around = 2;

export interface FrameRow {
  readonly number: number;
  readonly text: string;
  /** The outcomes that end on this line. */
  readonly ends: readonly OutcomeReport[];
}

/** Consecutive lines of one file. */
export interface Frame {
  readonly file: string;
  readonly rows: readonly FrameRow[];
}

/**
 * The lines around the ends of outcomes. Frames that touch are one; files in the order in which the outcomes name them.
 * A file without text gives no frame.
 */
export function frames(outcomes: readonly OutcomeReport[], source: (file: string) => string | undefined): readonly Frame[] {
  const files = [...new Set(outcomes.map((outcome) => outcome.file))];
  return files.flatMap((file) => {
    const text = source(file);
    if (text === undefined) return [];
    return framesOfFile(
      file,
      text.split(/\r\n|\r|\n/),
      outcomes.filter((outcome) => outcome.file === file),
    );
  });
}

function framesOfFile(file: string, lines: readonly string[], outcomes: readonly OutcomeReport[]): readonly Frame[] {
  const wanted = new Set<number>();
  for (const { line } of outcomes) {
    for (let number = Math.max(1, line - around); number <= Math.min(lines.length, line + around); number++) {
      wanted.add(number);
    }
  }
  const found: { file: string; rows: FrameRow[] }[] = [];
  for (const number of [...wanted].sort((a, b) => a - b)) {
    const row = { number, text: lines[number - 1] ?? "", ends: outcomes.filter(({ line }) => line === number) };
    const last = found.at(-1);
    if (last?.rows.at(-1)?.number === number - 1) last.rows.push(row);
    else found.push({ file, rows: [row] });
  }
  return found;
}
