/** Lines shown before and after a line of interest. */
const around = 2;

/** Something to point at in the code. Lines and columns count from 1. */
export interface Mark {
  readonly file: string;
  readonly line: number;
  /** The first and the last column but one; absent: the line as a whole. */
  readonly columns?: readonly [from: number, to: number];
  readonly note: string;
}

export interface FrameRow {
  readonly number: number;
  readonly text: string;
  /** What points at this line. */
  readonly marks: readonly Mark[];
}

/** Consecutive lines of one file. */
export interface Frame {
  readonly file: string;
  readonly rows: readonly FrameRow[];
}

/**
 * The lines around marks. Frames that touch are one; files in the order in which the marks name them. A file without text
 * gives no frame.
 */
export function frames(marks: readonly Mark[], source: (file: string) => string | undefined): readonly Frame[] {
  const files = [...new Set(marks.map((mark) => mark.file))];
  return files.flatMap((file) => {
    const text = source(file);
    if (text === undefined) return [];
    return framesOfFile(
      file,
      text.split(/\r\n|\r|\n/),
      marks.filter((mark) => mark.file === file),
    );
  });
}

function framesOfFile(file: string, lines: readonly string[], marks: readonly Mark[]): readonly Frame[] {
  const wanted = new Set<number>();
  for (const { line } of marks) {
    for (let number = Math.max(1, line - around); number <= Math.min(lines.length, line + around); number++) {
      wanted.add(number);
    }
  }
  const found: { file: string; rows: FrameRow[] }[] = [];
  for (const number of [...wanted].sort((a, b) => a - b)) {
    const row = { number, text: lines[number - 1] ?? "", marks: marks.filter(({ line }) => line === number) };
    const last = found.at(-1);
    if (last?.rows.at(-1)?.number === number - 1) last.rows.push(row);
    else found.push({ file, rows: [row] });
  }
  return found;
}
