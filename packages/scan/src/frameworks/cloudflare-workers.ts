import type { CallExpr, Expr, FunctionIR } from "../ir/nodes.ts";
import type { CallSite, End, FileView, Framework, HandlerFound } from "./framework.ts";
import { onlyRoute, returnedDispatches } from "./http/dispatches.ts";
import { httpErrorOf } from "./http/errors.ts";
import { initStatus, webResponseOf } from "./http/web-responses.ts";
import { bracketPath, isSource, withoutExtension } from "./modules/file-paths.ts";
import { entryAt, exportedAs, follow } from "./modules/follow.ts";
import { endByStatus, entryOf, isClosure, itemsOf, joinPaths, methodOf, SAFE_VERBS, stringOf } from "./reading.ts";
import { belongsElsewhere, type RouterFamily } from "./routers/family.ts";
import { found } from "./routers/found.ts";
import { functionBehind } from "./routers/functions.ts";
import { mountsOf } from "./routers/mounts.ts";
import { mayRegister, verbRegistrations } from "./routers/registrations.ts";

/** itty-router, https://itty.dev/itty-router/ */
const ITTY: RouterFamily = {
  packages: /^itty-router(?:\/.*)?$/,
  makers: /^(?:Router|AutoRouter|IttyRouter|ThrowableRouter)$/,
  types: /^(?:RouterType|IttyRouterType|AutoRouterType)$/,
  names: /^(?:router|\w*Router)$/,
  maybe: /^(?!)$/,
  firstParam: /^_?(?:req|request|r|_)$/,
  yieldsTo: ["express", "hono", "koa", "fastify"],
};

/** https://developers.cloudflare.com/pages/functions/api-reference/ */
const PAGES_EXPORT = /^onRequest(Get|Post|Put|Patch|Delete|Head|Options)?$/;
const PAGES_FILE = /(?:^|\/)functions\/(.+)$/;

function handlers(view: FileView): readonly HandlerFound[] {
  if (!isSource(view.file.path)) return [];
  return [...modules(view), ...classes(view), ...listeners(view), ...pages(view), ...ittyRoutes(view)];
}

/** `export default { async fetch(request, env, ctx) { … } }`: https://developers.cloudflare.com/workers/runtime-apis/handlers/fetch/. */
function modules(view: FileView): readonly HandlerFound[] {
  const one = exportedAs(view.file, "default", view.project);
  const value = one === undefined ? undefined : follow(one, view.project);
  const fetch = entryOf(value?.expr, "fetch");
  return value === undefined || value.file !== view.file || fetch === undefined ? [] : served(view, fetch, value.scope);
}

/** The handler, or the functions that it gives the request to. */
function served(view: FileView, entry: Expr, scope: FunctionIR | null): readonly HandlerFound[] {
  const fn = functionBehind(entry, view, scope);
  if (fn === undefined) return [];
  const parts = fn.file === view.file ? returnedDispatches(view, fn) : { found: [], all: false };
  if (parts.all) return parts.found;
  return [...parts.found, found(view, { name: "fetch", ...onlyRoute(fn.body), entry, scope, container: fn.container ?? null, at: entry })];
}

/** Classes that serve requests: https://developers.cloudflare.com/workers/runtime-apis/bindings/service-bindings/http/, durable-objects/api/base/. */
function classes(view: FileView): readonly HandlerFound[] {
  return view.file.containers.flatMap((container) => {
    if (!container.extends.some((one) => /^(?:WorkerEntrypoint|DurableObject|Agent)$/.test(one.name))) return [];
    return container.functions
      .filter((fn) => fn.name === "fetch")
      .map((fn): HandlerFound => ({ kind: "route", name: `${container.name}.fetch`, entry: { fn }, file: view.file, container, at: fn }));
  });
}

/** `addEventListener("fetch", (event) => event.respondWith(handle(event.request)))` */
function listeners(view: FileView): readonly HandlerFound[] {
  const isListener = ({ call }: CallSite): boolean => methodOf(call) === "addEventListener" && stringOf(call.args[0]) === "fetch";
  if (!view.calls.some(isListener)) return [];
  return view.calls.flatMap(({ call, scope }) => {
    const [answer] = call.args;
    if (methodOf(call) !== "respondWith" || answer?.kind !== "call") return [];
    return served(view, answer.callee, scope);
  });
}

