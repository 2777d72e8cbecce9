import type { CallExpr, Expr } from "../ir/nodes.ts";
import { canBeFunction } from "./builders/chain.ts";
import type { End, FileView, Framework, HandlerFound } from "./framework.ts";
import { httpErrorOf } from "./http/errors.ts";
import { redirectTo } from "./http/web-response.ts";
import { webResponseOf } from "./http/web-responses.ts";
import { verbExports } from "./modules/endpoints.ts";
import { bracketPath, isSource, withoutExtension } from "./modules/file-paths.ts";
import { entryAt, exportedAs, follow, ownExports, type Placed } from "./modules/follow.ts";
import { bare, endByStatus, entryOf, methodOf, namesOf, stringOf } from "./reading.ts";
import { statusByName } from "./http/statuses.ts";

/** https://docs.astro.build/en/guides/endpoints/#http-methods */
const VERBS: readonly string[] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "ALL"];
const PAGE = /(?:^|\/)pages\/(.+)$/;
/** https://docs.astro.build/en/guides/middleware/ */
const MIDDLEWARE = /(?:^|\/)src\/middleware(?:\/index)?\.[cm]?[jt]s$/;

function handlers(view: FileView): readonly HandlerFound[] {
  const { path } = view.file;
  if (!isSource(path)) return [];
  if (MIDDLEWARE.test(path)) return gates(view);
  const page = PAGE.exec(withoutExtension(path))?.[1];
  return page === undefined ? actions(view) : verbExports(view, VERBS, pagePath(page));
}

/** `api/users/[id]` → `/api/users/:id`; `data.json` keeps its ending. */
function pagePath(page: string): string {
  const segments = page.split("/");
  if (segments.at(-1) === "index") segments.pop();
  return bracketPath(segments);
}

/** Every export that is or holds `defineAction({ handler })`: https://docs.astro.build/en/guides/actions/. */
function actions(view: FileView): readonly HandlerFound[] {
  if (!view.file.imports.some((one) => one.source === "astro:actions")) return [];
  return ownExports(view.file).flatMap((one) => actionsIn(view, one, one.name, one.at, 3));
}

function actionsIn(view: FileView, from: Placed, name: string, at: { start: number; end: number }, depth: number): readonly HandlerFound[] {
  const placed = follow(from, view.project);
  const { expr } = placed;
  if (placed.file !== view.file || depth === 0) return [];
  if (expr.kind === "record") {
    return expr.entries.flatMap((entry) => {
      const key = name === "server" ? entry.key : `${name}.${entry.key}`;
      // What is declared on its own is found by its own export, or here.
      const own = entry.value.kind === "name" && view.file.exports.some((each) => each.local === entry.key || each.exported === entry.key);
      return entry.key === null || key === null || own ? [] : actionsIn(view, { ...placed, expr: entry.value }, key, entry, depth - 1);
    });
  }
  if (expr.kind !== "call" || methodOf(expr) !== "defineAction") return [];
  const handler = entryOf(expr.args[0], "handler");
  if (handler === undefined || !canBeFunction(handler)) return [];
  const { start, end } = at;
  const entry = entryAt({ ...placed, expr: handler });
  return [{ kind: "route", name, method: "action", path: name, entry, file: view.file, at: { start, end } }];
}

/** `export const onRequest = sequence(validation, defineMiddleware(auth))` */
function gates(view: FileView): readonly HandlerFound[] {
  const one = exportedAs(view.file, "onRequest", view.project);
  if (one === undefined) return [];
  return parts(one.expr).map((expr): HandlerFound => {
    const inner = bare(expr);
    const fn = inner.kind === "call" && methodOf(inner) === "defineMiddleware" ? (inner.args[0] ?? inner) : inner;
    const at = expr === one.expr ? one.at : { start: expr.start, end: expr.end };
    return {
      kind: "gate",
      name: inner.kind === "name" ? inner.name : "onRequest",
      entry: entryAt({ ...one, expr: fn }),
      file: one.file,
      at,
    };
  });
}

function parts(value: Expr): readonly Expr[] {
  const expr = bare(value);
  return expr.kind === "call" && methodOf(expr) === "sequence" ? expr.args : [value];
}

/** `context.redirect("/login")`, `redirect("/login", 302)`; `new ActionError({ code: "UNAUTHORIZED" })`. */
function ownEnd(call: CallExpr): End | undefined {
  if (call.creates && methodOf(call) === "ActionError") {
    const status = statusByName(stringOf(entryOf(call.args[0], "code")) ?? "");
    const message = entryOf(call.args[0], "message");
    const denied = status === 401 || status === 403 ? { kind: "denied" as const } : {};
    return { ...(status === undefined ? {} : { status }), ...denied, says: message === undefined ? [] : [message] };
  }
  const names = namesOf(call.callee);
  if (names.at(-1) !== "redirect" || names.length > 2 || names[0]?.endsWith("Response") === true) return undefined;
  return { ...redirectTo(call.args[0], undefined), ...endByStatus(call.args[1]) };
}

export const astro: Framework = {
  id: "astro",
  title: "Astro",
  docs: "https://docs.astro.build/en/guides/endpoints/",
  languages: ["javascript"],
  enabledBy: { npm: ["astro"] },
  mayHold: /\bdefineAction\b/,
  mayHoldPath: /(?:^|\/)(?:pages\/.*|src\/middleware(?:\/index)?)\.[cm]?[jt]sx?$/,
  handlers,
  endOfCall: (call) => webResponseOf(call) ?? ownEnd(call) ?? httpErrorOf(call),
  // Errors of endpoints are written by the logger of the application: core/app/index.ts. An ActionError is the answer of its action.
  logsUnhandled: (status) => status === undefined,
  request: {
    ip: "context.clientAddress",
    actor: "context.locals.user",
    requestId: 'context.request.headers.get("x-request-id")',
    userAgent: 'context.request.headers.get("user-agent")',
  },
};
