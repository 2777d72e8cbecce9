import type { DetailName } from "@telltale/vocabulary";
import type { CallExpr, Expr } from "../ir/nodes.ts";
import type { EnabledBy } from "../frameworks/framework.ts";

/** `audit` is a record at every level setting. `debug` and `trace` are no record. */
export type Level = "trace" | "debug" | "info" | "warn" | "error" | "fatal" | "audit";

/** A call that writes a line or a row. */
export interface RecordFact {
  readonly level: Level;
  /** Expressions that say what happened: message, event name, the object with the fields. */
  readonly says: readonly Expr[];
  /** The object, map or keyword list that carries the details, where there is one. */
  readonly fields?: Expr;
  /** A line without structure, such as console.log. */
  readonly unstructured?: boolean;
  /** Details that the library adds by itself, or takes out of what its fields are called. */
  readonly gives?: readonly DetailName[];
}

/** What a logger file may ask about a call. */
export interface CallView {
  readonly call: CallExpr;
  /** Dotted names of the callee with calls and `this` left out: `this.logger.child({}).info` → `logger.child.info`. */
  readonly path: string;
  /** The last name of the path. */
  readonly method: string;
  /** Names before the method, outermost first. */
  readonly receiver: readonly string[];
  /** Where the first name of the receiver comes from: import source, constructor or factory called, or type; "" if unknown. */
  readonly origin: string;
}

/** One file a logging or audit library. */
export interface Logger {
  readonly id: string;
  readonly title: string;
  readonly docs: string;
  readonly languages: readonly string[];
  readonly enabledBy: EnabledBy;
  readonly record: (view: CallView) => RecordFact | undefined;
  /**
   * What becomes of a line break in a message where nothing is configured: `escaped` (JSON, quoted text) or `kept`.
   * Absent: it writes no lines, or nobody knows.
   */
  readonly lineBreaks?: "escaped" | "kept";
  /** Arguments behind the message become part of its text: `%s`, `{}`, or joined with blanks. */
  readonly textArgs?: true;
  /** Places in a message are fields of their names: `"user {UserId} deleted"`. */
  readonly namedPlaces?: true;
  /** Lower is preferred when a proposal must choose among the loggers of a project. */
  readonly preference?: number;
  /** It has names of its own for events and details, whatever others are called in the project. */
  readonly ownNames?: true;
  /** The line to write, in this library's idiom, given the name that the file uses for its logger (or the usual one). */
  readonly write: (line: Proposal) => string;
}

/** What a proposed line has to say. Values are source text. */
export interface Proposal {
  /** The logger's name in scope, such as `logger`, `this.logger`, `req.log`. */
  readonly logger: string;
  readonly level: "info" | "warn" | "error";
  readonly event: string;
  /** The name as the code writes it where it is no literal: `AuditEvent.LOGIN_FAILED`. */
  readonly eventCode?: string;
  /** The field that the name stands under; null: the message alone says it. Absent: as is usual with the library. */
  readonly eventKey?: string | null;
  /** The message where it is not the name: a sentence; null: none beside the fields. A library whose lines are one text writes the name all the same. */
  readonly message?: string | null;
  readonly details: readonly { readonly name: string; readonly value: string }[];
}
