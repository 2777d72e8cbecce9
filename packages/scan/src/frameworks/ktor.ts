import type { CallExpr, Expr, FunctionExpr } from "../ir/nodes.ts";
import { nameOfDecorator } from "./classes/decorated.ts";
import type { CallSite, End, FileView, Framework, HandlerFound } from "./framework.ts";
import { statusByName } from "./http/statuses.ts";
import { containerOf, givenAs, lastOf, textAt } from "./jvm/annotations.ts";
import { entryOf, joinPaths, methodOf, namesOf, SAFE_VERBS, statusOf } from "./reading.ts";

/** https://ktor.io/docs/server-routing.html#define_route */
const VERBS: Readonly<Record<string, string>> = {
  get: "GET",
  post: "POST",
  put: "PUT",
  patch: "PATCH",
  delete: "DELETE",
  head: "HEAD",
  options: "OPTIONS",
};
/** https://ktor.io/docs/server-auth.html: providers that let the application decide a login by name and password. */
const LOGINS: ReadonlySet<string> = new Set(["basic", "form", "digest"]);

export const ktor: Framework = {
  id: "ktor",
  title: "Ktor",
  docs: "https://ktor.io/docs/server-routing.html",
  languages: ["kotlin"],
  enabledBy: { maven: [/^io\.ktor:/], imports: ["io.ktor.server"] },
  mayHold: /\b(?:get|post|put|patch|delete|head|options|handle|validate|challenge|exception|intercept|onCall)\b/,
  handlers: (view) => view.calls.flatMap((site) => handlerAt(view, site)),
  endOfCall: endOfRespond,
  // DefaultHandler logs what nobody handles at error; exceptions with a status of their own at debug.
  logsUnhandled: (status) => status === undefined,
  request: {
    ip: "call.request.origin.remoteHost",
    actor: "call.principal<UserIdPrincipal>()?.name",
    requestId: "call.callId",
    userAgent: "call.request.userAgent()",
  },
};

function handlerAt(view: FileView, site: CallSite): readonly HandlerFound[] {
  const { call } = site;
  const closure = call.args.findLast((arg): arg is FunctionExpr => arg.kind === "function");
  // A client's calls are called on something.
  if (closure === undefined || !isBare(call.callee)) return [];
  const method = methodOf(call);
  const around = enclosing(view, call);
  const base = { entry: { fn: closure.fn }, file: view.file, at: call, ...(site.container === null ? {} : { container: site.container }) };
  const verb = method === "handle" ? verbOfRoute(around[0]) : VERBS[method];
  if (verb !== undefined) return routeOf(view, site, around, verb, base);
  if (method === "validate" && around.some((one) => LOGINS.has(methodOf(one))))
    return [{ ...base, kind: "callback", name: `${methodOf(around[0]!)} validate` }];
  if (method === "challenge" || method === "intercept" || method === "onCall") return [{ ...base, kind: "gate", name: method }];
  if (method !== "exception" || !around.some((one) => methodOf(one) === "install")) return [];
  const type = /^exception\s*<\s*([\w.]+)/.exec(view.file.text.slice(call.start, call.start + 120))?.[1];
  const every = type === undefined || /^(?:Throwable|Exception|RuntimeException)$/.test(lastOf(type));
  return [{ ...base, kind: "errors", name: `exception ${type ?? ""}`.trim(), ...(every ? {} : { catches: [lastOf(type)] }) }];
}

function routeOf(
  view: FileView,
  site: CallSite,
  around: readonly CallExpr[],
  verb: string,
  base: Omit<HandlerFound, "kind" | "name">,
): readonly HandlerFound[] {
  const inRoutes =
    around.some((one) => /^(?:routing|route|authenticate)$/.test(methodOf(one))) || /\bRoute\s*\.|Routing\b/.test(headOf(view, site));
  if (!inRoutes) return [];
  const prefixes = around.filter((one) => methodOf(one) === "route").map((one) => textAt(view, view.file, undefined, one.args[0]));
  const own = textAt(view, view.file, site.container ?? undefined, site.call.args[0]) ?? resourcePath(view, site.call);
  const path = joinPaths(...prefixes.reverse(), own);
  return [{ ...base, kind: "route", name: `${verb} ${path}`, method: verb, path, readOnly: SAFE_VERBS.has(verb) }];
}

/** `post<Login> { … }`: the path stands at the class. https://ktor.io/docs/server-resources.html */
function resourcePath(view: FileView, call: CallExpr): string | undefined {
  const name = /^\w+\s*<\s*([\w.]+)/.exec(view.file.text.slice(call.start, call.start + 120))?.[1];
  const type = name === undefined ? undefined : containerOf(view, view.file, name);
  const marked = type?.decorators.find((one) => /^(?:Resource|Location)$/.test(nameOfDecorator(one)));
  return type === undefined || marked === undefined
    ? name && `/${lastOf(name).toLowerCase()}`
    : textAt(view, type.file, type, givenAs(marked, "value", "path"));
}

/** `fun Route.userRoutes() {`: the head of the outermost function around. */
function headOf(view: FileView, { scope }: CallSite): string {
  let at = scope;
  while (at?.parent !== undefined) at = at.parent;
  return at === null || at === undefined ? "" : view.file.text.slice(at.start, at.start + 200).split("{")[0]!;
}

function isBare(callee: Expr): boolean {
  return callee.kind === "name" || (callee.kind === "member" && callee.object.kind === "name" && callee.object.name === "this");
}

/** The calls in whose blocks a call stands, innermost first. */
function enclosing(view: FileView, call: CallExpr): readonly CallExpr[] {
  return view.calls
    .map((site) => site.call)
    .filter(
      (one) =>
        one !== call &&
        one.start <= call.start &&
        one.end >= call.end &&
        one.args.some((arg) => arg.kind === "function" && arg.start <= call.start && arg.end >= call.end),
    )
    .reverse();
}

/** `route("/login", HttpMethod.Post) { handle { … } }`. */
function verbOfRoute(route: CallExpr | undefined): string | undefined {
  const method =
    route === undefined || methodOf(route) !== "route"
      ? undefined
      : route.args.map((arg) => namesOf(arg)).find((names) => names[0] === "HttpMethod")?.[1];
  return method === undefined ? undefined : VERBS[method.toLowerCase()];
}

/** `call.respond(HttpStatusCode.Unauthorized, body)`, `call.respondText("no", status = HttpStatusCode.Forbidden)`, `call.respondRedirect("/login")`. */
function endOfRespond(call: CallExpr): End | undefined {
  const names = namesOf(call.callee);
  const method = names.at(-1) ?? "";
  const last = call.args.at(-1);
  if (names.at(-2) === "response" && method === "status") return { status: statusOf(call.args[0]) ?? 200 };
  if (
    !/^respond(?:Text|Html|Template|Bytes|File|NullableT?|Redirect)?$/.test(method) ||
    !(names.includes("call") || names.includes("context"))
  )
    return undefined;
  if (method === "respondRedirect") return { kind: "redirect", sent: true, says: call.args.slice(0, 1) };
  const status = [entryOf(last, "status"), ...call.args].map(codeOf).find((one) => one !== undefined);
  return { ...(status === undefined ? {} : { status }), sent: true, says: call.args.filter((arg) => arg.kind !== "function") };
}

function codeOf(expr: Expr | undefined): number | undefined {
  const [root, name] = expr === undefined ? [] : namesOf(expr);
  return root === "HttpStatusCode" && name !== undefined ? statusByName(name) : undefined;
}
