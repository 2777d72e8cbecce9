import type { FileIR, FunctionIR, Pen, Project, Proposal, Span } from "@telltale/scan/analysis";
import type { Edit, Refused } from "../contract.ts";
import type { LeftOut } from "../style/left-out.ts";
import type { Style } from "../style/style.ts";

/** An outcome that a line is wanted for. */
export interface Spot {
  readonly project: Project;
  readonly file: FileIR;
  /** The innermost function around `at`; undefined at the top level. */
  readonly fn: FunctionIR | undefined;
  /** What ends the outcome there: the answer (a call), the throw, the return, the value that an expression gives, or a call that leads to the end. */
  readonly at: Span;
  /** A failure's line stands before `at`; a success's line after the work, before the answer. */
  readonly kind: "success" | "failure";
  /** `at` is a call into a function that ends the outcome: where that function has its own end, nothing can stand. */
  readonly leads?: true;
  /** `at` is the call that answers, not a whole statement or the value of a function. */
  readonly answers?: true;
  /** Other outcomes end there too: the line must be written for this one only, or there is no place for it. */
  readonly mixed?: true;
  /** `at` is a call that answers in either way: the line stands where the answer says which it was. */
  readonly asks?: true;
  /** The function around is a handler whose framework waits for what it gives. */
  readonly awaited?: true;
  readonly style: Style;
}

/** Where a line can stand. */
export interface Seat {
  /** Names that are bound before this offset are in scope there: what it may speak of. */
  readonly offset: number;
  /** Writing it there changes nothing that the code does. */
  readonly safe: boolean;
  /** The indentation that its lines get. */
  readonly indent: string;
  /** The edits that put a line there, given as `LanguageWriter.line` gives it; it may have several lines, indented by nothing. */
  readonly write: (line: string) => readonly Edit[];
}

/** A logger that is wanted at a place. */
export interface PenAsk {
  readonly project: Project;
  readonly file: FileIR;
  readonly fn: FunctionIR | undefined;
  /** Where the line will stand. */
  readonly offset: number;
  readonly pen: Pen;
  /** It is in scope there already. */
  readonly held: boolean;
  /** Every file that is parsed: how others come by that logger. */
  readonly files: () => readonly FileIR[];
  /** Texts that the scan leaves out, tests above all; absent: nobody may look. */
  readonly leftOut: LeftOut | undefined;
  readonly style: Style;
}

/** A logger that the line can use. */
export interface Held {
  /** What the line calls it: `logger`, `this.logger`, `Logger`. */
  readonly expression: string;
  /** What brings it into scope: an import, a field, `require Logger`; none where it is there. Equal ones of several fixes are made once. */
  readonly edits: readonly Edit[];
}

/** A name that a file shall have as another file has it. */
export interface BringAsk {
  readonly project: Project;
  readonly root: string;
  readonly from: FileIR;
  readonly into: FileIR;
  readonly files: () => readonly FileIR[];
  readonly style: Style;
}

/** What a line is about to say at a place. */
export interface Values {
  readonly spot: Spot;
  readonly seat: Seat;
  readonly details: Proposal["details"];
}

/** One folder a language (or family): how a line is put into its text. What the line says is decided before. */
export interface LanguageWriter {
  /** Ids of the scan's languages that it writes. */
  readonly ids: readonly string[];
  readonly seat: (spot: Spot) => Seat | Refused;
  readonly hold: (ask: PenAsk) => Held | Refused;
  /** The edits that import a name; absent: the language has none of its own way, and nothing is brought. */
  readonly bring?: (ask: BringAsk) => readonly Edit[] | Refused;
  /** What a logger writes (`Logger.write`), as this file would spell it: quotes, terminator, broken where it is too long for `room` columns. */
  readonly line: (text: string, style: Style, room: number) => string;
  /** Details as they may be read there without harm: `user?.id` where there may be no user; those that may not are left out. */
  readonly values?: (values: Values) => Proposal["details"];
  /** Whether outcomes that end in one and the same place are told apart there by what it gives: a `Result`. */
  readonly tellsApart?: (spot: Pick<Spot, "file" | "at">) => boolean;
  /**
   * What a function answers it gives back, as `conn` or `socket`: a call tells nothing of how it went, so a line stands where
   * that is decided, in whatever function.
   */
  readonly givesAnswers?: true;
  /** Whether code in a function can ask how it was answered, once it was. */
  readonly asksAnswer?: (fn: FunctionIR) => boolean;
  /** How many faults the syntax of a text has; absent: the scan's parser says whether it has any. */
  readonly faults?: (path: string, text: string) => number;
}
