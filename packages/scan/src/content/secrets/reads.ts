import type { Names } from "@telltale/vocabulary";
import type { Expr, FileIR, FunctionIR } from "../../ir/nodes.ts";
import { walkStmts } from "../../ir/walk.ts";
import { definitionsIn } from "../flow/definitions.ts";
import type { Origin, Trace } from "../flow/origin.ts";
import { verdictOfName } from "./names.ts";

/** A member with a secret's name that a function reads of something. */
export interface SecretRead {
  /** The path of what it is read of, as the trace spells it. */
  readonly of: string;
  readonly key: string;
  /** The expression that it is read of, where its beginning is a call; null for a parameter that is taken apart where it is declared. */
  readonly from: Expr | null;
}

/** The secrets that a function, those around it and those inside it read of objects: what these objects hold, then. */
export function createReads(trace: Trace, names: Names): (file: FileIR, fn: FunctionIR | null) => readonly SecretRead[] {
  const known = new WeakMap<FunctionIR, readonly SecretRead[]>();
  return (file, fn) => {
    const outer = fn === null ? null : outermost(fn);
    if (outer === null) return [];
    let reads = known.get(outer);
    if (reads === undefined) known.set(outer, (reads = collect(file, outer, trace, names)));
    return reads;
  };
}

/** The function that is in no other. */
export function outermost(fn: FunctionIR): FunctionIR {
  let at = fn;
  while (at.parent !== undefined) at = at.parent;
  return at;
}

function collect(file: FileIR, outer: FunctionIR, trace: Trace, names: Names): SecretRead[] {
  const isSecret = (key: string): boolean => verdictOfName(key, names) !== undefined;
  const isSecretKey = (arg: Expr): boolean =>
    arg.kind === "literal" && typeof arg.value === "string" && arg.value.length < 40 && isSecret(arg.value);
  const reads: SecretRead[] = [];
  const add = (origins: readonly Origin[]): void => {
    for (const { kind, path, keys, expr } of origins) {
      const dot = path.lastIndexOf(".");
      if (kind === "literal" || dot < 0 || keys.length > 0) continue;
      if (isSecret(path.slice(dot + 1))) reads.push({ of: path.slice(0, dot), key: path.slice(dot + 1), from: expr });
    }
  };
  const inside = file.functions.filter((fn) => fn === outer || (fn.start >= outer.start && fn.end <= outer.end));
  for (const fn of inside) {
    walkStmts(fn.body, (expr) => {
      if (expr.kind === "member" && expr.property !== null && isSecret(expr.property)) add(trace(expr, { file, fn }));
      if (expr.kind === "call" && expr.args.some(isSecretKey)) add(trace(expr, { file, fn }));
    });
    for (const list of definitionsIn(file, fn).values())
      for (const { access, from } of list) {
        const key = access.at(-1);
        if (key === undefined || !isSecret(key) || from.kind === "caught" || from.kind === "nothing") continue;
        if (from.kind === "parameter") reads.push({ of: joined("", access.slice(0, -1)), key, from: null });
        const origins = from.kind === "value" ? trace(from.expr, { file, fn }) : [];
        for (const { path, kind, expr } of origins)
          if (kind !== "literal") reads.push({ of: joined(path, access.slice(0, -1)), key, from: expr });
      }
  }
  return reads;
}

const joined = (path: string, keys: readonly string[]): string =>
  [path, ...keys.filter((key) => !/^(?:\d+|\*)$/.test(key))].filter((one) => one !== "").join(".");
