import type { ActionName } from "@telltale/vocabulary";

export type Verdict = "missing" | "partial" | "adequate" | "unknown" | "not_sensitive";
export type Severity = "low" | "medium" | "high" | "critical";
export type RuleId =
  | "missing-security-log"
  | "missing-failure-log"
  | "missing-success-log"
  | "incomplete-security-log"
  | "debug-only-security-log"
  | "inconsistent-event-name"
  | "log-before-outcome"
  | "log-after-commit"
  | "swallowed-security-error"
  | "sensitive-data-in-log"
  | "log-injection"
  | "unprotected-logger"
  | "stack-trace-leak";

/** A place in a file. Lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface RecordReport {
  readonly file: string;
  readonly line: number;
  readonly event?: string;
  readonly details: readonly string[];
  /** `log`: a logger call. `audit`: a stored row or audit call. `framework`: an error handler's own line. */
  readonly by: "log" | "audit" | "framework";
}

export interface OutcomeReport {
  readonly kind: "success" | "failure";
  readonly line: number;
  readonly file: string;
  /** What ends it: `answers 401 "Invalid password"`, `throws UnauthorizedException (401)`, `redirects`, `returns normally`. */
  readonly end: string;
  readonly recorded: boolean | "unknown";
  readonly records: readonly RecordReport[];
  /** The branch points and calls that lead there, in order, and the end: `if !user`, `calls verify`. */
  readonly path: readonly (Place & { readonly note: string })[];
  /** Where it is unknown: the call that could not be resolved. */
  readonly unresolved?: readonly (Place & { readonly call: string })[];
}

export interface EvidenceReport {
  /** `route`, `name`, `call`, `model`, `library`, `hint`. */
  readonly source: string;
  readonly text: string;
  readonly weight: number;
  readonly line?: number;
}

export interface HandlerReport {
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  readonly handler: string;
  readonly route: string | null;
  readonly framework: string;
  readonly kind: "route" | "gate" | "callback";
  readonly action: ActionName | "none";
  readonly verdict: Verdict;
  readonly evidence: readonly EvidenceReport[];
  readonly outcomes: readonly OutcomeReport[];
}

/** A step on the way of a value to where it does harm. */
export interface FlowStep extends Place {
  readonly note: string;
}

export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** The handler of a silent outcome; for all other rules the call or clause that is wrong. */
  readonly place: Place;
  /** The handler, or the function around the place; "" at the top level of a file. */
  readonly handler: string;
  readonly route: string | null;
  /** What the handler does; null where the finding concerns no handler. */
  readonly action: ActionName | null;
  /** One sentence: what is wrong. */
  readonly message: string;
  /** The silent outcomes; empty for rules about what is written, not about what is missing. */
  readonly silent: readonly OutcomeReport[];
  /** Where the value came from, step by step up to the place; empty where no value is at stake. */
  readonly flow: readonly FlowStep[];
  /** Why the tool thinks so, in one line. */
  readonly because: string;
  /** What an attacker gains, in one line. */
  readonly gain: string;
  /** What to write in place of what stands there, in the project's idiom or as one sentence; absent where `write` says it. */
  readonly instead?: string;
  /** The line to write, in the project's idiom; one for each silent outcome kind. */
  readonly write: readonly { readonly kind: "success" | "failure"; readonly event: string; readonly line: string }[];
  /** Stable against moved lines: hash of rule, file, handler, action and outcome kinds. 16 hex digits. */
  readonly fingerprint: string;
}

export interface NotAnalysed {
  readonly file: string;
  readonly reason: "too-large" | "minified" | "binary" | "unreadable" | "syntax" | "cyclic-link";
  /** For people, with the place where there is one. */
  readonly message: string;
}

export interface Summary {
  readonly handlers: number;
  readonly sensitive: number;
  readonly adequate: number;
  readonly partial: number;
  readonly missing: number;
  readonly unknown: number;
  /** Outcomes of sensitive handlers, and those with a record. */
  readonly outcomes: number;
  readonly recorded: number;
  readonly files: number;
  readonly parsed: number;
}

/** All that a scan found. Pure data: reports render it, nothing else. Time is not part of it (two runs are byte-identical). */
export interface Result {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: "telltale"; readonly version: string };
  readonly handlers: readonly HandlerReport[];
  readonly findings: readonly Finding[];
  /** Findings that a comment or the baseline accepts. */
  readonly suppressed: readonly { readonly finding: Finding; readonly by: "comment" | "baseline"; readonly reason: string }[];
  /** Suppression comments that accepted nothing, or that lack a reason or name an unknown rule. */
  readonly suppressionProblems: readonly { readonly file: string; readonly line: number; readonly message: string }[];
  readonly notAnalysed: readonly NotAnalysed[];
  readonly frameworks: readonly string[];
  readonly loggers: readonly string[];
  readonly summary: Summary;
}

/** One file a format. A pure function; `sources` gives the text of a file for code frames. */
export interface Report {
  readonly id: string;
  readonly title: string;
  readonly render: (result: Result, context: RenderContext) => string;
}

/** A change that settles a finding, as whoever renders a report may offer it. */
export interface OfferedFix {
  /** One sentence for people. */
  readonly description: string;
  readonly changes: readonly {
    readonly file: string;
    /** Of the text as it is. Lines and columns count from 1, in UTF-16 units, the end excluded; no two touch. */
    readonly replacements: readonly (Omit<Place, "file"> & { readonly text: string })[];
  }[];
}

export interface RenderContext {
  readonly source: (file: string) => string | undefined;
  /** What to offer for a finding; only SARIF shows it. */
  readonly fixesOf?: (finding: Finding) => readonly OfferedFix[];
  readonly colour: boolean;
  /** Milliseconds the scan took; only the text report shows it. */
  readonly elapsed?: number;
  readonly severityThreshold?: Severity;
  /** Nothing is shortened: every finding in full, every file that was not analysed. */
  readonly verbose?: boolean;
  /** What stands before `file` so that a person, an editor or CI can open it from where the command was run: `examples/shop/`. */
  readonly prefix?: string;
}
