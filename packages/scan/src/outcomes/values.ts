import type { End } from "../frameworks/framework.ts";
import type { ContainerIR, Expr, FileIR, FunctionIR, Literal } from "../ir/nodes.ts";

/**
 * What is known of a value on one way through the code. Everything that is not told apart is `unknown`;
 * nothing here ever claims more than the code says.
 */
export type Value =
  | UnknownValue
  | LiteralValue
  | TextValue
  | ListValue
  | RecordValue
  | ClosureValue
  | InstanceValue
  | ContainerValue
  | FileValue;

/** `path`: how the code names it (`ERRORS.INVALID`), for its words; `args`: what the call that made it was given. */
export interface UnknownValue {
  readonly kind: "unknown";
  readonly path?: string;
  readonly args?: readonly Value[];
  /** Known to be neither null nor false. */
  readonly truthy?: boolean;
  /** What a wrapper of which nothing is known made of the functions in `args`: calling it calls them. */
  readonly wraps?: boolean;
  /** The import source of the package it comes from. */
  readonly source?: string;
  /** The text that stands in for it where it is absent: `event ?? "user.login"`. */
  readonly instead?: string;
  /** The class that it is an instance of where it is there at all. */
  readonly of?: ContainerIR;
  /** The error of a call of which nothing is known (`outcomes/error-values.ts`). */
  readonly fault?: true;
  /** What a check gave that let somebody pass. */
  readonly passed?: true;
}
export interface LiteralValue {
  readonly kind: "literal";
  readonly value: Literal;
  readonly symbol?: boolean;
  /** Known only because a test of it failed. */
  readonly narrowed?: true;
  /** What a check that could not be followed gives where it refuses: false or nothing. */
  readonly refuses?: true;
}
/** Text with holes: the known parts joined by a blank. */
export interface TextValue {
  readonly kind: "text";
  readonly text: string;
}
export interface ListValue {
  readonly kind: "list";
  readonly items: readonly Value[];
  readonly tuple: boolean;
}
export interface RecordValue {
  readonly kind: "record";
  readonly entries: ReadonlyMap<string, Value>;
  /** More keys than are listed may exist (a spread of something unknown). */
  readonly open: boolean;
  readonly type?: string;
  /** Named arguments: they go to the parameters of these names. */
  readonly named?: true;
}
/** One or more functions (clauses, overloads) with the names that they captured. */
export interface ClosureValue {
  readonly kind: "closure";
  readonly fns: readonly FunctionIR[];
  readonly env: Env | null;
  readonly self?: Value;
  /** Arguments given beforehand (`bind`, captures). */
  readonly bound?: readonly Value[];
}
/** Something built by `new X(…)`; `of` where the class is part of the project. */
export interface InstanceValue {
  readonly kind: "instance";
  readonly name: string;
  readonly of?: ContainerIR;
  readonly args: readonly Value[];
  readonly source?: string;
  /** It is a response: what it says where a handler gives it back. */
  readonly answers?: { readonly end: End; readonly says: readonly Value[] };
}
/** A class or module itself. */
export interface ContainerValue {
  readonly kind: "container";
  readonly of: ContainerIR;
}
/** A whole module as a value (`import * as x`). */
export interface FileValue {
  readonly kind: "file";
  readonly file: FileIR;
}

/** Names and their values, newest first. Shared between ways; never changed. */
export interface Env {
  readonly name: string;
  readonly value: Value;
  readonly next: Env | null;
  /** How many names there are from here on: tells where two ways began to differ. */
  readonly size: number;
}

export const UNKNOWN: UnknownValue = { kind: "unknown" };
export const TRUTHY: UnknownValue = { kind: "unknown", truthy: true };
export const NULL: LiteralValue = { kind: "literal", value: null };
export const NARROWED: LiteralValue = { kind: "literal", value: null, narrowed: true };
export const FALSE: LiteralValue = { kind: "literal", value: false };
export const REFUSED: LiteralValue = { kind: "literal", value: false, refuses: true };

export function instanceOf(container: ContainerIR): InstanceValue {
  return { kind: "instance", name: container.name, of: container, args: [] };
}

export function bindName(env: Env | null, name: string, value: Value): Env {
  return { name, value, next: env, size: env === null ? 1 : env.size + 1 };
}

/** The names that both have in common, at `base` at the latest. */
export function commonEnv(a: Env | null, b: Env | null, base: Env | null): Env | null {
  const floor = base === null ? 0 : base.size;
  let [x, y] = [a, b];
  while (x !== y) {
    const [m, n] = [x === null ? 0 : x.size, y === null ? 0 : y.size];
    if (m <= floor && n <= floor) return base;
    if (m >= n) x = x!.next;
    if (n >= m) y = y!.next;
  }
  return (x === null ? 0 : x.size) < floor ? base : x;
}

/** `base`: names from there on are not looked at. */
export function lookUp(env: Env | null, name: string, base: Env | null = null): Value | undefined {
  for (let at = env; at !== null && at !== base; at = at.next) if (at.name === name) return at.value;
  return undefined;
}

/** Whether a test of the value holds: undefined where that is not known. */
export function truthOf(value: Value): boolean | undefined {
  switch (value.kind) {
    case "unknown":
      return value.truthy ? true : undefined;
    case "literal":
      return value.symbol ? true : value.value !== null && value.value !== false && value.value !== 0 && value.value !== "";
    default:
      return true;
  }
}

/** null, false, `{:error, …}`, `:error`, an object that says `error` or `success: false`: how code says that something was refused. */
export function isRefusal(value: Value): boolean {
  switch (value.kind) {
    case "literal":
      return value.symbol ? REFUSAL_WORDS.has(String(value.value)) : value.value === null || value.value === false;
    case "list":
      return (
        value.tuple &&
        value.items[0] !== undefined &&
        isRefusal(value.items[0]) &&
        value.items[0].kind === "literal" &&
        value.items[0].symbol === true
      );
    case "record":
      if (value.type === "bad") return true;
      return ["success", "ok", "valid", "isValid", "authenticated"].some((key) => isFalse(value.entries.get(key))) || hasError(value);
    case "instance":
      return /(?:Error|Exception|Failure|Left|Err)$|^Err(?=[A-Z])/.test(value.name);
    case "unknown":
      return value.args !== undefined && /(?:^|\.)(?:left|err|failure|fail)$/i.test(value.path ?? "");
    default:
      return false;
  }
}

/** Atoms and symbols with which functions say no. */
const REFUSAL_WORDS = new Set(["error", "nil", "unauthorized", "forbidden", "invalid", "denied", "not_found", "halt", "failed", "failure"]);

function isFalse(value: Value | undefined): boolean {
  return value?.kind === "literal" && value.value === false;
}

function hasError(value: RecordValue): boolean {
  const error = value.entries.get("error") ?? value.entries.get("errors") ?? value.entries.get("serverError");
  return error !== undefined && truthOf(error) !== false;
}

/** `a.b.c` for names and members; calls in between are left out. Empty for anything else. */
export function pathOf(expr: Expr): string {
  switch (expr.kind) {
    case "name":
      return expr.name;
    case "member": {
      const object = pathOf(expr.object);
      const property = expr.property ?? "";
      return object === "" ? property : property === "" ? object : `${object}.${property}`;
    }
    case "call":
      return pathOf(expr.callee);
    case "await":
      return pathOf(expr.value);
    default:
      return "";
  }
}
