import type { CallExpr, Expr } from "../ir/nodes.ts";
import { canBeFunction, chainOf, finalArgument, usedBy, wrapperHints } from "./builders/chain.ts";
import { ACTION_STEPS, serverActions, takenBySafeAction } from "./builders/server-actions.ts";
import type { End, FileView, Framework, HandlerFound } from "./framework.ts";
import { answerOf, statusAssigned } from "./http/answers.ts";
import { httpErrorOf } from "./http/errors.ts";
import { redirectTo, webResponseOf } from "./http/web-response.ts";
import { entryAt, exportedAs, type Exported } from "./modules/follow.ts";
import { bracketPath, isSource, withoutExtension } from "./modules/file-paths.ts";
import { bare, SAFE_VERBS } from "./reading.ts";

/** https://nextjs.org/docs/app/api-reference/file-conventions/route; the order tells which verb names a function that serves several. */
const VERBS: readonly string[] = ["POST", "PUT", "PATCH", "DELETE", "GET"];
const ROUTE_FILE = /(?:^|\/)app\/(?:.*\/)?route\.[cm]?[jt]sx?$/;
const API_FILE = /(?:^|\/)pages\/api\/.*\.[cm]?[jt]sx?$/;
/** https://nextjs.org/docs/app/api-reference/file-conventions/proxy (middleware until version 16) */
const GATE_FILE = /(?:^|\/)(?:middleware|proxy)\.[cm]?[jt]sx?$/;

/** Functions of next/navigation that end the request by throwing. https://nextjs.org/docs/app/api-reference/functions */
const INTERRUPTS: Readonly<Record<string, (call: CallExpr) => End>> = {
  redirect: (call) => ({ ...redirectTo(call.args[0], undefined), stops: true }),
  permanentRedirect: (call) => ({ ...redirectTo(call.args[0], undefined), stops: true }),
  notFound: () => ({ status: 404, sent: true, stops: true }),
  unauthorized: () => ({ status: 401, kind: "denied", sent: true, stops: true }),
  forbidden: () => ({ status: 403, kind: "denied", sent: true, stops: true }),
};

