import type { CallExpr } from "../ir/nodes.ts";
import { canBeFunction, wrapperHints } from "./builders/chain.ts";
import type { End, FileView, Framework, HandlerFound } from "./framework.ts";
import { httpErrorOf } from "./http/errors.ts";
import { redirectTo, responseHelper, webResponseOf } from "./http/web-response.ts";
import { isSource, withoutExtension } from "./modules/file-paths.ts";
import { entryAt, exportedAs } from "./modules/follow.ts";
import { joinPaths, methodOf } from "./reading.ts";

/** https://reactrouter.com/start/framework/route-module: what a route module exports for the server. */
const EXPORTS: Readonly<Record<string, string>> = { action: "POST", loader: "GET" };
/** `json` until React Router 7, then `data`. */
const HELPERS: ReadonlySet<string> = new Set(["json", "data", "defer"]);
const REDIRECTS: ReadonlySet<string> = new Set(["redirect", "redirectDocument", "replace"]);

export const reactRouter: Framework = {
  id: "react-router",
  title: "Remix and React Router",
  docs: "https://reactrouter.com/start/framework/actions",
  languages: ["javascript"],
  enabledBy: { npm: [/^@remix-run\//, /^@react-router\//] },
  mayHold: /\b(?:action|loader)\b/,
  handlers: (view) => (isRouteModule(view) ? routes(view) : []),
  endOfCall: (call) => redirectOf(call) ?? webResponseOf(call) ?? responseHelper(call, HELPERS) ?? httpErrorOf(call),
  // The default handleError prints with console.error what is no Response. https://reactrouter.com/how-to/error-reporting
  logsUnhandled: (status) => status === undefined,
  answersByReturn: true,
  request: {
    ip: 'request.headers.get("x-forwarded-for")',
    actor: null,
    requestId: 'request.headers.get("x-request-id")',
    userAgent: 'request.headers.get("user-agent")',
  },
};

/** A module under `app` that is none of the server's or the browser's alone. `routes.ts` may name any module, so folders say little. */
function isRouteModule(view: FileView): boolean {
  const { path } = view.file;
  return isSource(path) && /(?:^|\/)app\//.test(path) && !/\.(?:server|client)\.[cm]?[jt]sx?$/.test(path);
}

function routes(view: FileView): readonly HandlerFound[] {
  const path = routePath(view.file.path);
  return Object.entries(EXPORTS).flatMap(([name, method]): readonly HandlerFound[] => {
    const one = exportedAs(view.file, name, view.project);
    if (one === undefined || !canBeFunction(one.expr)) return [];
    return [
      {
        kind: "route",
        name,
        method,
        ...(path === undefined ? {} : { path }),
        entry: entryAt(one),
        file: one.file,
        at: one.at,
        readOnly: method === "GET",
        hints: wrapperHints(one.expr),
      },
    ];
  });
}

/**
 * File name → path: `app/routes/_auth.login.tsx`, `app/routes/_auth+/login.tsx` → `/login`; `users.$id_.edit` → `/users/:id/edit`.
 * Undefined outside `routes`. https://reactrouter.com/how-to/file-route-conventions
 */
function routePath(path: string): string | undefined {
  const inRoutes = /(?:^|\/)routes\/(.*)$/.exec(withoutExtension(path))?.[1];
  if (inRoutes === undefined) return undefined;
  const segments = inRoutes.replaceAll(/\+(?=\/)/g, "").split(/\/|\.(?![^[]*\])/);
  if (/^(?:route|index|_index|_layout|layout)$/.test(segments.at(-1) ?? "")) segments.pop();
  return joinPaths(...segments.filter((segment) => !segment.startsWith("_")).map(segmentPath));
}

function segmentPath(segment: string): string {
  if (segment === "$") return "/*";
  return segment
    .replace(/^\((.*)\)$/, "$1?")
    .replace(/_$/, "")
    .replace(/^\$/, ":")
    .replaceAll(/[[\]]/g, "");
}

function redirectOf(call: CallExpr): End | undefined {
  if (call.callee.kind !== "name" || !REDIRECTS.has(methodOf(call))) return undefined;
  return redirectTo(call.args[0], call.args[1]);
}
