import type { Analysis, Expr, FileIR, Judged, Outcome, Span } from "@telltale/scan/analysis";
import type { Edit } from "../contract.ts";
import type { Style } from "../style/style.ts";

/** What a shape may ask. */
export interface Bench {
  readonly analysis: Analysis;
  readonly styleOf: (file: FileIR) => Style;
}

/** What stands around a handler and says what to record of it: a decorator, a call, an entry of its options. */
export interface Mark {
  /** Equal for marks that differ in nothing but what they are told: `decorator:Audit`. */
  readonly key: string;
  readonly shape: Shape;
  readonly judged: Judged;
  readonly file: FileIR;
  readonly span: Span;
  /** The name that must be in scope for it: `Audit`, `audit` of `audit.wrap`; absent: none. */
  readonly root?: string;
  /** What it is told: its arguments, without the handler. */
  readonly told: readonly Expr[];
}

export type Record = Outcome["records"][number];

/** The text of a stretch of the file of a mark, with what it is told said anew. */
export type Say = (span: Span) => string;

/** One file a shape: how it is found at a handler, and how a handler gets it. */
export interface Shape {
  readonly id: "decorator" | "wrapper" | "option" | "passed";
  /** All that a handler has of this shape, whether or not it records anything. */
  readonly marksOf: (bench: Bench, judged: Judged) => readonly Mark[];
  /** Whether a record of a handler is one that its mark leaves. */
  readonly leaves: (bench: Bench, mark: Mark, record: Record) => boolean;
  /** The edits that give a handler a mark like that of another; undefined where there is no place for it. */
  readonly put: (ask: Put) => readonly Edit[] | undefined;
}

export interface Put {
  readonly bench: Bench;
  readonly to: Judged;
  readonly like: Mark;
  /** All marks of that key. */
  readonly marks: readonly Mark[];
  readonly say: Say;
  readonly style: Style;
}
