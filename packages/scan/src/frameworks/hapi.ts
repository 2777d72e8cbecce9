import type { CallExpr, Expr, RecordExpr } from "../ir/nodes.ts";
import type { CallSite, End, FileView, Framework, HandlerFound } from "./framework.ts";
import { assignedErrorOf, httpErrorOf, statusOnError } from "./http/errors.ts";
import { endByStatus, entryOf, flat, itemsOf, methodOf, namesOf, rootName, stringOf } from "./reading.ts";
import { belongsElsewhere, type RouterFamily } from "./routers/family.ts";
import { found } from "./routers/found.ts";
import { functionBehind, mayBeFunction } from "./routers/functions.ts";
import { callsOnRouters } from "./routers/gates.ts";
import { HANDLER_KEY } from "./routers/registrations.ts";
import { routeObjects, type RouteObject } from "./routers/route-objects.ts";

const FAMILY: RouterFamily = {
  packages: /^(?:@hapi\/.+|hapi)$/,
  makers: /^(?:\w+\.)?(?:[Hh]api\.server|[Hh]api\.Server|Server)$/,
  types: /^(?:\w+\.)?(?:Server|ServerApplicationState)$/,
  names: /^(?:server|srv|plugin|\w*Server)$/,
  maybe: /^(?:app|api)$/,
  firstParam: /^_?(?:req|request|_)$/,
  yieldsTo: [],
};

/** Points of the request's life before the handler: https://hapi.dev/api/#-serverexteventtype-method-options. */
const BEFORE = new Set(["onRequest", "onPreAuth", "onCredentials", "onPostAuth", "onPreHandler"]);

function handlers(view: FileView): readonly HandlerFound[] {
  if (belongsElsewhere(view.file, FAMILY)) return [];
  return [
    ...routeObjects(view, handlerOf).flatMap((one) => ofRoute(view, one)),
    ...callsOnRouters(view, FAMILY, /^ext$/).flatMap((site) => ofExtension(view, site)),
    ...view.calls.flatMap((site) => ofAuth(view, site)),
  ];
}

function optionsOf(route: RecordExpr): Expr | undefined {
  return entryOf(route, "options", "config");
}

function handlerOf(route: RecordExpr): Expr | undefined {
  return entryOf(route, "handler") ?? entryOf(optionsOf(route), "handler");
}

function ofRoute(view: FileView, one: RouteObject): readonly HandlerFound[] {
  // `handler: { directory: … }` and other records are made by plugins.
  if (one.path === undefined || !mayBeFunction(one.handler, view, one.scope)) return [];
  const options = optionsOf(one.record);
  const before = entryOf(options, "pre");
  const through = flat(before === undefined ? [] : [before]).flatMap(
    (item) => entryOf(item, "method") ?? (item.kind === "record" ? [] : [item]),
  );
  const tags = entryOf(options, "tags");
  const words = [...(tags === undefined ? [] : itemsOf(tags)), entryOf(options, "description"), entryOf(options, "notes")];
  return [found(view, { ...one, entry: one.handler, through, hints: words.flatMap((word) => stringOf(word) ?? []) })];
}

/** `server.auth.strategy(name, scheme, { validate })`, `server.auth.scheme(name, …)`. */
function ofAuth(view: FileView, { call, scope, container }: CallSite): readonly HandlerFound[] {
  const [server = "", auth, method, ...deeper] = namesOf(call.callee);
  const name = stringOf(call.args[0]);
  if (!FAMILY.names.test(server) || auth !== "auth" || deeper.length > 0 || name === undefined) return [];
  if (method === "strategy") {
    const entry = entryOf(call.args[2], "validate", "validateFunc");
    return entry === undefined ? [] : [found(view, { kind: "callback", path: `hapi:${name}`, name, entry, scope, container, at: call })];
  }
  if (method !== "scheme") return [];
  const scheme = call.args[1] === undefined ? undefined : functionBehind(call.args[1], view, scope);
  const made = scheme?.body.findLast((stmt) => stmt.kind === "return");
  const entry = entryOf(made?.kind === "return" ? (made.value ?? undefined) : undefined, "authenticate");
  if (scheme === undefined || entry === undefined || scheme.file !== view.file) return [];
  return [found(view, { kind: "gate", name, entry, scope: scheme, container, at: call })];
}

/** `server.ext("onPreHandler", fn)`, `server.ext({ type: "onPreHandler", method: fn })`. */
function ofExtension(view: FileView, { call, scope, container }: CallSite): readonly HandlerFound[] {
  const [first, second] = call.args;
  const point = stringOf(first);
  const type = point ?? stringOf(entryOf(first, "type"));
  const entry = point === undefined ? entryOf(first, "method") : second;
  if (type === undefined || entry === undefined || functionBehind(entry, view, scope) === undefined) return [];
  if (type === "onPreResponse") return [found(view, { kind: "errors", name: type, entry, scope, container, at: call })];
  return BEFORE.has(type) ? [found(view, { kind: "gate", name: type, entry, scope, container, at: call })] : [];
}

/** The response toolkit: `h.response(body).code(401)`, `h.redirect(url)`, `h.view(name)`. https://hapi.dev/api/#response-toolkit. */
function onToolkit(call: CallExpr): End | undefined {
  const names = namesOf(call.callee);
  const method = methodOf(call);
  if (!/^_?(?:h|toolkit|reply)$/.test(rootName(call.callee) ?? "") || names.length < 2) return undefined;
  if (method === "code") return endByStatus(call.args[0]);
  if (names.length > 2) return undefined;
  if (method === "response" || method === "view" || method === "file") return { sent: true, says: call.args };
  if (method === "redirect") return { sent: true, kind: "redirect", says: call.args };
  return method === "unauthenticated" ? { status: 401, sent: true, kind: "denied", says: call.args } : undefined;
}

export const hapi: Framework = {
  id: "hapi",
  title: "hapi",
  docs: "https://hapi.dev/api/",
  languages: ["javascript"],
  enabledBy: { npm: ["@hapi/hapi", "hapi"] },
  mayHold: new RegExp(String.raw`${HANDLER_KEY}|\.\s*(?:ext|strategy|scheme)\b`),
  handlers,
  endOfCall: (call) => onToolkit(call) ?? assignedErrorOf(call) ?? httpErrorOf(call),
  endOfAssign: statusOnError,
  // lib/config.js: `debug.request` is ["implementation"] by default, and such events (uncaught errors, answered with 500) are printed.
  logsUnhandled: (status) => status === undefined || status >= 500,
  answersByReturn: true,
  request: {
    ip: "request.info.remoteAddress",
    actor: "request.auth.credentials?.id",
    requestId: "request.info.id",
    userAgent: 'request.headers["user-agent"]',
  },
};
