import type { Expr, FileIR, FunctionIR } from "../ir/nodes.ts";
import { bodiesOf, walkStmts } from "../ir/walk.ts";
import type { FileView, Framework, HandlerFound, ProjectFacts } from "./framework.ts";
import { follow } from "./modules/follow.ts";
import { endsBy } from "./python/responses.ts";
import { registeredBy, routeOf, type RouterKind } from "./python/routes.ts";
import { openPath } from "./python/open-path.ts";
import { methodOf, namesOf, verbOf } from "./reading.ts";

const ROUTERS: RouterKind = {
  made: /^(?:FastAPI|APIRouter|\w*Router|\w*API)$/,
  from: /^fastapi(?:\.|$)/,
  prefix: /^prefix$/,
};
const ROUTES: ReadonlySet<string> = new Set(["api_route", "route", "websocket"]);
const ERRORS: ReadonlySet<string> = new Set(["exception_handler"]);
/** https://fastapi.tiangolo.com/reference/dependencies/ */
const DEPENDS: ReadonlySet<string> = new Set(["Depends", "Security"]);

/** FastAPI: routers, dependencies as gates, exception handlers, middleware functions. */
export const fastapi: Framework = {
  id: "fastapi",
  title: "FastAPI",
  docs: "https://fastapi.tiangolo.com/reference/apirouter/",
  languages: ["python"],
  enabledBy: { pypi: ["fastapi"], imports: [/^fastapi(?:\.|$)/] },
  mayHold: /@\s*[\w.]+\.\w+\s*\(|\b(?:Depends|Security)\s*\(/,
  handlers: (view) => [
    ...registeredBy(view, ROUTERS).flatMap((one) => {
      const { fn, method } = one;
      if (ERRORS.has(method)) return [special(fn, "errors")];
      if (method === "middleware") return [special(fn, "gate")];
      if (!ROUTES.has(method) && verbOf(method) === undefined) return [];
      return routeOf(view, one, ROUTERS) ?? [];
    }),
    ...dependencies(view),
  ],
  endOfCall: endsBy({
    builders: {
      Response: 1,
      JSONResponse: 1,
      ORJSONResponse: 1,
      UJSONResponse: 1,
      HTMLResponse: 1,
      PlainTextResponse: 1,
      FileResponse: 99,
      StreamingResponse: 1,
    },
    fixed: {},
    redirects: new Set(["RedirectResponse"]),
    aborts: new Set(),
  }),
  // Starlette's ServerErrorMiddleware raises on, and the server logs it; HTTPException is an answer. https://www.starlette.io/exceptions/
  logsUnhandled: (status) => status === undefined || status >= 500,
  answersByReturn: true,
  request: {
    ip: "request.client.host",
    actor: "current_user.id",
    requestId: 'request.headers.get("x-request-id")',
    userAgent: 'request.headers.get("user-agent")',
  },
};

function special(fn: FunctionIR, kind: "gate" | "errors"): HandlerFound {
  return { kind, name: fn.name, entry: { fn }, file: fn.file, at: fn };
}

/** Functions that `Depends(…)` names: they decide whether a request goes on. Each is given with the first file that names it. */
function dependencies(view: FileView): readonly HandlerFound[] {
  return (dependenciesOf(view.project).get(view.file.path) ?? []).map((fn) => special(fn, "gate"));
}

const known = new WeakMap<ProjectFacts, ReadonlyMap<string, readonly FunctionIR[]>>();

function dependenciesOf(project: ProjectFacts): ReadonlyMap<string, readonly FunctionIR[]> {
  let all = known.get(project);
  if (all === undefined) known.set(project, (all = readDependencies(project)));
  return all;
}

function readDependencies(project: ProjectFacts): ReadonlyMap<string, readonly FunctionIR[]> {
  const seen = new Set<FunctionIR>();
  const found = new Map<string, readonly FunctionIR[]>();
  for (const path of project.paths) {
    if (!path.endsWith(".py") || !/\b(?:Depends|Security)\s*\(/.test(project.read(path) ?? "")) continue;
    const file = openPath(project, path);
    if (file === undefined) continue;
    const own = namedIn(file).flatMap((expr) => {
      const { expr: value } = follow({ expr, file, scope: null }, project);
      if (namesOf(expr).length === 0 || value.kind !== "function" || value.fn.role === "generator" || seen.has(value.fn)) return [];
      seen.add(value.fn);
      return [value.fn];
    });
    found.set(path, own);
  }
  return found;
}

/** What `Depends` is given in a file: in defaults, annotations, decorators, calls. */
function namedIn(file: FileIR): readonly Expr[] {
  const named: Expr[] = [];
  const add = (expr: Expr | undefined): void => {
    if (expr?.kind === "call" && DEPENDS.has(methodOf(expr)) && expr.args[0] !== undefined) named.push(expr.args[0]);
  };
  for (const { body } of bodiesOf(file)) walkStmts(body, (expr) => add(expr));
  for (const fn of file.functions) {
    for (const { pattern, decorators } of fn.params) {
      if (pattern.kind === "bind") add(pattern.default);
      for (const one of decorators) if (DEPENDS.has(one.name) && one.args[0] !== undefined) named.push(one.args[0]);
    }
    for (const one of fn.decorators) for (const arg of one.args) for (const item of dependsIn(arg)) add(item);
  }
  return named;
}

/** `dependencies=[Depends(a), Depends(b)]`. */
function dependsIn(arg: Expr): readonly Expr[] {
  if (arg.kind !== "record") return [];
  return arg.entries.flatMap(({ value }) => (value.kind === "list" ? value.items : []));
}
