import type { AssignExpr, CallExpr, Expr, FunctionIR, Stmt } from "../ir/nodes.ts";
import { walkStmts } from "../ir/walk.ts";
import type { End, FileView, Framework, HandlerFound } from "./framework.ts";
import { assignedErrorOf, httpErrorOf, statusOnError } from "./http/errors.ts";
import { statusByName } from "./http/statuses.ts";
import { endByStatus, isNothing, joinPaths, methodOf, namesOf, propertyAssigned, rootName, statusOf, stringOf } from "./reading.ts";
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
function sortOfMiddleware(fn: FunctionIR): "gate" | "errors" | undefined {
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

const CONTEXT = /^(?:ctx|context|koaCtx|c)$/;

function endOfCall(call: CallExpr): End | undefined {
  return onContext(call) ?? assignedErrorOf(call) ?? httpErrorOf(call);
}

/** `ctx.throw(401)` raises, `ctx.redirect(url)` answers, `ctx.assert(user, 401)` may raise; `ctx.unauthorized()` as in koa-respond and Strapi. */
function onContext(call: CallExpr): End | undefined {
  if (!CONTEXT.test(rootName(call.callee) ?? "") || namesOf(call.callee).length > 3) return undefined;
  const method = methodOf(call);
  if (method === "throw") return { ...thrownStatus(call.args), raises: call.args[0] ?? call.callee, stops: true, says: call.args };
  if (method === "assert") return { ...thrownStatus(call.args.slice(1)), raises: call.args[1] ?? call.callee, stops: true, perhaps: true };
  if (method === "redirect" || method === "back") return { sent: true, kind: "redirect", says: call.args };
  if (method === "send" || method === "render") return { sent: true, says: call.args };
  const status = /^[a-z]/.test(method) ? statusByName(method) : undefined;
  if (status === undefined || namesOf(call.callee).length !== 2) return undefined;
  return { status, sent: true, says: call.args, ...(status === 401 || status === 403 ? { kind: "denied" as const } : {}) };
}

function thrownStatus(args: readonly Expr[]): End {
  const status = args
    .map((arg) => (arg.kind === "literal" && typeof arg.value === "string" ? undefined : statusOf(arg)))
    .find((one) => one !== undefined);
  return status === undefined ? {} : { status };
}

/** `ctx.status = 401`, `ctx.body = …`, the same on `ctx.response`. */
function endOfAssign(assign: AssignExpr): End | undefined {
  const property = propertyAssigned(assign);
  const names = property?.names ?? [];
  const isContext = CONTEXT.test(names[0] ?? "") && (names.length === 2 || (names.length === 3 && names[1] === "response"));
  const isResponse = names[0] === "response" && names.length === 2;
  if (property === undefined || !(isContext || isResponse)) return statusOnError(assign);
  if (names.at(-1) === "status") return endByStatus(property.value);
  if (names.at(-1) !== "body") return undefined;
  return { sent: true, says: isNothing(property.value) ? [] : [property.value] };
}

export const koa: Framework = {
  id: "koa",
  title: "Koa",
  docs: "https://koajs.com/",
  languages: ["javascript"],
  enabledBy: { npm: ["koa", "@koa/router", "koa-router"] },
  mayHold: mayRegister("use|on"),
  handlers,
  endOfCall,
  endOfAssign,
  // lib/application.js, onerror: prints the stack, but not of 404 and of errors that are exposed, which `ctx.throw` makes those below 500.
  logsUnhandled: (status) => status === undefined || status >= 500,
  request: { ip: "ctx.ip", actor: "ctx.state.user?.id", requestId: 'ctx.get("x-request-id")', userAgent: 'ctx.get("user-agent")' },
};
