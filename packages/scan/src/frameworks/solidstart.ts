import type { CallExpr, Expr } from "../ir/nodes.ts";
import { serverActions } from "./builders/server-actions.ts";
import type { End, FileView, Framework, HandlerFound } from "./framework.ts";
import { httpErrorOf } from "./http/errors.ts";
import { redirectTo, responseHelper } from "./http/web-response.ts";
import { webResponseOf } from "./http/web-responses.ts";
import { verbExports } from "./modules/endpoints.ts";
import { bracketPath, isSource, withoutExtension } from "./modules/file-paths.ts";
import { endByStatus, entryOf, itemsOf, methodOf, stringOf } from "./reading.ts";
import { found } from "./routers/found.ts";
import { functionBehind } from "./routers/functions.ts";

/** https://docs.solidjs.com/solid-start/building-your-application/api-routes */
const VERBS: readonly string[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const ROUTE = /(?:^|\/)src\/routes\/(.+)$/;
/** https://docs.solidjs.com/solid-router/data-fetching/queries: these read, actions write. */
const READS = /^(?:query|cache|createAsync|createResource)$/;
const WRAPPERS = /^(?:action|query|cache)$/;

function handlers(view: FileView): readonly HandlerFound[] {
  if (!isSource(view.file.path)) return [];
  const route = ROUTE.exec(withoutExtension(view.file.path))?.[1];
  return [...(route === undefined ? [] : verbExports(view, VERBS, pathOf(route))), ...actions(view), ...middleware(view)];
}

/** `(auth)/users/[id]` → `/users/:id`; an `index` may carry a name for its layout: `index(login)`. */
function pathOf(route: string): string {
  const segments = route.split("/");
  if (/^(?:index(?:\(.*\))?|\(.*\))$/.test(segments.at(-1) ?? "")) segments.pop();
  return bracketPath(segments);
}

/** Functions with "use server", named after the `action` or `query` around them. */
function actions(view: FileView): readonly HandlerFound[] {
  const wrappers = view.calls.map((site) => site.call).filter((call) => WRAPPERS.test(methodOf(call)));
  return serverActions(view).map(({ handler }) => {
    const { start, end } = "fn" in handler.entry ? handler.entry.fn : handler.at;
    const around = wrappers.findLast((call) => call.start <= start && end <= call.end);
    const name = around === undefined ? undefined : (stringOf(around.args[1]) ?? nameGiven(view, around));
    const readOnly = around !== undefined && READS.test(methodOf(around)) ? { method: "query", readOnly: true } : {};
    return { ...handler, ...(name === undefined ? {} : { name, path: name }), ...readOnly };
  });
}

/** `const login = action(…)` */
function nameGiven(view: FileView, call: CallExpr): string | undefined {
  for (const stmt of view.file.body) {
    if (stmt.kind === "let" && stmt.value === call && stmt.target.kind === "bind") return stmt.target.name;
  }
  return undefined;
}

/** `createMiddleware({ onRequest: [session, auth] })`: https://docs.solidjs.com/solid-start/advanced/middleware. */
function middleware(view: FileView): readonly HandlerFound[] {
  return view.calls.flatMap(({ call, scope, container }) => {
    const value = methodOf(call) === "createMiddleware" ? entryOf(call.args[0], "onRequest") : undefined;
    const entries: readonly Expr[] = value === undefined ? [] : itemsOf(value);
    return entries
      .filter((entry) => functionBehind(entry, view, scope) !== undefined)
      .map((entry) => found(view, { kind: "gate", name: "onRequest", entry, scope, container, at: entry }));
  });
}

const HELPERS: ReadonlySet<string> = new Set(["json"]);

/** https://docs.solidjs.com/solid-router/reference/response-helpers/redirect, https://docs.solidjs.com/solid-start/reference/server/http-status-code */
function ownEnd(call: CallExpr): End | undefined {
  if (call.callee.kind !== "name" || call.creates) return undefined;
  if (call.callee.name === "redirect") return redirectTo(call.args[0], call.args[1]);
  return call.callee.name === "setResponseStatus" ? endByStatus(call.args.at(-1)) : undefined;
}

export const solidstart: Framework = {
  id: "solidstart",
  title: "SolidStart",
  docs: "https://docs.solidjs.com/solid-start/building-your-application/api-routes",
  languages: ["javascript"],
  enabledBy: { npm: ["@solidjs/start", "solid-start"] },
  mayHold: /["']use server["']|\bcreateMiddleware\b/,
  mayHoldPath: /(?:^|\/)src\/routes\/.*\.[cm]?[jt]sx?$/,
  handlers,
  endOfCall: (call) => webResponseOf(call) ?? ownEnd(call) ?? responseHelper(call, HELPERS) ?? httpErrorOf(call),
  // Its server is Nitro: only errors that were not made with createError are printed. https://nitro.build/guide/errors
  logsUnhandled: (status) => status === undefined,
  answersByReturn: true,
  request: {
    ip: "event.clientAddress",
    actor: "event.locals.user",
    requestId: 'event.request.headers.get("x-request-id")',
    userAgent: 'event.request.headers.get("user-agent")',
  },
};
