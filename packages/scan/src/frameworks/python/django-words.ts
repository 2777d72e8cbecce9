/** What Django and the REST framework share: how they answer, and what their decorators say of a method. */
import type { CallExpr, FunctionIR } from "../../ir/nodes.ts";
import { bodiesOf, walkStmts } from "../../ir/walk.ts";
import type { End, HandlerFound } from "../framework.ts";
import { methodOf, namesOf, SAFE_VERBS, stringOf } from "../reading.ts";
import { endsBy } from "./responses.ts";

const byName = endsBy({
  // https://docs.djangoproject.com/en/stable/ref/request-response/, https://www.django-rest-framework.org/api-guide/responses/
  builders: {
    HttpResponse: 99,
    JsonResponse: 99,
    Response: 1,
    render: 99,
    TemplateResponse: 99,
    FileResponse: 99,
    StreamingHttpResponse: 99,
  },
  fixed: {
    HttpResponseForbidden: 403,
    HttpResponseBadRequest: 400,
    HttpResponseNotFound: 404,
    HttpResponseNotAllowed: 405,
    HttpResponseGone: 410,
    HttpResponseServerError: 500,
  },
  redirects: new Set(["redirect", "HttpResponseRedirect", "HttpResponsePermanentRedirect", "redirect_to_login"]),
  aborts: new Set(),
});

export function djangoEnd(call: CallExpr): End | undefined {
  // https://www.django-rest-framework.org/api-guide/views/: raises PermissionDenied or NotAuthenticated.
  if (namesOf(call.callee)[0] === "this" && methodOf(call) === "permission_denied")
    return { status: 403, kind: "denied", sent: true, stops: true, says: call.args };
  return byName(call);
}

export const DJANGO_REQUEST = {
  ip: 'request.META.get("REMOTE_ADDR")',
  actor: "request.user.pk",
  requestId: 'request.headers.get("X-Request-ID")',
  userAgent: 'request.headers.get("User-Agent")',
} as const;

/** The verb of a function view: by its decorators, else by what it asks the request. */
export function verbOfView(fn: FunctionIR): Pick<HandlerFound, "method" | "readOnly"> {
  for (const { name, args } of fn.decorators) {
    const last = name.slice(name.lastIndexOf(".") + 1);
    if (last === "require_POST") return { method: "POST" };
    if (last === "require_GET" || last === "require_safe") return { method: "GET", readOnly: true };
    if (last !== "require_http_methods" && last !== "api_view") continue;
    const [first] = args;
    const verbs = first?.kind === "list" ? first.items.flatMap((item) => stringOf(item)?.toUpperCase() ?? []) : ["GET"];
    const method = verbs.find((verb) => !SAFE_VERBS.has(verb)) ?? verbs[0] ?? "GET";
    return { method, readOnly: verbs.every((verb) => SAFE_VERBS.has(verb)) };
  }
  return asksForPost(fn) ? { method: "POST" } : {};
}

/** `request.method == "POST"`, `request.POST`. */
function asksForPost(fn: FunctionIR): boolean {
  let asks = false;
  for (const { body, scope } of bodiesOf(fn.file)) {
    if (scope !== fn) continue;
    walkStmts(body, (expr) => {
      if (expr.kind === "member" && expr.property === "POST") asks = true;
      if (expr.kind === "literal" && expr.value === "POST") asks = true;
    });
  }
  return asks;
}
