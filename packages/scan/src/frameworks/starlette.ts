import type { FileView, Framework, HandlerFound } from "./framework.ts";
import { endsBy } from "./python/responses.ts";
import { templated } from "./python/routes.ts";
import { gatesOfClasses, methodsOfViews, registeredAs } from "./python/verb-classes.ts";
import { entryOf, methodOf, pathTextOf, SAFE_VERBS, stringOf, verbOf } from "./reading.ts";

/** https://www.starlette.io/routing/, https://www.starlette.io/endpoints/, https://www.starlette.io/middleware/ */
export const starlette: Framework = {
  id: "starlette",
  title: "Starlette",
  docs: "https://www.starlette.io/routing/",
  languages: ["python"],
  enabledBy: { pypi: ["starlette", "fastapi"], imports: [/^starlette(?:\.|$)/] },
  mayHold: /\bRoute\s*\(|\badd_(?:api_)?route\s*\(|HTTPEndpoint\b|BaseHTTPMiddleware\b/,
  handlers: (view) => [
    ...routes(view),
    ...methodsOfViews(view, /^HTTPEndpoint$/, (fn) => verbOf(fn.name)),
    ...gatesOfClasses(view, /^BaseHTTPMiddleware$/, new Set(["dispatch"])),
  ],
  endOfCall: endsBy({
    builders: {
      Response: 1,
      JSONResponse: 1,
      HTMLResponse: 1,
      PlainTextResponse: 1,
      FileResponse: 99,
      StreamingResponse: 1,
      TemplateResponse: 99,
    },
    fixed: {},
    redirects: new Set(["RedirectResponse"]),
    aborts: new Set(),
  }),
  // https://www.starlette.io/exceptions/: the server logs what nobody handles.
  logsUnhandled: (status) => status === undefined || status >= 500,
  answersByReturn: true,
  request: {
    ip: "request.client.host",
    actor: "request.user.display_name",
    requestId: 'request.headers.get("x-request-id")',
    userAgent: 'request.headers.get("user-agent")',
  },
};

/** `Route("/login", login, methods=["POST"])`, `app.add_route("/login", login)`. */
function routes(view: FileView): readonly HandlerFound[] {
  return view.calls.flatMap((site) => {
    const { call, scope } = site;
    if (!/^(?:Route|add_route|add_api_route)$/.test(methodOf(call))) return [];
    const options = call.args.at(-1);
    const entry = entryOf(options, "endpoint") ?? call.args[1];
    const path = pathTextOf(call.args[0], view, scope);
    if (entry === undefined || entry.kind === "record" || path === undefined) return [];
    const listed = entryOf(options, "methods");
    const verbs = listed?.kind === "list" ? listed.items.flatMap((item) => stringOf(item)?.toUpperCase() ?? []) : ["GET"];
    const method = verbs.find((verb) => !SAFE_VERBS.has(verb)) ?? verbs[0];
    return registeredAs(view, site, { entry, method, path: templated(path) }) ?? [];
  });
}
