import type { CallExpr, Expr, FunctionIR, Span } from "../../ir/nodes.ts";
import type { Project } from "../../project/project.ts";
import type { ResolveCallee } from "./callees.ts";
import type { Callers } from "./callers.ts";
import type { Origin, Spot } from "./origin.ts";
import type { Effect } from "./passes.ts";

/** A call that was gone into: its parameters are what it was given. */
export interface Frame {
  readonly fns: readonly FunctionIR[];
  readonly call: CallExpr;
  readonly at: Spot;
  readonly outer: Frame | null;
}

/** Where a value comes from is asked of one expression after the other. */
export interface Query {
  readonly expr: Expr;
  readonly at: Spot;
  /** The part of it that is asked for: keys, places of lists, `*` for any. */
  readonly want: readonly string[];
  readonly frame: Frame | null;
  readonly depth: number;
  /** Callers that were gone out to, from parameters. */
  readonly hops?: number;
  /** The outermost member read around the expression, at the place where it is written. */
  readonly whole: Expr;
}

/** What one question works with; the parts reach each other through it. */
export interface Engine {
  readonly project: Project;
  readonly callees: ResolveCallee;
  readonly callers: Callers;
  readonly follow: (engine: Engine, query: Query) => readonly Origin[];
  /** Expressions that may still be looked at. */
  left: number;
}

export const MAX_DEPTH = 24;
/** Origins that one question gets. */
export const MOST_ORIGINS = 32;

/** A place of a list: `0`, or `1:ok` where `:ok` must stand first. */
export const isPlace = (key: string): boolean => /^\d+(?::|$)/.test(key);

/** Asks on, of another expression. */
export function ask(engine: Engine, query: Query, expr: Expr, change: Partial<Query> = {}): readonly Origin[] {
  const found = engine.follow(engine, { ...query, expr, whole: expr, depth: query.depth + 1, ...change });
  return found.length > MOST_ORIGINS ? found.slice(0, MOST_ORIGINS) : found;
}

const isKey = (key: string): boolean => key !== "*" && !isPlace(key);

/** An origin that is not followed further. `path` is that of the expression without what is wanted of it. */
export function leaf(query: Query, kind: Origin["kind"], path: string, name: string): Origin {
  const keys = query.want.filter(isKey);
  const full = [path, ...keys].filter((part) => part !== "").join(".");
  // One of several values that a call gives is not named by the call.
  const isOneOfSeveral = kind === "call" && query.want.some((key) => isPlace(key) && !key.includes(":"));
  const own = (keys.at(-1) ?? (isOneOfSeveral ? "" : name)).replace(/\(\)$/, "");
  return {
    ...query.at,
    kind,
    expr: query.whole,
    path: kind === "literal" ? "" : full,
    names: own === "" ? [] : [own],
    keys: [],
    through: [],
    effects: [],
    spliced: false,
    flattened: false,
    without: [],
    steps: kind === "literal" ? [] : [{ file: query.at.file, span: query.whole, note: `reads ${full}` }],
  };
}

/** The value is known by one more name from here on. */
export function named(origins: readonly Origin[], name: string, at: Spot, span: Span, note: string): readonly Origin[] {
  if (name === "") return origins;
  return origins.map((one) => ({
    ...one,
    names: one.keys.length > 0 || one.names.includes(name) ? one.names : [...one.names, name],
    steps: one.kind === "literal" ? one.steps : [...one.steps, { file: at.file, span, note }],
  }));
}

/** The value was read from under a key: one more name for it. */
export function keptUnder(origins: readonly Origin[], key: string): readonly Origin[] {
  if (key === "" || key === "*") return origins;
  return origins.map((one) => (one.keys.length > 0 || one.names.includes(key) ? one : { ...one, names: [...one.names, key] }));
}

/** The value was put into a record under a key. */
export function keyed(origins: readonly Origin[], key: string | null): readonly Origin[] {
  if (key === null) return origins;
  return origins.map((one) => ({
    ...one,
    names: one.keys.length > 0 || one.names.includes(key) ? one.names : [...one.names, key],
    keys: [key, ...one.keys],
  }));
}

/** In `through`: the value was set as a field of an object, which may show it or not where it is printed. */
export const SET = "set as a field";

/** The value went through a call that gives it back in another form. */
export function passed(origins: readonly Origin[], name: string, effect: Effect, splices = false): readonly Origin[] {
  return origins.map((one) => ({
    ...one,
    through: [...one.through, name],
    effects: [...one.effects, effect],
    spliced: one.spliced || splices,
    flattened: one.flattened || (splices && !one.spliced && one.keys.length > 0),
  }));
}

export function spliced(origins: readonly Origin[]): readonly Origin[] {
  return origins.map((one) => (one.spliced ? one : { ...one, spliced: true, flattened: one.keys.length > 0 }));
}

/** Members were taken out; what lies under them is gone. */
export function omitted(origins: readonly Origin[], keys: readonly string[]): readonly Origin[] {
  if (keys.length === 0) return origins;
  return origins
    .filter((one) => one.keys[0] === undefined || !keys.includes(one.keys[0]))
    .map((one) => (one.keys.length > 0 ? one : { ...one, without: [...one.without, ...keys] }));
}

/** Only these members were taken. */
export function picked(origins: readonly Origin[], keys: readonly string[]): readonly Origin[] {
  return origins
    .filter((one) => one.keys[0] === undefined || keys.includes(one.keys[0]))
    .map((one) => (one.keys.length > 0 ? one : { ...one, only: keys }));
}
