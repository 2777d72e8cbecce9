import type { Expr, FunctionIR, TypeRef } from "../ir/nodes.ts";
import type { Ready } from "./ready.ts";
import { lookUp, type ListValue, type UnknownValue, type Value } from "./values.ts";
import type { Way } from "./way.ts";

/** Errors as values: what a call gives last says whether it failed (Go). */

const ERROR_TYPE = /^error$|(?:^|\.)(?:\w*Err(?:or)?|Err[A-Z]\w*)$/;

/** How many values a call gives where the last of them is an error; 0 where none is. What the function says comes before what the call looks like. */
export function countWithError({ call, target }: Pick<Ready, "call" | "target">): number {
  const declared = target.kind === "closure" ? target.fns[0]?.returns : undefined;
  if (declared === undefined) return call.fails ?? 0;
  return countOf(declared);
}

function countOf(type: TypeRef): number {
  if (type.name !== "tuple") return type.name === "error" ? 1 : 0;
  return ERROR_TYPE.test(type.args?.at(-1)?.name ?? "") ? type.args!.length : 0;
}

export function givesError(fn: FunctionIR): boolean {
  return fn.returns !== undefined && countOf(fn.returns) > 0;
}

/** The values of a call: the first, nothing in between, the error. */
export function severalOf(count: number, first: Value, error: Value): Value {
  if (count < 2) return error;
  const between: Value[] = Array.from({ length: count - 2 }, () => ({ kind: "unknown" }));
  return { kind: "list", items: [first, ...between, error], tuple: true };
}

/** The error of a call that nothing is known of: there may be none. */
export function faultOf(path: string): UnknownValue {
  return { kind: "unknown", path, fault: true };
}

/** The error among the values of a call. */
export function errorOf(value: Value, count: number): Value {
  return count > 1 ? ((value as Partial<ListValue>).items?.at(-1) ?? { kind: "unknown" }) : value;
}

/** Whether an error comes from a call that nothing is known of, wrapped or not: it tells of the technology, not of the caller. */
export function carriesFault(value: Value | undefined, depth = 4): boolean {
  if (value === undefined || depth === 0) return false;
  if (value.kind === "unknown") return value.fault === true;
  return value.kind === "instance" && value.args.some((arg) => carriesFault(arg, depth - 1));
}

/** Whether an error is another one, or wraps it; undefined where that is not known. */
export function isSameError(left: Value & { kind: "instance" }, right: Value & { kind: "instance" }, depth = 4): boolean | undefined {
  if (left.name === right.name && left.of === right.of && left.args.length === right.args.length) return true;
  if (depth === 0) return undefined;
  let known: boolean | undefined = false;
  for (const arg of left.args) {
    if (arg.kind === "instance") {
      const inner = isSameError(arg, right, depth - 1);
      if (inner === true) return true;
      known = inner === undefined ? undefined : known;
    } else if (arg.kind === "unknown" && arg.fault === true) known = undefined;
  }
  return known;
}

/** On a way on which an error is there: it is the technology that failed, unless it is known which error it is. */
export function failedBy(expr: Expr, way: Way): Way {
  return expr.kind === "name" && carriesFault(lookUp(way.env, expr.name)) ? { ...way, technical: true } : way;
}

/** Names of functions that tell one error from others: `IsErrNotFound(err)`, `isUniqueViolation(err)`. */
const TELLS = /^(?:is|was)(?=[A-Z_])|err|not_?found/i;

/** The name and the value of an error that a test has told from others. */
export function toldApart(expr: Expr, holds: boolean, way: Way): { readonly name: string; readonly right: Expr } | undefined {
  if (expr.kind === "binary") {
    const tells = expr.op === "is" || expr.op === "==" ? holds : expr.op === "!=" && !holds;
    return tells && expr.left.kind === "name" && carriesFault(lookUp(way.env, expr.left.name))
      ? { name: expr.left.name, right: expr.right }
      : undefined;
  }
  if (expr.kind !== "call" || !holds) return undefined;
  const last = expr.callee.kind === "member" ? (expr.callee.property ?? "") : expr.callee.kind === "name" ? expr.callee.name : "";
  const arg = expr.args.find((one) => one.kind === "name" && carriesFault(lookUp(way.env, one.name)));
  return arg?.kind === "name" && TELLS.test(last) ? { name: arg.name, right: expr.callee } : undefined;
}

const MAKES_ERROR = /^(?:New|Err)(?=[A-Z])|Err(?:or)?f?$/;

/** Whether a value that a handler gives is an error for certain. */
export function isErrorValue(value: Value): boolean {
  if (value.kind === "instance") return true;
  if (value.kind !== "unknown") return false;
  const name = value.path === undefined ? "" : value.path.slice(value.path.lastIndexOf(".") + 1);
  return value.truthy === true || (value.fault !== true && MAKES_ERROR.test(name));
}