export const nextjs: Framework = {
  id: "nextjs",
  title: "Next.js",
  docs: "https://nextjs.org/docs/app/api-reference/file-conventions",
  languages: ["javascript"],
  enabledBy: { npm: ["next"] },
  mayHold: /["']use server["']/,
  mayHoldPath: /(?:^|\/)(?:app\/(?:.*\/)?route|pages\/api\/.*|middleware|proxy)\.[cm]?[jt]sx?$/,
  handlers: (view) => {
    const { path } = view.file;
    if (!isSource(path)) return [];
    if (ROUTE_FILE.test(path)) return [...routes(view), ...actions(view)];
    if (API_FILE.test(path)) return apiRoute(view);
    return GATE_FILE.test(path) ? gates(view) : actions(view);
  },
  endOfCall: (call) => interruptOf(call) ?? webResponseOf(call) ?? answerOf(call) ?? httpErrorOf(call),
  endOfAssign: statusAssigned,
  // Route handlers and actions that throw answer 500, and the server prints the error. Next knows no status of an error.
  logsUnhandled: () => true,
  answersByReturn: true,
  request: {
    ip: '(await headers()).get("x-forwarded-for")',
    actor: "session?.user",
    requestId: '(await headers()).get("x-request-id")',
    userAgent: '(await headers()).get("user-agent")',
  },
  requestOf: ({ file }) =>
    API_FILE.test(file.path) ? OF_API_ROUTE : ROUTE_FILE.test(file.path) || GATE_FILE.test(file.path) ? OF_WEB_REQUEST : nextjs.request,
};

/** https://nextjs.org/docs/pages/building-your-application/routing/api-routes#request-helpers */
const OF_API_ROUTE: Framework["request"] = {
  ip: 'req.headers["x-forwarded-for"]',
  actor: "session?.user",
  requestId: 'req.headers["x-request-id"]',
  userAgent: 'req.headers["user-agent"]',
};

/** https://nextjs.org/docs/app/api-reference/file-conventions/route#request-optional */
const OF_WEB_REQUEST: Framework["request"] = {
  ip: 'request.headers.get("x-forwarded-for")',
  actor: "session?.user",
  requestId: 'request.headers.get("x-request-id")',
  userAgent: 'request.headers.get("user-agent")',
};

/** Exports of `route.ts` that are named like a verb. What is declared once and serves several verbs is one handler. */
function routes(view: FileView): readonly HandlerFound[] {
  const path = appPath(view.file.path);
  const found = VERBS.flatMap((verb) => exportedAs(view.file, verb, view.project) ?? []);
  const isFirst = (one: Exported): boolean => one === found.find((other) => other.file === one.file && other.at.start === one.at.start);
  return found.filter(isFirst).map((one) => routeFound(one, one.name, path, one.local ?? one.name));
}

function routeFound(one: Exported, method: string | undefined, path: string, name: string): HandlerFound {
  return {
    kind: "route",
    name,
    ...(method === undefined ? {} : { method, readOnly: SAFE_VERBS.has(method) }),
    path,
    entry: entryOfWrapped(one),
    file: one.file,
    at: one.at,
    through: usedBy(chainOf(one.expr)),
    hints: wrapperHints(one.expr),
  };
}

/** `router.use(mw).handler(fn)` runs `fn`; any other expression is the function itself. */
function entryOfWrapped(one: Exported): HandlerFound["entry"] {
  const argument = finalArgument(chainOf(one.expr), ACTION_STEPS);
  return entryAt(argument === undefined ? one : { ...one, expr: argument });
}

/** `apps/web/src/app/(public)/api/users/[id]/route.ts` → `/api/users/:id`. */
function appPath(path: string): string {
  const segments = path.split("/").slice(0, -1);
  const source = segments.findIndex((segment, index) => segment === "app" && segments[index - 1] === "src");
  return bracketPath(segments.slice((source === -1 ? segments.indexOf("app") : source) + 1));
}

/** The default export of a file under `pages/api` serves every verb. */
function apiRoute(view: FileView): readonly HandlerFound[] {
  const segments = withoutExtension(view.file.path).split("/");
  const from = segments.findIndex((segment, index) => segment === "pages" && segments[index + 1] === "api");
  const path = bracketPath(segments.slice(from + 1).filter((segment, index, all) => segment !== "index" || index < all.length - 1));
  const one = exportedAs(view.file, "default", view.project);
  return one !== undefined && canBeFunction(one.expr) ? [routeFound(one, undefined, path, nameOf(one, path))] : [];
}

function nameOf(one: Exported, path: string): string {
  const expr = bare(one.expr);
  return one.local ?? (expr.kind === "function" && expr.fn.name !== "" && expr.fn.name !== "default" ? expr.fn.name : path);
}

/** `middleware.ts` of the application, not just any file of that name: it stands beside a manifest or directly in `src`. */
function gates(view: FileView): readonly HandlerFound[] {
  const name = withoutExtension(view.file.path).split("/").at(-1) ?? "";
  const folder = view.file.path.split("/").slice(0, -1);
  if (folder.at(-1) === "src") folder.pop();
  if (view.project.read([...folder, "package.json"].join("/")) === undefined) return [];
  return [name, "default"]
    .flatMap((exported) => exportedAs(view.file, exported, view.project) ?? [])
    .filter((one) => canBeFunction(one.expr))
    .map((one): HandlerFound => ({ kind: "gate", name: one.local ?? name, entry: entryAt(one), file: one.file, at: one.at }));
}

function actions(view: FileView): readonly HandlerFound[] {
  return serverActions(view)
    .filter((one) => !takenBySafeAction(view, one.value))
    .map((one) => one.handler);
}

function interruptOf(call: CallExpr): End | undefined {
  const callee: Expr = bare(call.callee);
  const name = callee.kind === "name" ? callee.name : "";
  return Object.hasOwn(INTERRUPTS, name) ? INTERRUPTS[name]?.(call) : undefined;
}
