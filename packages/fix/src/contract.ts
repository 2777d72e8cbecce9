import type { Finding } from "@telltale/scan";

/** A stretch of a file's text and what comes in its place. UTF-16 offsets into the text as it was read; equal ones insert. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface FileEdits {
  /** Relative to the scanned folder, with forward slashes. */
  readonly file: string;
  readonly edits: readonly Edit[];
}

/** What to change so that a finding is gone. */
export interface Fix {
  readonly finding: Finding;
  /** One sentence for people: `Record authn_login_fail before the answer`. */
  readonly title: string;
  /** It cannot change what the code does beside writing a log line. */
  readonly safe: boolean;
  /** Where it is not safe: what it would change, behind "the edit would". Absent: make the code wait where it does not now. */
  readonly changes?: string;
  readonly files: readonly FileEdits[];
  /** What of the finding stays open, and why: outcomes for which there was no place. Usually empty. */
  readonly left: readonly Refused[];
}

/** A file before and after. */
export interface Change {
  /** Relative to the scanned folder, with forward slashes. */
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

/** Why something is not fixed. A small set for tables; `reason` says it for people. */
export type RefusalKind =
  /** No statement can stand there without changing more than a line. */
  | "no-place"
  /** No logger can be had there. */
  | "no-logger"
  /** The scan cannot say which code ends the outcome, or names no event for it. */
  | "unclear"
  /** The edit would change what the code does; `--unsafe` makes it. */
  | "unsafe"
  /** The language or the rule has no fix yet. */
  | "unsupported"
  /** The edit was made in memory, and the scan of the result did not bear it out. */
  | "unproven"
  /** A person said no. */
  | "declined"
  /** The file may not be written, or changed since it was read. */
  | "not-written";

export interface Refused {
  readonly kind: RefusalKind;
  /** One sentence, without a full stop. */
  readonly reason: string;
}

export interface Refusal extends Refused {
  readonly finding: Finding;
}

export const isRefused = (value: object): value is Refused => "reason" in value && "kind" in value;
