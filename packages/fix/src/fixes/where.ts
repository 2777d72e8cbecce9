import type { Site } from "@telltale/scan/analysis";

/** The code that a line about an outcome belongs to. */
export interface Where extends Site {
  readonly leads?: true;
  readonly answers?: true | undefined;
  readonly mixed?: true;
  /** What is called there answers in either way: the answer is asked which it was. */
  readonly asks?: true;
}
