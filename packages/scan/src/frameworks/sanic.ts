import type { Framework } from "./framework.ts";
import { endsBy } from "./python/responses.ts";
import { registeredBy, routeOf, type RouterKind } from "./python/routes.ts";
import { methodsOfViews, standing } from "./python/verb-classes.ts";
import { verbOf } from "./reading.ts";

const ROUTERS: RouterKind = { made: /^(?:Sanic|Blueprint)$/, from: /^sanic(?:\.|$)/, prefix: /^url_prefix$/ };
const GATES: ReadonlySet<string> = new Set(["middleware", "on_request"]);

/** https://sanic.dev/en/guide/basics/routing.html, https://sanic.dev/en/guide/basics/middleware.html */
export const sanic: Framework = {
  id: "sanic",
  title: "Sanic",
  docs: "https://sanic.dev/en/guide/basics/routing.html",
  languages: ["python"],
  enabledBy: { pypi: ["sanic"], imports: [/^sanic(?:\.|$)/] },
  mayHold: /@\s*[\w.]+\.\w+|HTTPMethodView\b/,
  handlers: (view) => [
    ...registeredBy(view, ROUTERS).flatMap((one) => {
      if (GATES.has(one.method)) return [standing(one.fn, "gate")];
      if (one.method === "exception") return [standing(one.fn, "errors")];
      if (one.method !== "route" && verbOf(one.method) === undefined) return [];
      return routeOf(view, one, ROUTERS) ?? [];
    }),
    ...methodsOfViews(view, /^HTTPMethodView$/, (fn) => verbOf(fn.name)),
  ],
  endOfCall: endsBy({
    builders: { json: 1, text: 1, html: 1, raw: 1, empty: 0, file: 99, HTTPResponse: 1, JSONResponse: 1 },
    fixed: {},
    redirects: new Set(["redirect"]),
    aborts: new Set(["abort"]),
  }),
  // https://sanic.dev/en/guide/best-practices/exceptions.html: SanicException is quiet below 500, all else is logged.
  logsUnhandled: (status) => status === undefined || status >= 500,
  answersByReturn: true,
  request: {
    ip: "request.remote_addr",
    actor: "request.ctx.user",
    requestId: "request.id",
    userAgent: 'request.headers.get("user-agent")',
  },
};
