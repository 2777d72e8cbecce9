import type { HandlerFound } from "../../frameworks/framework.ts";
import type { FileIR, FunctionIR, Param } from "../../ir/nodes.ts";
import { boundNames } from "../../ir/walk.ts";
import type { Caught, Env, Shown } from "./shown.ts";
import { ERROR_NAMES, isInternalType, STACK_MEMBERS } from "./words.ts";

/** How a closure comes by an error: it deals with one, or it is called back with one first. */
export interface HandedError {
  readonly sort: "any" | "typed" | "callback";
}

/** What the parameters of a function hold of errors. */
export function bindParams(
  fn: FunctionIR,
  file: FileIR,
  handler: HandlerFound | undefined,
  handed: HandedError | undefined,
): { readonly env: Env; readonly caught: Caught | undefined } {
  const env: Env = new Map();
  let caught: Caught | undefined;
  for (const [place, param] of fn.params.entries()) {
    const names = boundNames(param.pattern);
    const sort = sortOf(param, place, fn, handler, handed);
    const of = (name: string): Caught => ({
      sort,
      name,
      file,
      start: param.pattern.start,
      end: param.pattern.end,
      ...(isHanded(sort) && { place }),
    });
    if (param.pattern.kind === "recordPattern" && handler !== undefined) {
      for (const entry of param.pattern.entries) ofEntry(entry.key ?? "", boundNames(entry.pattern)[0], of, env);
      continue;
    }
    for (const name of names) {
      if (!isHanded(sort)) caught ??= of(name);
      env.set(name, [{ what: "error", of: of(name), told: sort === "typed", steps: stepsOf(file, of(name)) }]);
    }
  }
  return { env, caught };
}

const isHanded = (sort: Caught["sort"]): boolean => sort === "given" || sort === "parameter";

/** `%{kind: kind, reason: reason, stack: stack}`: what an error handler is given in a record. */
function ofEntry(key: string, name: string | undefined, of: (name: string) => Caught, env: Env): void {
  if (name === undefined) return;
  const what = STACK_MEMBERS.has(key) ? "stack" : /^(?:reason|error|exception|err|cause)$/.test(key) ? "error" : undefined;
  if (what !== undefined) env.set(name, [{ what, of: { ...of(name), sort: "any" }, told: false, steps: stepsOf(of(name).file, of(name)) }]);
}

function stepsOf(file: FileIR, of: Caught): Shown["steps"] {
  return of.sort === "given"
    ? []
    : [{ file, span: of, note: `${of.name} is ${of.sort === "parameter" ? "an error that is handed over" : "the error"}` }];
}

function sortOf(
  param: Param,
  place: number,
  fn: FunctionIR,
  handler: HandlerFound | undefined,
  handed: HandedError | undefined,
): Caught["sort"] {
  const name = boundNames(param.pattern)[0] ?? "";
  const type = param.pattern.kind === "bind" ? param.pattern.type?.name : undefined;
  if (handler !== undefined && isItsError(name, type, place, fn, handler)) {
    const types = [...(handler.catches ?? []), ...(type === undefined ? [] : [type])];
    return types.every((one) => isInternalType(one) || /^(?:Http)?(?:Context|Request)$/.test(one)) ? "any" : "typed";
  }
  if (handed !== undefined && handed.sort !== "callback" && place === 0) return handed.sort;
  if (handed?.sort === "callback")
    return place === 0 && /^_?(?:err|error)$/.test(name) ? (type === undefined || isInternalType(type) ? "any" : "typed") : "given";
  if (!ERROR_NAMES.test(name)) return "given";
  return type === undefined || isInternalType(type) ? "parameter" : "typed";
}

/** Which parameter of an error handler is the error: the one that is called like one, else that of such a type, else the only one. */
function isItsError(name: string, type: string | undefined, place: number, fn: FunctionIR, handler: HandlerFound): boolean {
  if (handler.errorIn !== undefined) return false;
  if (fn !== handlerFunction(handler)) return false;
  const named = fn.params.map((param) => boundNames(param.pattern)[0] ?? "").findIndex((one) => ERROR_NAMES.test(one));
  if (named >= 0) return named === place;
  return type === undefined ? fn.params.length === 1 && name !== "" : /(?:Error|Exception|Throwable)$/.test(type);
}

function handlerFunction(handler: HandlerFound): FunctionIR | undefined {
  if ("fn" in handler.entry) return handler.entry.fn;
  return handler.entry.expr.kind === "function" ? handler.entry.expr.fn : undefined;
}
