import type { CallExpr, Expr, FunctionIR, RecordExpr } from "../ir/nodes.ts";
import type { CallSite, End, FileView, Framework, HandlerFound } from "./framework.ts";
import { answerOf, statusAssigned } from "./http/answers.ts";
import { assignedErrorOf, httpErrorOf, statusOnError } from "./http/errors.ts";
import { entryOf, flat, itemsOf, joinPaths, methodOf, namesOf, stringOf } from "./reading.ts";
import { belongsElsewhere, type RouterFamily } from "./routers/family.ts";
import { found } from "./routers/found.ts";
import { functionBehind, mayBeFunction } from "./routers/functions.ts";
import { callsOnRouters } from "./routers/gates.ts";
import { mountsOf, type Mounts } from "./routers/mounts.ts";
import { HANDLER_KEY, mayRegister, verbRegistrations, type HandlerOf, type Registration } from "./routers/registrations.ts";
import { routeObjects, type RouteObject } from "./routers/route-objects.ts";

const FAMILY: RouterFamily = {
  packages: /^(?:fastify(?:-plugin)?|@fastify\/.+)$/,
  makers: /^(?:\w+\.)?[Ff]astify$/,
  types: /^(?:\w+\.)?(?:Fastify\w*Instance\w*|FastifyTyped|FastifyZod)$/,
  names: /^(?:fastify\w*|app|server|instance|f|scope|router|\w*(?:App|Server|Instance))$/,
  maybe: /^(?:api|\w+Api)$/,
  firstParam: /^_?(?:req|request|r|_|\w*[Rr]eq(?:uest)?)$/,
  yieldsTo: ["express", "koa", "hono"],
};

/** Hooks that run before the handler and may answer in its place: https://fastify.dev/docs/latest/Reference/Hooks/. */
const BEFORE = ["onRequest", "preParsing", "preValidation", "preHandler"];

const handlerOf: HandlerOf = (chain, view, scope) => {
  const last = chain.at(-1);
  const options = last === undefined ? undefined : asRecord(last, view, scope);
  if (options !== undefined) return entryOf(options, "handler");
  return last !== undefined && mayBeFunction(last, view, scope) ? last : undefined;
};

function asRecord(expr: Expr, view: FileView, scope: FunctionIR | null): RecordExpr | undefined {
  const value = expr.kind === "name" ? view.valueOf(expr.name, scope) : expr;
  return value?.kind === "record" ? value : undefined;
}

function handlers(view: FileView): readonly HandlerFound[] {
  if (belongsElsewhere(view.file, FAMILY)) return [];
  const mounts = mountsOf(view);
  return [
    ...verbRegistrations(view, FAMILY, handlerOf).flatMap((one) => ofVerb(view, one, mounts)),
    ...routeObjects(view, (record) => entryOf(record, "handler")).flatMap((one) => ofObject(view, one, mounts)),
    ...callsOnRouters(view, FAMILY, /^(?:addHook|setErrorHandler|decorate)$/).flatMap((site) => ofHook(view, site)),
  ];
}

function ofVerb(view: FileView, one: Registration, mounts: Mounts): readonly HandlerFound[] {
  const { scope, container } = one.site;
  const entry = handlerOf(one.chain, view, scope);
  if (entry === undefined) return [];
  const options = one.chain.map((expr) => asRecord(expr, view, scope)).find((record) => record !== undefined);
  const path = withPrefix(mounts.prefixOf(one.receiver, scope), one.path);
  return [found(view, { method: one.method, path, entry, scope, container, at: one.at, ...aboutOptions(options) })];
}

function withPrefix(prefix: string, path: string | undefined): string | undefined {
  return path === undefined || prefix === "" ? path : joinPaths(prefix, path);
}

function ofObject(view: FileView, one: RouteObject, mounts: Mounts): readonly HandlerFound[] {
  if (!mayBeFunction(one.handler, view, one.scope) || entryOf(one.record, "url", "path") === undefined) return [];
  const receiver = one.call?.callee.kind === "member" ? one.call.callee.object : undefined;
  const path = receiver === undefined ? one.path : withPrefix(mounts.prefixOf(receiver, one.scope), one.path);
  return [found(view, { ...one, path, entry: one.handler, ...aboutOptions(one.record) })];
}

function aboutOptions(options: RecordExpr | undefined): { through: readonly Expr[]; hints: readonly string[] } {
  const schema = entryOf(options, "schema");
  const through = flat(BEFORE.map((hook) => entryOf(options, hook)).filter((expr) => expr !== undefined));
  const words = ["tags", "summary", "operationId", "description"].map((key) => entryOf(schema, key));
  return { through, hints: words.flatMap((expr) => (expr === undefined ? [] : itemsOf(expr))).flatMap((expr) => stringOf(expr) ?? []) };
}

/** `addHook("preHandler", fn)`, `setErrorHandler(fn)`, and `decorate("authenticate", fn)`, which routes name as their hook. */
function ofHook(view: FileView, { call, scope, container }: CallSite): readonly HandlerFound[] {
  const method = methodOf(call);
  const entry = method === "setErrorHandler" ? call.args[0] : call.args[1];
  const name = stringOf(call.args[0]);
  const fn = entry === undefined ? undefined : functionBehind(entry, view, scope);
  if (entry === undefined || fn === undefined) return [];
  if (method === "addHook" && !BEFORE.includes(name ?? "")) return [];
  if (method === "decorate" && !takesReply(fn)) return [];
  const kind = method === "setErrorHandler" ? "errors" : "gate";
  return [found(view, { kind, name: name ?? "error handler", entry, scope, container, at: call })];
}

function takesReply(fn: FunctionIR): boolean {
  const second = fn.params[1]?.pattern;
  return second?.kind === "bind" && /^_?(?:reply|rep|res|response)$/.test(second.name);
}

/** `reply.callNotFound()` answers 404; `fastify.httpErrors.unauthorized()` and `createError(401)` are built to be thrown. */
function endOfCall(call: CallExpr): End | undefined {
  if (methodOf(call) === "callNotFound" && namesOf(call.callee)[0] === "reply") return { status: 404, sent: true };
  return answerOf(call) ?? assignedErrorOf(call) ?? httpErrorOf(call);
}

export const fastify: Framework = {
  id: "fastify",
  title: "Fastify",
  docs: "https://fastify.dev/docs/latest/Reference/Routes/",
  languages: ["javascript"],
  enabledBy: { npm: ["fastify"] },
  mayHold: mayRegister("addHook|setErrorHandler|decorate", HANDLER_KEY),
  handlers,
  endOfCall,
  endOfAssign: (assign) => statusAssigned(assign) ?? statusOnError(assign),
  // lib/error-handler.js: below 500 the default handler logs at info, else at error; only where the server has a logger.
  logsUnhandled: (status) => status === undefined || status >= 500,
  answersByReturn: true,
  request: { ip: "request.ip", actor: "request.user?.id", requestId: "request.id", userAgent: 'request.headers["user-agent"]' },
};
