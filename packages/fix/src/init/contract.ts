import type { Change } from "../contract.ts";

/** A file that did not exist. */
export interface Created {
  readonly file: string;
  readonly text: string;
}

/** What sets a package of a project up to record security events. */
export interface Setup {
  /** The folder of the package, "" for the top. */
  readonly folder: string;
  /** For people: `Express`, `Phoenix`. */
  readonly framework: string;
  readonly created: readonly Created[];
  readonly changes: readonly Change[];
  /** What was done, a sentence each. */
  readonly did: readonly string[];
  /** What is left to people, a sentence each; code in it stands on lines of its own. */
  readonly left: readonly string[];
  /** Commands to run next, in order. */
  readonly next: readonly string[];
}
