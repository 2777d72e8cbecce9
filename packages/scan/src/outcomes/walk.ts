import type { AssignExpr, CallExpr, ContainerIR, Expr, FileIR, FunctionIR, Stmt } from "../ir/nodes.ts";
import type { End } from "../frameworks/framework.ts";
import type { Project } from "../project/project.ts";
import type { Deed, Exit, Flow, Record, Way } from "./way.ts";
import type { ClosureValue, Env, Value } from "./values.ts";

/** Where evaluation stands: what names mean there, and where abrupt ends go. */
export interface Scope {
  readonly file: FileIR;
  readonly fn: FunctionIR | null;
  readonly container: ContainerIR | null;
  readonly self: Value | undefined;
  /** Names from here on were bound outside the function. */
  readonly base: Env | null;
  readonly depth: number;
  /** Only a value is wanted: functions handed to unknown wrappers are not run. */
  readonly still?: boolean;
  readonly exits: Exit[];
}

/** What a call writes down, if it does: decided by `records.ts` from the logger files and the audit names. */
export interface RecordFinder {
  (call: CallExpr, target: Value, receiver: Value | null, args: readonly Value[], scope: Scope): Record | undefined;
}

/** A function that runs elsewhere because of a call, with what it is given. */
export interface Heard {
  readonly closure: ClosureValue;
  readonly args: readonly Value[];
  /** It hears whatever happens: only the audit rows that it writes say something of this. */
  readonly audit?: boolean;
  /** It hears only where the call gives a refusal, or only where it gives none. */
  readonly when?: "refused" | "done";
}

/** What a call sets going beside what it does itself. */
export interface Emission {
  readonly heard: readonly Heard[];
  /** What is written down because of the call, whatever runs. */
  readonly records?: readonly Record[];
  /** The call gives what the function gives, as a command bus does. Otherwise only what is recorded counts. */
  readonly answers: boolean;
}

/** What the walk needs to know beside the code; put together once a framework. */
export interface WalkFacts {
  readonly project: Project;
  readonly endOfCall: (call: CallExpr) => End | undefined;
  readonly endOfAssign: (assign: AssignExpr) => End | undefined;
  readonly recordOf: RecordFinder;
  /** Functions that run because of an event that the call emits, or a row that it writes; undefined where there are none. */
  readonly listenersOf: (walk: Walk, call: CallExpr, receiver: Value | null, args: readonly Value[], scope: Scope) => Emission | undefined;
  /** The words of a call that performs something sensitive; undefined for all others. */
  readonly deedOf: (path: string, args: readonly Value[]) => readonly string[] | undefined;
  /** Whether the call asks if a credential or permission is good. */
  readonly isCheck: (path: string, argNames: readonly string[]) => boolean;
  /** Whether a module of that full name belongs to the application, found or not. */
  readonly isOwnModule: (name: string) => boolean;
  /** Whether the words of an unresolved call could stand for a record. */
  readonly mayRecord: (path: string) => boolean;
}

/** The evaluator: the parts (expressions, statements, calls, names) reach each other through it. */
export interface Walk extends WalkFacts {
  readonly evaluate: (expr: Expr, way: Way, scope: Scope) => readonly Flow[];
  readonly run: (body: readonly Stmt[], ways: readonly Way[], scope: Scope) => readonly Way[];
  /** What a call of the closure does and gives, starting from nothing. Remembered. */
  readonly invoke: (closure: ClosureValue, args: readonly Value[], depth: number) => readonly Exit[];
  /** The value of an expression wherever it stands, its effects left out. Remembered. */
  readonly valueAt: (expr: Expr, file: FileIR, fn: FunctionIR | null, container: ContainerIR | null) => Value;
  /** What a name means at the top level of a file; undefined where it means nothing there. */
  readonly declared: (name: string, file: FileIR) => Value | undefined;
  /** `value.property`; `path` is how the code writes it, for the words of what is not known. */
  readonly member: (value: Value, property: string, path: string) => Value;
  /** Before each handler: the budget is full again, no deed is known; `subject` is the handler's own function, where something wraps it. */
  readonly reset: (subject?: FunctionIR) => void;
  /** The handler's own function within what wraps it. */
  subject: FunctionIR | undefined;
  /** Keeps a deed for the naming of the handler at hand. */
  readonly note: (deed: Deed) => void;
  /** The deeds of the last call of `invoke` that began at depth 0. */
  readonly deeds: () => readonly Deed[];
  /** False once a handler has cost too much: calls are no longer followed. */
  readonly spend: () => boolean;
  /** Said once, when a limit cut the analysis of the handler short. */
  cut: boolean;
}

/** Calls below a handler that are followed. */
export const MAX_DEPTH = 7;
