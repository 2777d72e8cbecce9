import type { CallExpr, ContainerIR, Expr, FileIR, FunctionIR } from "../ir/nodes.ts";
import { chainOf } from "./builders/chain.ts";
import { methodName } from "./classes/decorated.ts";
import type { CallSite, End, FileView, Framework, HandlerFound } from "./framework.ts";
import { answerOf } from "./http/answers.ts";
import { httpErrorOf } from "./http/errors.ts";
import {
  bare,
  dotted,
  endByStatus,
  flat,
  isClosure,
  joinPaths,
  methodOf,
  namesOf,
  numberOf,
  receiverOf,
  SAFE_VERBS,
  stringOf,
  verbOf,
} from "./reading.ts";

/** Version 6 imports its router; before, it was the global `Route`. https://docs.adonisjs.com/guides/basics/routing */
const ROUTER_SOURCE = /^(?:@adonisjs\/core\/services\/router|@ioc:Adonis\/Core\/Route)$/;
/** https://docs.adonisjs.com/guides/basics/controllers#resource-driven-controllers */
const RESOURCE: Readonly<Record<string, readonly [verb: string, path: string]>> = {
  index: ["GET", ""],
  create: ["GET", "/create"],
  store: ["POST", ""],
  show: ["GET", "/:id"],
  edit: ["GET", "/:id/edit"],
  update: ["PUT", "/:id"],
  destroy: ["DELETE", "/:id"],
};
const MIDDLEWARE_FILE = /(?:^|\/)app\/[mM]iddleware\/[^/]+\.[jt]s$/;
const EXCEPTIONS_FILE = /(?:^|\/)app\/[eE]xceptions\/[hH]andler\.[jt]s$/;

function handlers(view: FileView): readonly HandlerFound[] {
  return [...view.calls.flatMap((site) => [...ofVerb(view, site), ...ofResource(view, site)]), ...middleware(view)];
}

function isRouter(view: FileView, expr: Expr | undefined): boolean {
  if (expr?.kind !== "name") return false;
  const source = view.importOf(expr.name)?.source;
  if (source !== undefined) return ROUTER_SOURCE.test(source);
  const made = view.valueOf(expr.name, null);
  return made?.kind === "call" && dotted(made.callee) === "use" && stringOf(made.args[0]) === "Route";
}

/** `router.post("/login", [AuthController, "login"])`, with a closure, or with `"AuthController.login"`. */
function ofVerb(view: FileView, { call, scope, container }: CallSite): readonly HandlerFound[] {
  const written = verbOf(methodOf(call) === "any" ? "all" : methodOf(call));
  const route = stringOf(call.args[0]);
  const target = call.args[1];
  if (written === undefined || route === undefined || target === undefined || !isRouter(view, receiverOf(call))) return [];
  const path = joinPaths(prefixAround(view, call), route);
  const base = { kind: "route" as const, method: written, path, readOnly: SAFE_VERBS.has(written) };
  const through = usedAt(view, call);
  if (isClosure(target)) {
    const name = `${written} ${path}`;
    return [
      { ...base, name, entry: { fn: target.fn }, file: view.file, at: spanOf(call), through, ...(container === null ? {} : { container }) },
    ];
  }
  const action = actionOf(view, target, scope);
  return action === undefined ? [] : [{ ...base, ...placed(action), through }];
}

function ofResource(view: FileView, { call, scope }: CallSite): readonly HandlerFound[] {
  const name = stringOf(call.args[0]);
  if (!/^(?:resource|apiResource)$/.test(methodOf(call)) || name === undefined || !isRouter(view, receiverOf(call))) return [];
  const controller = call.args[1] === undefined ? undefined : controllerOf(view, call.args[1], scope);
  if (controller === undefined) return [];
  const base = joinPaths(prefixAround(view, call), name.replaceAll(".", "/:id/"));
  return controller.functions.flatMap((fn): readonly HandlerFound[] => {
    const [method, rest] = (Object.hasOwn(RESOURCE, fn.name) ? RESOURCE[fn.name] : undefined) ?? [];
    if (method === undefined || fn.isStatic) return [];
    const path = joinPaths(base, rest);
    return [{ kind: "route", method, path, readOnly: SAFE_VERBS.has(method), ...placed({ controller, fn }), through: usedAt(view, call) }];
  });
}

