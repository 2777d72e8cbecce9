import type { FunctionIR, Span } from "../../../ir/nodes.ts";
import type { SetupView } from "../facts.ts";

/** A place where something is set up that writes requests or rows into the log, secrets included. */
export interface Exposure extends Span {
  readonly fn: FunctionIR | null;
  /** What it writes: `every request header, authorization and cookie included`. */
  readonly writes: string;
  /** How we know: what the library does unless it is told otherwise. */
  readonly because: string;
  /** What to write, in the idiom of the library. */
  readonly instead: string;
  /** What it is called there; tells it from others in the function. */
  readonly name: string;
}

/** Knows some libraries that see requests or rows, and what must stand in their setup. */
export interface ExposureReader {
  readonly languages: readonly string[];
  readonly mayHold: RegExp;
  readonly read: (view: SetupView) => readonly Exposure[];
}

export const HEADERS = "every request header, authorization and cookie included";
export const BODIES = "request bodies, passwords included";
export const ROWS = "every query with its values, password hashes and tokens included";
