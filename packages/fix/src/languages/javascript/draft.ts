import type { Edit } from "../../contract.ts";

/** What happens to a statement so that a line can stand before or after it. `LINE` stands for the line. */
export interface Draft {
  readonly before: readonly string[];
  /** Changes inside the statement. */
  readonly inside: readonly Edit[];
  readonly after: readonly string[];
  /** Changes elsewhere: `async` before a function. */
  readonly around: readonly Edit[];
  readonly safe: boolean;
  /** Of an arrow's value: it is given before `after`, so nothing is put in front of it. */
  readonly lead?: string;
}

/** The place of the line among the lines of a draft. */
export const LINE = "\0";

export const BEFORE: Draft = { before: [LINE], inside: [], after: [], around: [], safe: true };
export const AFTER: Draft = { before: [], inside: [], after: [LINE], around: [], safe: true };
