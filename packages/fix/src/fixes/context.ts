import type { Finding } from "@telltale/scan";
import type { Analysis, FileIR, LiveFinding } from "@telltale/scan/analysis";
import type { Fix, Refusal } from "../contract.ts";
import type { LeftOut } from "../style/left-out.ts";
import type { Style } from "../style/style.ts";

/** What every fix may ask. */
export interface Context {
  readonly analysis: Analysis;
  readonly styleOf: (file: FileIR) => Style;
  /** Texts that the scan leaves out, tests above all; absent: nobody may look. */
  readonly leftOut: LeftOut | undefined;
  /** Findings that get a plain line, whatever their siblings have: another shape was tried and taken back. */
  readonly plain: (finding: Finding) => boolean;
}

/** A finding with what it was made of. */
export interface Case {
  readonly finding: Finding;
  readonly live: LiveFinding;
}

/** One file a rule (or family of rules): what to change for findings of it. All are given at once: what they share is written once. */
export interface Fixer {
  readonly rules: readonly Finding["rule"][];
  readonly fix: (context: Context, cases: readonly Case[]) => readonly (Fix | Refusal)[];
}
