import type { CallExpr, Expr, FunctionIR } from "../ir/nodes.ts";
import type { CallSite, End, FileView, Framework, HandlerFound } from "./framework.ts";
import { assignedErrorOf, httpErrorOf, statusOnError } from "./http/errors.ts";
import { initStatus, webResponseOf } from "./http/web-responses.ts";
import { endByStatus, entryOf, flat, itemsOf, joinPaths, methodOf, namesOf, receiverOf, rootName, stringOf } from "./reading.ts";
import { belongsElsewhere, type RouterFamily } from "./routers/family.ts";
import { found } from "./routers/found.ts";
import { mayBeFunction, valueBehind } from "./routers/functions.ts";
import { callsOnRouters, middleware } from "./routers/gates.ts";
import { mountsOf, type Mounts } from "./routers/mounts.ts";
import { mayRegister, verbRegistrations } from "./routers/registrations.ts";

const FAMILY: RouterFamily = {
  packages: /^(?:hono(?:\/.*)?|@hono\/.+|jsr:@hono\/hono)$/,
  makers: /^(?:\w+\.)?(?:Hono|OpenAPIHono)$|\bcreateApp$|^factory\.createApp$/,
  types: /^(?:\w+\.)?(?:Hono|OpenAPIHono|HonoBase)$/,
  names: /^(?:app|router|api|routes?|hono|\w*(?:App|Api|Router|Routes?|Hono))$/,
  maybe: /^(?:server|\w+Server)$/,
  firstParam: /^_?(?:c|ctx|context|_)$/,
  yieldsTo: ["express", "fastify", "koa"],
};

function handlers(view: FileView): readonly HandlerFound[] {
  if (belongsElsewhere(view.file, FAMILY)) return [];
  const mounts = mountsOf(view);
  return [
    ...verbRegistrations(view, FAMILY).map((one) => {
      const given = { site: one.site, method: one.method, path: one.path, chain: one.chain, at: one.at };
      return ofChain(view, given, mounts, one.receiver);
    }),
    ...callsOnRouters(view, FAMILY, /^on$/).flatMap((site) => ofOn(view, site, mounts)),
    ...callsOnRouters(view, FAMILY, /^openapi$/).flatMap((site) => ofOpenApi(view, site, mounts)),
    ...callsOnRouters(view, FAMILY, /^onError$/).flatMap(({ call, scope, container }) => {
      const [entry] = call.args;
      return entry === undefined ? [] : [found(view, { kind: "errors", name: "error handler", entry, scope, container, at: call })];
    }),
    ...middleware(view, FAMILY, sortOfMiddleware),
  ];
}

interface Chain {
  readonly site: CallSite;
  readonly method: string;
  readonly path: string | undefined;
  readonly chain: readonly Expr[];
  readonly at: { readonly start: number; readonly end: number };
  readonly hints?: readonly string[];
}

function ofChain(view: FileView, one: Chain, mounts: Mounts, receiver: Expr): HandlerFound {
  const { scope, container } = one.site;
  const prefix = mounts.prefixOf(receiver, scope);
  const path = one.path === undefined || prefix === "" ? one.path : joinPaths(prefix, one.path);
  const entry = one.chain[one.chain.length - 1]!;
  return found(view, {
    method: one.method,
    path,
    entry,
    scope,
    container,
    at: one.at,
    through: one.chain.slice(0, -1),
    hints: one.hints ?? [],
  });
}

/** `app.on("PURGE", "/cache", handler)`, `app.on(["PUT", "DELETE"], "/post", handler)`. */
function ofOn(view: FileView, site: CallSite, mounts: Mounts): readonly HandlerFound[] {
  const [verbs, paths, ...rest] = site.call.args;
  const method = stringOf(verbs === undefined ? undefined : itemsOf(verbs)[0])?.toUpperCase();
  const path = stringOf(paths === undefined ? undefined : itemsOf(paths)[0]);
  const chain = flat(rest);
  const receiver = receiverOf(site.call);
  const last = chain.at(-1);
  if (method === undefined || path?.startsWith("/") !== true || receiver === undefined || last === undefined) return [];
  return mayBeFunction(last, view, site.scope) ? [ofChain(view, { site, method, path, chain, at: site.call }, mounts, receiver)] : [];
}

/** `app.openapi(createRoute({ method: "post", path: "/login" }), handler)` of @hono/zod-openapi. */
function ofOpenApi(view: FileView, site: CallSite, mounts: Mounts): readonly HandlerFound[] {
  const [route, handler] = site.call.args;
  const receiver = receiverOf(site.call);
  if (route === undefined || handler === undefined || receiver === undefined) return [];
  const made = valueBehind(view.project, { expr: route, file: view.file, scope: site.scope }).expr;
  const options = made.kind === "call" ? made.args[0] : made;
  const method = stringOf(entryOf(options, "method"))?.toUpperCase() ?? "ALL";
  const path = stringOf(entryOf(options, "path"));
  const through = entryOf(options, "middleware");
  const hints = ["tags", "summary", "operationId"].flatMap((key) => {
    const value = entryOf(options, key);
    return value === undefined ? [] : itemsOf(value).flatMap((item) => stringOf(item) ?? []);
  });
  const chain = [...flat(through === undefined ? [] : [through]), handler];
  return [ofChain(view, { site, method, path, chain, at: site.call, hints }, mounts, receiver)];
}

function sortOfMiddleware(fn: FunctionIR): "gate" | undefined {
  return fn.params.length === 1 || fn.params.length === 2 ? "gate" : undefined;
}

/** Methods of the context that make a response, with the place of the status: https://hono.dev/docs/api/context. */
const ANSWERS = new Set(["json", "text", "html", "body", "newResponse", "render"]);

function onContext(call: CallExpr): End | undefined {
  if (!/^_?(?:c|ctx|context)$/.test(rootName(call.callee) ?? "") || namesOf(call.callee).length !== 2) return undefined;
  const method = methodOf(call);
  if (ANSWERS.has(method)) return { ...initStatus(call.args[1]), sent: true, says: call.args.slice(0, 1) };
  if (method === "status") return endByStatus(call.args[0]);
  if (method === "redirect") return { ...endByStatus(call.args[1]), sent: true, kind: "redirect", says: call.args.slice(0, 1) };
  return method === "notFound" ? { status: 404, sent: true } : undefined;
}

export const hono: Framework = {
  id: "hono",
  title: "Hono",
  docs: "https://hono.dev/docs/api/routing",
  languages: ["javascript"],
  enabledBy: { npm: ["hono", "@hono/zod-openapi"] },
  mayHold: mayRegister("use|on|openapi|onError"),
  handlers,
  endOfCall: (call) => onContext(call) ?? webResponseOf(call) ?? assignedErrorOf(call) ?? httpErrorOf(call),
  endOfAssign: statusOnError,
  // hono-base.ts, errorHandler: an HTTPException gives its own response, anything else goes to console.error.
  logsUnhandled: (status, errorName) => status === undefined && errorName !== "HTTPException",
  request: {
    ip: "getConnInfo(c).remote.address",
    actor: 'c.get("user")?.id',
    requestId: 'c.get("requestId")',
    userAgent: 'c.req.header("user-agent")',
  },
};
