import type { CallExpr } from "../ir/nodes.ts";
import type { CallSite, End, FileView, Framework, HandlerFound } from "./framework.ts";
import { statusByName } from "./http/statuses.ts";
import { endsBy } from "./python/responses.ts";
import { registeredBy, routeOf, templated, type RouterKind } from "./python/routes.ts";
import { methodsOfViews, registeredAs, standing } from "./python/verb-classes.ts";
import { entryOf, methodOf, namesOf, pathTextOf, stringOf, verbOf } from "./reading.ts";

const ROUTERS: RouterKind = { made: /^RouteTableDef$/, from: /^aiohttp(?:\.|$)/, prefix: /^$/ };

const endOfCall = endsBy({
  builders: { json_response: 99, Response: 99, StreamResponse: 99, FileResponse: 99, render_template: 99 },
  fixed: {},
  redirects: new Set(["HTTPFound", "HTTPSeeOther", "HTTPTemporaryRedirect"]),
  aborts: new Set(),
});

/** https://docs.aiohttp.org/en/stable/web_quickstart.html */
export const aiohttp: Framework = {
  id: "aiohttp",
  title: "aiohttp",
  docs: "https://docs.aiohttp.org/en/stable/web_quickstart.html",
  languages: ["python"],
  enabledBy: { imports: [/^aiohttp(?:\.web)?$/] },
  mayHold: /@\s*\w+\.\w+|\badd_\w+\s*\(|\bweb\.\w+\s*\(|\bweb\.View\b/,
  handlers: (view) => {
    if (!view.file.imports.some((one) => one.source === "aiohttp.web" || (one.source === "aiohttp" && one.imported === "web"))) return [];
    return [
      ...registeredBy(view, ROUTERS).flatMap((one) => (verbOf(one.method) === undefined ? [] : (routeOf(view, one, ROUTERS) ?? []))),
      ...view.calls.flatMap((site) => added(view, site) ?? []),
      ...methodsOfViews(view, /^View$/, (fn) => verbOf(fn.name)),
      ...view.file.functions
        .filter((fn) => fn.decorators.some((one) => /^(?:web\.)?middleware$/.test(one.name)))
        .map((fn) => standing(fn, "gate")),
    ];
  },
  endOfCall: (call) => endOfCall(call) ?? errorOf(call),
  // https://docs.aiohttp.org/en/stable/web_exceptions.html: the server logs what is no HTTP exception.
  logsUnhandled: (status) => status === undefined,
  request: {
    ip: "request.remote",
    actor: 'request["user"]',
    requestId: 'request.headers.get("X-Request-ID")',
    userAgent: 'request.headers.get("User-Agent")',
  },
};

/** `app.router.add_post("/login", login)`, `web.post("/login", login)`, `add_route("POST", "/login", login)`. */
function added(view: FileView, site: CallSite): HandlerFound | undefined {
  const { call, scope } = site;
  const method = methodOf(call);
  const names = namesOf(call.callee);
  const named = /^add_(\w+)$/.exec(method)?.[1] ?? (names[0] === "web" && names.length === 2 ? method : "");
  const isAny = named === "route";
  const verb = isAny ? stringOf(call.args[0])?.toUpperCase() : verbOf(named);
  const [path, entry] = isAny ? call.args.slice(1) : call.args;
  const text = pathTextOf(path, view, scope);
  const handler = entryOf(call.args.at(-1), "handler") ?? entry;
  if (verb === undefined || text === undefined || handler === undefined || handler.kind === "record") return undefined;
  return registeredAs(view, site, { entry: handler, method: verb, path: templated(text) });
}

/** `web.HTTPForbidden()` is an answer, given back or raised. */
function errorOf(call: CallExpr): End | undefined {
  const name = methodOf(call);
  const status = name.startsWith("HTTP") ? statusByName(name) : undefined;
  return status === undefined ? undefined : { status, sent: true, says: call.args };
}