interface Action {
  readonly controller: ContainerIR;
  readonly fn: FunctionIR;
}

function placed({ controller, fn }: Action): Pick<HandlerFound, "name" | "entry" | "file" | "container" | "at"> {
  const { start, end } = fn;
  return { name: methodName(controller, fn), entry: { fn }, file: fn.file, container: controller, at: { start, end } };
}

function actionOf(view: FileView, target: Expr, scope: FunctionIR | null): Action | undefined {
  const text = stringOf(target);
  const [of, method] = target.kind === "list" ? target.items : [target];
  const named = text === undefined ? (stringOf(method) ?? "handle") : text.slice(text.lastIndexOf(".") + 1);
  const controller = of === undefined ? undefined : controllerOf(view, of, scope);
  const fn = controller?.functions.find((one) => one.name === named && !one.isStatic);
  return controller === undefined || fn === undefined ? undefined : { controller, fn };
}

/** A class that is imported, or imported when it is needed: `() => import("#controllers/auth_controller")`; or its name. */
function controllerOf(view: FileView, expr: Expr, scope: FunctionIR | null): ContainerIR | undefined {
  const text = stringOf(expr);
  if (text !== undefined) return fileNamed(view, text.replace(/\.\w+$/, ""))?.containers[0];
  const value = expr.kind === "name" ? (view.valueOf(expr.name, scope) ?? expr) : expr;
  if (value.kind === "container") return value.container;
  const source = value.kind === "name" ? view.importOf(value.name)?.source : isClosure(value) ? lazySource(value.fn) : undefined;
  const file = source === undefined ? undefined : (view.project.open(view.file, source) ?? aliased(view, source));
  return file?.containers.find((one) => one.sort === "class");
}

function lazySource(fn: FunctionIR): string | undefined {
  const [stmt] = fn.body;
  const value = stmt?.kind === "return" && stmt.value !== null ? bare(stmt.value) : undefined;
  return value?.kind === "call" && dotted(value.callee) === "import" ? stringOf(value.args[0]) : undefined;
}

