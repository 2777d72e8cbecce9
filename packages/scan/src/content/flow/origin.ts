import type { Expr, FileIR, FunctionIR } from "../../ir/nodes.ts";
import type { Step } from "../../outcomes/way.ts";
import type { Effect } from "./passes.ts";

/** Where an expression stands. */
export interface Spot {
  readonly file: FileIR;
  /** The function around it; null at the top level. */
  readonly fn: FunctionIR | null;
}

/**
 * Where a value, or a part of it, may come from. One expression has several: a template as many as it has holes, a
 * record one for each entry, a choice those of both sides.
 */
export interface Origin extends Spot {
  /**
   * `read`: a name or member that is not followed further (`req.body.password`, a global, a free name).
   * `parameter`: a parameter of a function whose callers are not known (or of a handler).
   * `call`: what a call gives that is not followed (`jwt.sign(…)`).
   * `caught`: what a catch clause was given, or the error of an error callback.
   * `literal`: written in the source.
   */
  readonly kind: "read" | "parameter" | "call" | "caught" | "literal";
  /** The expression at the beginning: the outermost member read of it (`req.body.password`, not `req`). */
  readonly expr: Expr;
  /** Dotted, calls as `()`: `req.body.password`, `jwt.sign()`; "" for literals. Names are those of the spot where it begins. */
  readonly path: string;
  /**
   * The names that the value itself went under from its beginning on, its own last name first: variables, parameters, functions
   * that gave it (with `()` behind), and the key under which it was put into a record: `["password", "secret"]`. Names of what it was put into, or of
   * text that it was spliced into, are not among them.
   */
  readonly names: readonly string[];
  /** Keys under which it lies within the asked value, outermost first: `{ user: { password } }` gives `["user", "password"]`. */
  readonly keys: readonly string[];
  /** Calls that were passed on the way and give back what they are given, in another form: `trim`, `String`, `JSON.stringify`, `format`. */
  readonly through: readonly string[];
  /** What each call of `through` did to the value, in the same order. */
  readonly effects: readonly Effect[];
  /** The value went into text (template, concatenation, format) on the way; what stands there is no longer a field. */
  readonly spliced: boolean;
  /** It lay in a record as that became text: whether it can be read there depends on how the language writes records. */
  readonly flattened: boolean;
  /** The way from the beginning to the asked expression, for people: `reads req.body.password`, `assigned to secret`, `passed to audit()`. */
  readonly steps: readonly Step[];
  /** The parameter that the path begins with, where it begins with one. */
  readonly of?: { readonly fn: FunctionIR; readonly index: number };
  /** Members that were taken out of it on the way: `omit(user, "password")`, `const { password, ...rest } = user`. */
  readonly without: readonly string[];
  /** Where only some of its members were taken: `pick(user, "id", "name")`. */
  readonly only?: readonly string[];
}

/** Finds the origins of an expression. Never throws; what is too deep or too wide is left where it stands as a `read`. */
export type Trace = (expr: Expr, at: Spot) => readonly Origin[];
