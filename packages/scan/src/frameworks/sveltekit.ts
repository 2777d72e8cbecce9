import type { CallExpr, Expr } from "../ir/nodes.ts";
import { canBeFunction } from "./builders/chain.ts";
import type { End, FileView, Framework, HandlerFound } from "./framework.ts";
import { httpErrorOf } from "./http/errors.ts";
import { responseHelper, redirectTo, webResponseOf } from "./http/web-response.ts";
import { bracketPath } from "./modules/file-paths.ts";
import { entryAt, exportedAs, follow, ownExports, type Exported } from "./modules/follow.ts";
import { bare, endByStatus, methodOf, SAFE_VERBS } from "./reading.ts";

/** https://svelte.dev/docs/kit/routing#server */
const VERBS: readonly string[] = ["GET", "POST", "PUT", "PATCH", "DELETE", "fallback"];
const HELPERS: ReadonlySet<string> = new Set(["json", "text"]);
/** https://svelte.dev/docs/kit/remote-functions */
const REMOTE: Readonly<Record<string, string>> = { command: "action", form: "action", query: "query" };

/** Helpers of @sveltejs/kit that end a request. https://svelte.dev/docs/kit/@sveltejs-kit */
const ENDS: Readonly<Record<string, (call: CallExpr) => End>> = {
  fail: ({ args }) => ({ ...endByStatus(args[0]), sent: true, says: args.slice(1) }),
  error: ({ args }) => ({ ...endByStatus(args[0]), sent: true, stops: true, says: args.slice(1) }),
  redirect: ({ args }) => ({ ...redirectTo(args[1], args[0]), stops: true }),
};

export const sveltekit: Framework = {
  id: "sveltekit",
  title: "SvelteKit",
  docs: "https://svelte.dev/docs/kit/form-actions",
  languages: ["javascript"],
  enabledBy: { npm: ["@sveltejs/kit"] },
  mayHold: /\$app\/server/,
  mayHoldPath: /(?:^|\/)(?:\+(?:server|page\.server|layout\.server)|hooks\.server)\.[jt]s$|\.remote\.[jt]s$/,
  handlers: (view) => {
    const name = /([^/]+)\.[jt]s$/.exec(view.file.path)?.[1];
    if (name === "+server") return endpoints(view);
    if (name === "+page.server") return [...formActions(view), ...loads(view)];
    if (name === "+layout.server") return exported(view, "load").map((one) => gate(one, "load"));
    if (name === "hooks.server") return hooks(view);
    return name?.endsWith(".remote") ? remoteFunctions(view) : [];
  },
  endOfCall: (call) => kitEnd(call) ?? webResponseOf(call) ?? responseHelper(call, HELPERS) ?? httpErrorOf(call),
  // The default handleError prints unexpected errors; `error(401)` is an expected one. https://svelte.dev/docs/kit/errors
  logsUnhandled: (status) => status === undefined,
  answersByReturn: true,
  request: {
    ip: "event.getClientAddress()",
    actor: "event.locals.user",
    requestId: 'event.request.headers.get("x-request-id")',
    userAgent: 'event.request.headers.get("user-agent")',
  },
};

function kitEnd(call: CallExpr): End | undefined {
  const callee = bare(call.callee);
  const name = callee.kind === "name" ? callee.name : "";
  return Object.hasOwn(ENDS, name) && call.args.length > 0 ? ENDS[name]?.(call) : undefined;
}

function exported(view: FileView, name: string): readonly Exported[] {
  const one = exportedAs(view.file, name, view.project);
  return one === undefined ? [] : [one];
}

function endpoints(view: FileView): readonly HandlerFound[] {
  return VERBS.flatMap((verb) => exported(view, verb))
    .filter((one) => canBeFunction(one.expr))
    .map((one) => route(one, one.name, one.name === "fallback" ? "ALL" : one.name, pathOf(view)));
}

function loads(view: FileView): readonly HandlerFound[] {
  return exported(view, "load")
    .filter((one) => canBeFunction(one.expr))
    .map((one) => route(one, "load", "GET", pathOf(view)));
}

/** `export const actions = { default: …, login: … }`: a named one is posted to `/path?/login`. */
function formActions(view: FileView): readonly HandlerFound[] {
  return exported(view, "actions").flatMap((one) => {
    const map = follow(one, view.project);
    if (map.expr.kind !== "record") return [];
    return map.expr.entries.flatMap((entry): readonly HandlerFound[] => {
      if (entry.key === null || !canBeFunction(entry.value)) return [];
      const path = entry.key === "default" ? pathOf(view) : `${pathOf(view)}?/${entry.key}`;
      return [route({ ...map, expr: entry.value, name: entry.key, at: entry }, entry.key, "POST", path)];
    });
  });
}

function route(one: Exported, name: string, method: string, path: string): HandlerFound {
  const { start, end } = one.at;
  const readOnly = SAFE_VERBS.has(method);
  return { kind: "route", name, method, path, entry: entryAt(one), file: one.file, at: { start, end }, readOnly };
}

/** `src/routes/(auth)/users/[id]/+server.ts` → `/users/:id`. */
function pathOf(view: FileView): string {
  const segments = view.file.path.split("/").slice(0, -1);
  return bracketPath(segments.slice(segments.indexOf("routes") + 1));
}

function gate(one: Exported, name: string): HandlerFound {
  return { kind: "gate", name, entry: entryAt(one), file: one.file, at: one.at };
}

/** `handle`, also as `sequence(first, second)`; `handleError` answers what is thrown. https://svelte.dev/docs/kit/hooks */
function hooks(view: FileView): readonly HandlerFound[] {
  const gates = exported(view, "handle").flatMap((one) => parts(one.expr).map((expr) => gate(placeOf(one, expr), nameOf(expr))));
  const errors = exported(view, "handleError").map((one): HandlerFound => ({ ...gate(one, "handleError"), kind: "errors" }));
  return [...gates, ...errors];
}

function parts(value: Expr): readonly Expr[] {
  const expr = bare(value);
  return expr.kind === "call" && methodOf(expr) === "sequence" ? expr.args : [expr];
}

function placeOf(one: Exported, expr: Expr): Exported {
  return expr === bare(one.expr) ? one : { ...one, expr, at: { start: expr.start, end: expr.end } };
}

function nameOf(expr: Expr): string {
  return expr.kind === "name" ? expr.name : "handle";
}

/** `export const login = form(schema, async (data) => …)`. */
function remoteFunctions(view: FileView): readonly HandlerFound[] {
  return ownExports(view.file).flatMap((one): readonly HandlerFound[] => {
    const call = bare(one.expr);
    const method = call.kind === "call" ? REMOTE[methodOf(call)] : undefined;
    const fn = call.kind === "call" ? call.args.findLast(canBeFunction) : undefined;
    if (method === undefined || fn === undefined || view.importOf(methodOfValue(call))?.source !== "$app/server") return [];
    return [{ ...route({ ...one, expr: fn }, one.name, method, one.name), readOnly: method === "query" }];
  });
}

function methodOfValue(expr: Expr): string {
  return expr.kind === "call" && expr.callee.kind === "name" ? expr.callee.name : "";
}
