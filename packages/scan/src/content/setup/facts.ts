import type { AssignExpr, CallExpr, ContainerIR, Expr, FileIR, FunctionIR, Span } from "../../ir/nodes.ts";
import type { Level } from "../../loggers/logger.ts";
import type { LoggerSetup } from "./setup.ts";

/** Where a piece of setup holds, as far as the source says it. */
export type Stage = "production" | "development";

/** What one place says of how a logger is set up. What it does not say is absent. */
export interface SetupFact {
  /** The place in the file that was read. */
  readonly span?: Span;
  readonly lineBreaks?: LoggerSetup["lineBreaks"];
  readonly from?: Level;
  readonly redacts?: Exclude<LoggerSetup["redacts"], false>;
  /** Absent: everywhere. */
  readonly stage?: Stage;
}

/** A file in which loggers are set up, as readers ask about it. */
export interface SetupView {
  readonly file: FileIR;
  readonly calls: readonly SetupCall[];
  readonly assigns: readonly SetupAssign[];
  /** The value that a name was given where it is declared. */
  readonly valueOf: (name: string, fn: FunctionIR | null) => Expr | undefined;
}

export interface SetupCall {
  readonly call: CallExpr;
  readonly fn: FunctionIR | null;
  readonly container: ContainerIR | null;
  /** The names that lead to what is called, calls left out: `["logging", "basicConfig"]`. */
  readonly names: readonly string[];
  readonly method: string;
  /** Where the first of the names comes from, as loggers ask. */
  readonly origin: string;
  /** Runs only there, by the branch or the file that it stands in. */
  readonly stage?: Stage;
}

export interface SetupAssign {
  readonly assign: AssignExpr;
  readonly fn: FunctionIR | null;
  readonly names: readonly string[];
  readonly stage?: Stage;
}

/** Reads how some loggers are set up out of source files. */
export interface SetupReader {
  /** Ids of the loggers that it is about. */
  readonly loggers: readonly string[];
  /** Languages of the files in which it stands. */
  readonly languages: readonly string[];
  /** A text that does not match sets none of them up. May only over-approximate. */
  readonly mayHold: RegExp;
  readonly read: (view: SetupView) => readonly SetupFact[];
}

/** Reads the same out of a file of settings: XML, YAML, properties, JSON. */
export interface SettingsReader {
  readonly loggers: readonly string[];
  /** What the path of such a file looks like. */
  readonly path: RegExp;
  readonly read: (text: string) => readonly SetupFact[];
}