/** Pages Functions: `functions/api/login.ts` with `onRequestPost`; `_middleware.ts` decides before them. */
function pages(view: FileView): readonly HandlerFound[] {
  const rest = PAGES_FILE.exec(withoutExtension(view.file.path))?.[1];
  if (rest === undefined) return [];
  const segments = rest.split("/").filter((segment, index, all) => segment !== "index" || index < all.length - 1);
  const path = bracketPath(segments.map((segment) => segment.replace(/^\[\[(\w+)\]\]$/, "[...$1]")));
  return view.file.exports.flatMap((one) => {
    const verb = PAGES_EXPORT.exec(one.exported);
    const exported = verb === null ? undefined : exportedAs(view.file, one.exported, view.project);
    if (verb === null || exported === undefined) return [];
    const method = verb[1]?.toUpperCase() ?? "ALL";
    const isGate = segments.at(-1) === "_middleware";
    return itemsOf(exported.expr).map((expr): HandlerFound => {
      const at = expr === exported.expr ? exported.at : { start: expr.start, end: expr.end };
      const base = { entry: entryAt({ ...exported, expr }), file: exported.file, at };
      if (isGate) return { ...base, kind: "gate", name: one.exported };
      return { ...base, kind: "route", name: `${method} ${path}`, method, path, readOnly: SAFE_VERBS.has(method) };
    });
  });
}

function ittyRoutes(view: FileView): readonly HandlerFound[] {
  if (!view.project.has("npm", "itty-router", view.file.path) || belongsElsewhere(view.file, ITTY)) return [];
  const mounts = mountsOf(view);
  const routes = verbRegistrations(view, ITTY).map((one) => {
    const { scope, container } = one.site;
    const prefix = mounts.prefixOf(one.receiver, scope) || baseOf(view, one.receiver, scope);
    const path = one.path === undefined || prefix === "" ? one.path : joinPaths(prefix, one.path);
    return found(view, {
      method: one.method,
      path,
      entry: one.chain.at(-1)!,
      scope,
      container,
      at: one.at,
      through: one.chain.slice(0, -1),
    });
  });
  return [...routes, ...ittyErrors(view)];
}

/** `Router({ base: "/api" })` */
function baseOf(view: FileView, receiver: Expr, scope: FunctionIR | null): string {
  const made = receiver.kind === "name" ? view.valueOf(receiver.name, scope) : receiver;
  return made?.kind === "call" ? (stringOf(entryOf(made.args[0], "base")) ?? "") : "";
}

/** `AutoRouter({ catch: (error) => … })` */
function ittyErrors(view: FileView): readonly HandlerFound[] {
  return view.calls.flatMap(({ call }): readonly HandlerFound[] => {
    const handler = ITTY.makers.test(methodOf(call)) ? entryOf(call.args[0], "catch") : undefined;
    if (!isClosure(handler)) return [];
    return [
      { kind: "errors", name: "error handler", entry: { fn: handler.fn }, file: view.file, at: { start: handler.start, end: handler.end } },
    ];
  });
}

/** `error(401, "no")`, `json(body, { status })`, `status(204)` and `new StatusError(401)` of itty-router: https://itty.dev/itty-router/api. */
function ittyEnd(call: CallExpr): End | undefined {
  if (call.callee.kind !== "name") return undefined;
  const { name } = call.callee;
  if (call.creates) return name === "StatusError" ? { ...endByStatus(call.args[0]), says: call.args.slice(1) } : undefined;
  if (name === "error" || name === "status") {
    const end = endByStatus(call.args[0]);
    return end.status === undefined ? undefined : { ...end, sent: true, says: call.args.slice(1) };
  }
  if (!/^(?:json|text|html)$/.test(name) || call.args.length === 0) return undefined;
  return { ...initStatus(call.args[1]), sent: true, says: call.args.slice(0, 1) };
}

export const cloudflareWorkers: Framework = {
  id: "cloudflare-workers",
  title: "Cloudflare Workers",
  docs: "https://developers.cloudflare.com/workers/runtime-apis/handlers/fetch/",
  languages: ["javascript"],
  enabledBy: {
    npm: ["wrangler", "@cloudflare/workers-types", "itty-router", "@cloudflare/vitest-pool-workers"],
    imports: ["cloudflare:workers"],
  },
  mayHold: new RegExp(String.raw`\bfetch\b|\bonRequest|${mayRegister("catch").source}`),
  handlers,
  endOfCall: (call) => webResponseOf(call) ?? ittyEnd(call) ?? httpErrorOf(call),
  // Uncaught exceptions are in the logs of the Worker: https://developers.cloudflare.com/workers/observability/errors/. Those with a status
  // are answered by the router, which writes nothing: https://itty.dev/itty-router/errors.
  logsUnhandled: (status) => status === undefined,
  request: {
    ip: 'request.headers.get("cf-connecting-ip")',
    actor: null,
    requestId: 'request.headers.get("cf-ray")',
    userAgent: 'request.headers.get("user-agent")',
  },
};