/** `#controllers/auth_controller` is `app/controllers/auth_controller.ts`, where the manifest does not say otherwise. */
function aliased(view: FileView, source: string): FileIR | undefined {
  const rest = /^(?:#|App\/)(.+)$/.exec(source)?.[1];
  return rest === undefined ? undefined : fileEnding(view, `app/${rest}`);
}

/** `AuthController` is `app/Controllers/Http/AuthController.ts`. https://legacy.adonisjs.com/docs/4.1/controllers */
function fileNamed(view: FileView, name: string): FileIR | undefined {
  return fileEnding(view, `app/Controllers/Http/${name.replace(/^App\/Controllers\/Http\//, "")}`);
}

function fileEnding(view: FileView, path: string): FileIR | undefined {
  const wanted = new RegExp(String.raw`(?:^|/)${path.replaceAll(/[.*+?^${"$"}{}()|[\]\\]/g, String.raw`\$&`)}\.[jt]s${"$"}`, "i");
  const found = view.project.paths.find((one) => wanted.test(one));
  return found === undefined ? undefined : view.project.file?.(found);
}

/** Groups that a route stands in: `router.group(() => { … }).prefix("/api").use(middleware.auth())`. */
function groupsAround(view: FileView, call: CallExpr): readonly CallExpr[] {
  return view.calls.flatMap((site) => {
    const { call: one } = site;
    const callback = methodOf(one) === "group" && isRouter(view, receiverOf(one)) ? one.args.find(isClosure) : undefined;
    return callback !== undefined && callback.start <= call.start && call.end <= callback.end ? [one] : [];
  });
}

function prefixAround(view: FileView, call: CallExpr): string {
  const prefixes = groupsAround(view, call).flatMap((group) =>
    chained(view, group, "prefix").flatMap((one) => stringOf(one.args[0]) ?? []),
  );
  return prefixes.length === 0 ? "" : joinPaths(...prefixes);
}

function usedAt(view: FileView, call: CallExpr): readonly Expr[] {
  return [...groupsAround(view, call), call].flatMap((one) => chained(view, one, "use").flatMap((use) => flat(use.args)));
}

/** Calls of that name further on in the chain that a call begins. */
function chained(view: FileView, first: CallExpr, name: string): readonly CallExpr[] {
  return view.calls.flatMap(({ call }) => {
    const begins = methodOf(call) === name && call !== first && chainOf(call).steps.some((step) => step.call === first);
    return begins ? [call] : [];
  });
}

function spanOf({ start, end }: CallExpr): { start: number; end: number } {
  return { start, end };
}

/** https://docs.adonisjs.com/guides/basics/middleware, https://docs.adonisjs.com/guides/basics/exception-handling */
function middleware(view: FileView): readonly HandlerFound[] {
  const kind = MIDDLEWARE_FILE.test(view.file.path) ? "gate" : EXCEPTIONS_FILE.test(view.file.path) ? "errors" : undefined;
  if (kind === undefined) return [];
  const methods = view.file.containers.flatMap((controller) => controller.functions.map((fn) => ({ controller, fn })));
  const wanted = kind === "gate" ? /^handle$/ : /^(?:handle|report)$/;
  return methods.filter(({ fn }) => wanted.test(fn.name)).map((one): HandlerFound => ({ kind, ...placed(one) }));
}

/** https://docs.adonisjs.com/guides/basics/response#aborting-request-with-an-error */
function abortOf(call: CallExpr): End | undefined {
  const method = methodOf(call);
  if (!namesOf(call.callee).slice(0, -1).includes("response") || !/^abort(?:If|Unless)?$/.test(method)) return undefined;
  const [body, status] = method === "abort" ? call.args : call.args.slice(1);
  const told = numberOf(status) === undefined ? (status === undefined ? { status: 400 } : {}) : endByStatus(status);
  return { ...told, sent: true, stops: true, says: body === undefined ? [] : [body], ...(method === "abort" ? {} : { perhaps: true }) };
}

/** What refuses by an error: https://docs.adonisjs.com/guides/authentication/verifying-user-credentials, …/security/authorization. */
const REFUSING: Readonly<Record<string, string>> = {
  verifyCredentials: "E_INVALID_CREDENTIALS",
  authenticate: "E_UNAUTHORIZED_ACCESS",
  attempt: "InvalidCredentialsException",
  authorize: "AuthorizationException",
};

const REFUSALS: ReadonlySet<string> = new Set(Object.values(REFUSING));

function refusing(call: CallExpr): End | undefined {
  const method = methodOf(call);
  const names = namesOf(call.callee);
  if (!Object.hasOwn(REFUSING, method) || names.length < 2) return undefined;
  if (method !== "verifyCredentials" && !names.includes(method === "authorize" ? "bouncer" : "auth")) return undefined;
  return { throws: REFUSING[method]! };
}

export const adonisjs: Framework = {
  id: "adonisjs",
  title: "AdonisJS",
  docs: "https://docs.adonisjs.com/guides/basics/routing",
  languages: ["javascript"],
  enabledBy: { npm: ["@adonisjs/core", "@adonisjs/framework"] },
  mayHold: /\b(?:router|Route)\s*\.|\bhandle\b|\breport\b/,
  handlers,
  endOfCall: (call) => abortOf(call) ?? refusing(call) ?? answerOf(call) ?? httpErrorOf(call),
  // http-server, exception_handler.ts: 400, 401 and 422 are ignored, those below 500 are warnings. Its own refusals carry such a status.
  logsUnhandled: (status, errorName) => (status === undefined ? !REFUSALS.has(errorName ?? "") : status >= 500),
  answersByReturn: true,
  request: {
    ip: "request.ip()",
    actor: "auth.user?.id",
    requestId: "request.id()",
    userAgent: 'request.header("user-agent")',
  },
};
