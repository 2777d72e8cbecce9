import type { AssignExpr, CallExpr, Expr } from "../ir/nodes.ts";
import type { CallSite, End, FileView, Framework, HandlerFound } from "./framework.ts";
import { httpErrorOf } from "./http/errors.ts";
import { webResponseOf } from "./http/web-responses.ts";
import {
  endByStatus,
  entryOf,
  flat,
  isClosure,
  itemsOf,
  joinPaths,
  methodOf,
  namesOf,
  propertyAssigned,
  receiverOf,
  stringOf,
} from "./reading.ts";
import { belongsElsewhere, type RouterFamily } from "./routers/family.ts";
import { found } from "./routers/found.ts";
import { functionBehind, mayBeFunction } from "./routers/functions.ts";
import { callsOnRouters } from "./routers/gates.ts";
import { mountsOf, type Mounts } from "./routers/mounts.ts";
import { mayRegister, verbRegistrations, type HandlerOf, type Registration } from "./routers/registrations.ts";

const FAMILY: RouterFamily = {
  packages: /^(?:elysia|@elysiajs\/.+)$/,
  makers: /^Elysia$/,
  types: /^Elysia$/,
  // The last are methods of a chain, which give the application back.
  names:
    /^(?:app|server|elysia|api|\w*(?:App|Api|Plugin|Routes?|Router|Controller|Service)|on[A-Z]\w*|guard|group|derive|resolve|macro|model|state|decorate|mount|ws|as|trace|parser|error)$/,
  maybe: /^(?!)$/,
  firstParam: /^_?(?:c|ctx|context|_)$/,
  yieldsTo: ["express", "fastify", "koa", "hono"],
};

/** The handler stands before its options: https://elysiajs.com/essential/handler. */
const handlerOf: HandlerOf = ([handler], view, scope) =>
  handler !== undefined && mayBeFunction(handler, view, scope) ? handler : undefined;

/** Steps before the handler that may answer in its place: https://elysiajs.com/essential/life-cycle. */
const BEFORE = /^(?:onRequest|onBeforeHandle|onTransform|derive|resolve)$/;
const HOOKS = ["beforeHandle", "transform", "resolve", "derive"];

function handlers(view: FileView): readonly HandlerFound[] {
  if (belongsElsewhere(view.file, FAMILY)) return [];
  const mounts = mountsOf(view);
  return [
    ...verbRegistrations(view, FAMILY, handlerOf).flatMap((one) => ofVerb(view, one, mounts)),
    ...callsOnRouters(view, FAMILY, BEFORE).flatMap((site) => ofStep(view, site, "gate")),
    ...callsOnRouters(view, FAMILY, /^onError$/).flatMap((site) => ofStep(view, site, "errors")),
    ...callsOnRouters(view, FAMILY, /^guard$/).flatMap((site) => ofGuard(view, site)),
  ];
}

function ofVerb(view: FileView, one: Registration, mounts: Mounts): readonly HandlerFound[] {
  const { scope, container } = one.site;
  const [entry, options] = one.chain;
  if (entry === undefined) return [];
  const around = groupsAround(view, one.site.call);
  const [outer] = around;
  const receiver = (outer && receiverOf(outer)) ?? one.receiver;
  const prefix = joinPaths(mounts.prefixOf(receiver, scope), ...around.map((group) => stringOf(group.args[0])));
  const path = one.path === undefined ? undefined : joinPaths(prefix, one.path);
  const through = HOOKS.flatMap((hook) => hooksOf(options, hook));
  return [found(view, { method: one.method, path, entry, scope, container, at: one.at, through, hints: hintsOf(options) })];
}

function hooksOf(options: Expr | undefined, hook: string): readonly Expr[] {
  const value = entryOf(options, hook);
  return value === undefined ? [] : flat([value]);
}

/** Macros are switched on by their names: `{ isSignIn: true }`. https://elysiajs.com/patterns/macro */
function hintsOf(options: Expr | undefined): readonly string[] {
  if (options?.kind !== "record") return [];
  const macros = options.entries.flatMap(({ key, value }) =>
    key !== null && value.kind === "literal" && value.value === true ? [key] : [],
  );
  const tags = entryOf(entryOf(options, "detail"), "tags") ?? entryOf(options, "tags");
  return [...macros, ...(tags === undefined ? [] : itemsOf(tags).flatMap((tag) => stringOf(tag) ?? []))];
}

/** `.group("/v1", (app) => app.post(…))`, outermost first. */
function groupsAround(view: FileView, call: CallExpr): readonly CallExpr[] {
  return view.calls.flatMap(({ call: one }) => {
    const callback = methodOf(one) === "group" ? one.args.find(isClosure) : undefined;
    return callback !== undefined && callback.start <= call.start && call.end <= callback.end ? [one] : [];
  });
}

function ofStep(view: FileView, { call, scope, container }: CallSite, kind: "gate" | "errors"): readonly HandlerFound[] {
  const entry = call.args.at(-1);
  if (entry === undefined || functionBehind(entry, view, scope) === undefined) return [];
  return [found(view, { kind, name: kind === "gate" ? methodOf(call) : "error handler", entry, scope, container, at: entry })];
}

/** `.guard({ beforeHandle: [isSignedIn] }, (app) => …)` */
function ofGuard(view: FileView, { call, scope, container }: CallSite): readonly HandlerFound[] {
  return HOOKS.flatMap((hook) => hooksOf(call.args[0], hook))
    .filter((entry) => functionBehind(entry, view, scope) !== undefined)
    .map((entry) => found(view, { kind: "gate", name: "guard", entry, scope, container, at: entry }));
}

/** `status(401, "no")`, before version 1.3 `error(401, "no")`; both also of the context. https://elysiajs.com/essential/handler#status */
function ownEnd(call: CallExpr): End | undefined {
  const names = namesOf(call.callee);
  const method = methodOf(call);
  if (call.creates || names.length > 2 || (names.length === 2 && !FAMILY.firstParam.test(names[0] ?? ""))) return undefined;
  if (method === "redirect") return { ...endByStatus(call.args[1]), sent: true, kind: "redirect", says: call.args.slice(0, 1) };
  if (method !== "status" && method !== "error") return undefined;
  const end = endByStatus(call.args[0]);
  return end.status === undefined ? undefined : { ...end, sent: true, says: call.args.slice(1) };
}

/** `set.status = 401`, `ctx.set.status = "Unauthorized"` */
function statusSet(assign: AssignExpr): End | undefined {
  const property = propertyAssigned(assign);
  return property !== undefined && /(?:^|\.)set\.status$/.test(property.names.join(".")) ? endByStatus(property.value) : undefined;
}

export const elysia: Framework = {
  id: "elysia",
  title: "Elysia",
  docs: "https://elysiajs.com/essential/handler",
  languages: ["javascript"],
  enabledBy: { npm: ["elysia"] },
  mayHold: mayRegister("onRequest|onBeforeHandle|onTransform|derive|resolve|onError|guard"),
  handlers,
  endOfCall: (call) => ownEnd(call) ?? webResponseOf(call) ?? httpErrorOf(call),
  endOfAssign: statusSet,
  // Without `onError` an error is answered, and written nowhere: https://elysiajs.com/life-cycle/on-error.
  logsUnhandled: () => false,
  answersByReturn: true,
  request: {
    ip: "server?.requestIP(request)?.address",
    actor: null,
    requestId: 'headers["x-request-id"]',
    userAgent: 'headers["user-agent"]',
  },
};
