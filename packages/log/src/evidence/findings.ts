import type { LinePlace, Note, Problem } from "./report.ts";

type Mutable<T> = { -readonly [key in keyof T]: T[key] };

const most = 1000;

/** Collects what was found, in bounded memory: the first ones by their place, and how many there were. */
export class Findings {
  problemCount = 0;
  noteCount = 0;
  private kept: Mutable<Problem>[] = [];
  private readonly noted: Note[] = [];
  private readonly order: (file: string) => number;

  /** `order` gives the place of a file among those read. */
  constructor(order: (file: string) => number) {
    this.order = order;
  }

  /** The problem may be changed as long as more is learnt of it. */
  problem(problem: Problem): Mutable<Problem> {
    const mutable = { ...problem };
    this.problemCount += 1;
    // What lies furthest back is given up, not what was found last: some is found late.
    if (this.kept.push(mutable) >= 2 * most) this.kept = this.sorted(this.kept).slice(0, most);
    return mutable;
  }

  /** Problems of which no more is kept than their number. */
  count(problems: number): void {
    this.problemCount += problems;
  }

  note(note: Note): void {
    this.noteCount += 1;
    if (this.noted.length < most) this.noted.push(note);
  }

  problems(): readonly Problem[] {
    return this.sorted(this.kept).slice(0, most);
  }

  notes(): readonly Note[] {
    return this.sorted(this.noted);
  }

  private sorted<T extends LinePlace>(all: readonly T[]): T[] {
    return [...all].sort((a, b) => this.order(a.file) - this.order(b.file) || a.line - b.line || rankOf(a) - rankOf(b));
  }
}

/** That a checkpoint is missing follows from what is wrong with the line. */
function rankOf(one: LinePlace & { readonly kind?: string }): number {
  return one.kind === "unsigned" ? 1 : 0;
}
