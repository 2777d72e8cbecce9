import type { FunctionIR } from "../../ir/nodes.ts";
import { walkStmts } from "../../ir/walk.ts";
import type { CallSite, FileView, HandlerFound } from "../framework.ts";
import { flat, joinPaths, methodOf, namesOf, receiverOf, stringOf } from "../reading.ts";
import type { RouterFamily } from "./family.ts";
import { found } from "./found.ts";
import { functionBehind } from "./functions.ts";
import { beliefOf } from "./receivers.ts";

/** What a function among the middleware is, by its parameters and body: `undefined` is none of them. */
export type MiddlewareSort = (fn: FunctionIR) => "gate" | "errors" | undefined;

/**
 * Middleware that `use` puts in front of many routes, where it is a function of the project: a closure, a name, or the closure
 * that a function of the project gives back. Calls into packages (`cors()`, `helmet()`) are not judged.
 */
export function middleware(view: FileView, family: RouterFamily, sortOf: MiddlewareSort): readonly HandlerFound[] {
  return callsOnRouters(view, family, /^use$/).flatMap((site) => ofUse(view, site, sortOf));
}

/** Calls of such a method on what is, or by its name may be, an app or router of the family. */
export function callsOnRouters(view: FileView, family: RouterFamily, method: RegExp): readonly CallSite[] {
  return view.calls.filter(({ call, scope }) => {
    const receiver = receiverOf(call);
    if (receiver === undefined || !method.test(methodOf(call))) return false;
    const belief = beliefOf(receiver, view, scope, family);
    return belief === "router" || (belief === "unknown" && family.names.test(namesOf(receiver).at(-1) ?? ""));
  });
}

function ofUse(view: FileView, { call, scope, container }: CallSite, sortOf: MiddlewareSort): readonly HandlerFound[] {
  const prefix = stringOf(call.args[0]);
  const path = prefix === undefined ? undefined : joinPaths(prefix);
  const placed = flat(call.args).flatMap((entry) => {
    const fn = functionBehind(entry, view, scope);
    const kind = fn === undefined ? undefined : sortOf(fn);
    if (fn === undefined || kind === undefined) return [];
    return [{ entry, kind: kind === "gate" && path !== undefined && !goesOn(fn) ? ("route" as const) : kind }];
  });
  // The first stands with the call, others on their own.
  return placed.map(({ entry, kind }, index) => {
    const name = kind === "errors" ? "error handler" : "middleware";
    const about = kind === "route" ? { method: "ALL" } : { name };
    return found(view, { kind, path, entry, scope, container, ...about, at: index === 0 ? call : entry });
  });
}

/**
 * Does middleware ever let the request go on: calls its last parameter without an error, or hands it to somebody who may?
 * Where it does not, `use(path, fn)` is how a route for all methods is written.
 */
function goesOn(fn: FunctionIR): boolean {
  const last = fn.params.at(-1)?.pattern;
  if (fn.params.length < 2 || last?.kind !== "bind") return true;
  if (/^_?(?:res|response|reply)$/.test(last.name)) return false;
  const bodies = fn.file.functions.filter((one) => one.start >= fn.start && one.end <= fn.end).map((one) => one.body);
  let goes = false;
  for (const body of bodies) {
    walkStmts(body, (expr) => {
      if (expr.kind !== "call") return;
      const calls = expr.callee.kind === "name" && expr.callee.name === last.name && expr.args.length === 0;
      const hands = expr.args.length > 1 && expr.args.some((arg) => arg.kind === "name" && arg.name === last.name);
      goes ||= calls || hands;
    });
  }
  return goes;
}
