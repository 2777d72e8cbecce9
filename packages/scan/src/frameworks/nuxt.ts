import type { CallExpr, Expr } from "../ir/nodes.ts";
import { canBeFunction } from "./builders/chain.ts";
import type { CallSite, End, FileView, Framework, HandlerFound } from "./framework.ts";
import { httpErrorOf } from "./http/errors.ts";
import { redirectTo, statusIn, webResponseOf } from "./http/web-response.ts";
import { bracketPath, isSource, withoutExtension } from "./modules/file-paths.ts";
import { entryAt, exportedAs, type Exported } from "./modules/follow.ts";
import { bare, dotted, endByStatus, entryOf, isClosure, itemsOf, methodOf, SAFE_VERBS, stringOf } from "./reading.ts";

/** Wrappers that make a handler of a function. https://v1.h3.dev/utils, https://nitro.build/guide/routing */
const WRAPPERS: ReadonlySet<string> = new Set([
  "defineEventHandler",
  "eventHandler",
  "defineHandler",
  "defineCachedEventHandler",
  "cachedEventHandler",
  "defineLazyEventHandler",
  "defineRequestMiddleware",
  "defineWebSocketHandler",
  "fromWebHandler",
]);
/** Nuxt has these folders in `server`, Nitro alone wherever its sources are; there only a wrapped function is surely a handler. */
const SERVER = /(?:^|\/)(server\/)?(api|routes|middleware)\/(.+)$/;
const VERB = /\.(get|post|put|patch|delete|head|options|connect|trace)$/;
/** Nitro may build a file for one environment only: `login.post.dev.ts`. */
const ENVIRONMENT = /\.(?:dev|prod|prerender)$/;

/** https://v1.h3.dev/utils/response */
const ENDS: Readonly<Record<string, (call: CallExpr) => End>> = {
  createError: ({ args: [options] }) => ({ ...statusEnd(options), says: options === undefined ? [] : [options] }),
  sendError: ({ args }) => ({ sent: true, ...(args[1] === undefined ? {} : { raises: args[1] }) }),
  setResponseStatus: ({ args }) => endByStatus(args[1]),
  sendRedirect: ({ args }) => redirectTo(args[1], args[2]),
  send: ({ args }) => ({ sent: true, says: args.slice(1, 2) }),
  sendNoContent: ({ args }) => ({ status: statusIn(args[1]) ?? 204, sent: true }),
  sendWebResponse: () => ({ sent: true }),
};

export const nuxt: Framework = {
  id: "nuxt",
  title: "Nuxt and Nitro",
  docs: "https://nuxt.com/docs/guide/directory-structure/server",
  languages: ["javascript"],
  enabledBy: { npm: ["nuxt", "nitropack", "nitro", "h3"] },
  mayHold: /ventHandler\s*\(|defineHandler\s*\(|nitroApp/,
  mayHoldPath: /(?:^|\/)server\/(?:api|routes|middleware)\//,
  handlers: (view) => (isSource(view.file.path) ? [...fileHandlers(view), ...errorHooks(view)] : []),
  endOfCall: (call) => h3End(call) ?? webResponseOf(call) ?? httpErrorOf(call),
  // Only errors that were not made with createError are printed. https://nitro.build/guide/errors
  logsUnhandled: (status) => status === undefined,
  answersByReturn: true,
  request: {
    ip: "getRequestIP(event, { xForwardedFor: true })",
    actor: "event.context.user",
    requestId: 'getHeader(event, "x-request-id")',
    userAgent: 'getHeader(event, "user-agent")',
  },
};

function statusEnd(options: Expr | undefined): End {
  const status = options?.kind === "record" ? statusIn(options) : undefined;
  return status === undefined ? {} : { status };
}

function h3End(call: CallExpr): End | undefined {
  const name = call.callee.kind === "name" && !call.creates ? call.callee.name : "";
  return Object.hasOwn(ENDS, name) ? ENDS[name]?.(call) : undefined;
}

function fileHandlers(view: FileView): readonly HandlerFound[] {
  const [, server, folder, rest] = SERVER.exec(withoutExtension(view.file.path)) ?? [];
  if (folder === undefined || rest === undefined) return [];
  const one = exportedAs(view.file, "default", view.project);
  if (one === undefined || !(server === undefined ? isWrapped(one.expr) : canBeFunction(one.expr))) return [];
  return [folder === "middleware" ? gate(one, rest) : route(one, folder, rest)];
}

function isWrapped(value: Expr): boolean {
  const call = bare(value);
  return call.kind === "call" && WRAPPERS.has(methodOf(call));
}

function gate(one: Exported, rest: string): HandlerFound {
  return { kind: "gate", name: rest, entry: entryAt(unwrapped(one)), file: one.file, at: one.at };
}

/** `server/api/users/[id].delete.ts` → DELETE /api/users/:id; files under `routes` have no prefix. */
function route(one: Exported, folder: string, rest: string): HandlerFound {
  const name = rest.replace(ENVIRONMENT, "");
  const method = VERB.exec(name)?.[1]?.toUpperCase();
  const segments = name.replace(VERB, "").split("/");
  if (segments.at(-1) === "index") segments.pop();
  const path = bracketPath(folder === "api" ? ["api", ...segments] : segments);
  return {
    kind: "route",
    name: `${method ?? "ALL"} ${path}`,
    ...(method === undefined ? {} : { method, readOnly: SAFE_VERBS.has(method) }),
    path,
    entry: entryAt(unwrapped(one)),
    file: one.file,
    at: one.at,
    through: through(one.expr),
  };
}

/** `defineEventHandler(fn)` and `defineEventHandler({ onRequest, handler: fn })` run `fn`; wrappers of the application are followed as they are. */
function unwrapped(one: Exported): Exported {
  const call = bare(one.expr);
  if (call.kind !== "call" || !isWrapped(call)) return one;
  const [options] = call.args;
  const fn = entryOf(options, "handler") ?? options;
  return fn === undefined ? one : { ...one, expr: fn };
}

function through(value: Expr): readonly Expr[] {
  const call = bare(value);
  const hooks = call.kind === "call" ? entryOf(call.args[0], "onRequest", "middleware") : undefined;
  return hooks === undefined ? [] : itemsOf(hooks);
}

/** `nitroApp.hooks.hook("error", (error) => …)` in a plugin. */
function errorHooks(view: FileView): readonly HandlerFound[] {
  return view.calls.flatMap(({ call }: CallSite): readonly HandlerFound[] => {
    const [event, fn] = call.args;
    if (!/hooks?\.hook(?:Once)?$/.test(dotted(call.callee)) || stringOf(event) !== "error" || !isClosure(fn)) return [];
    return [{ kind: "errors", name: "error hook", entry: { fn: fn.fn }, file: view.file, at: call }];
  });
}
