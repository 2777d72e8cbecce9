import type { FunctionIR, Stmt } from "../ir/nodes.ts";
import { walkStmts } from "../ir/walk.ts";
import type { FileView, Framework, HandlerFound } from "./framework.ts";
import { contextAssigned, contextEndOf } from "./http/contexts.ts";
import { assignedErrorOf, httpErrorOf, statusOnError } from "./http/errors.ts";
import { joinPaths, rootName, stringOf } from "./reading.ts";
import { belongsElsewhere, type RouterFamily } from "./routers/family.ts";
import { found } from "./routers/found.ts";
import { functionBehind } from "./routers/functions.ts";
import { callsOnRouters, middleware } from "./routers/gates.ts";
import { mountsOf, type Mounts } from "./routers/mounts.ts";
import { mayRegister, verbRegistrations, type Registration } from "./routers/registrations.ts";

const FAMILY: RouterFamily = {
  packages: /^(?:koa|@koa\/router|koa-router|koa-joi-router|koa-tree-router|koa-mount|koa-compose)$/,
  makers: /^(?:Koa|(?:\w+\.)?(?:Koa|koa)?Router|joiRouter|koa)$/,
  types: /^(?:\w+\.)?(?:Koa|Router|KoaRouter|Application)$/,
  names: /^(?:app|router|routes?|koa|\w*(?:Router|App|Routes?))$/,
  maybe: /^(?:api|server|\w+(?:Api|Server))$/,
  firstParam: /^_?(?:ctx|context|c|koaCtx|_)$/,
  yieldsTo: ["express", "fastify"],
};

function handlers(view: FileView): readonly HandlerFound[] {
  if (belongsElsewhere(view.file, FAMILY)) return [];
  const mounts = mountsOf(view);
  return [
    ...verbRegistrations(view, FAMILY).map((one) => ofVerb(view, one, mounts)),
    ...middleware(view, FAMILY, sortOfMiddleware),
    ...callsOnRouters(view, FAMILY, /^on$/).flatMap(({ call, scope, container }) => {
      const entry = stringOf(call.args[0]) === "error" ? call.args[1] : undefined;
      if (entry === undefined || functionBehind(entry, view, scope) === undefined) return [];
      return [found(view, { kind: "errors", name: "error handler", entry, scope, container, at: call })];
    }),
  ];
}

function ofVerb(view: FileView, one: Registration, mounts: Mounts): HandlerFound {
  const { scope, container } = one.site;
  const entry = one.chain[one.chain.length - 1]!;
  const prefix = mounts.prefixOf(one.receiver, scope);
  const path = one.path === undefined || prefix === "" ? one.path : joinPaths(prefix, one.path);
  return found(view, { method: one.method, path, entry, scope, container, at: one.at, through: one.chain.slice(0, -1) });
}

/** Middleware that waits for the rest inside `try` is where errors are answered. */
export function sortOfMiddleware(fn: FunctionIR): "gate" | "errors" | undefined {
  if (fn.params.length !== 1 && fn.params.length !== 2) return undefined;
  return fn.body.some(triesNext) ? "errors" : "gate";
}

function triesNext(stmt: Stmt): boolean {
  if (stmt.kind !== "try" || stmt.catches.length === 0) return false;
  let tries = false;
  walkStmts(stmt.body, (expr) => {
    if (expr.kind === "call" && rootName(expr.callee) === "next") tries = true;
  });
  return tries;
}

export const koa: Framework = {
  id: "koa",
  title: "Koa",
  docs: "https://koajs.com/",
  languages: ["javascript"],
  enabledBy: { npm: ["koa", "@koa/router", "koa-router"] },
  mayHold: mayRegister("use|on"),
  handlers,
  endOfCall: (call) => contextEndOf(call) ?? assignedErrorOf(call) ?? httpErrorOf(call),
  endOfAssign: (assign) => contextAssigned(assign) ?? statusOnError(assign),
  // lib/application.js, onerror: prints the stack, but not of 404 and of errors that are exposed, which `ctx.throw` makes those below 500.
  logsUnhandled: (status) => status === undefined || status >= 500,
  request: { ip: "ctx.ip", actor: "ctx.state.user?.id", requestId: 'ctx.get("x-request-id")', userAgent: 'ctx.get("user-agent")' },
};
