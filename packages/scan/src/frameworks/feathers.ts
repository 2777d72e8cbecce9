import type { CallExpr, ContainerIR, Expr, FunctionIR } from "../ir/nodes.ts";
import { extendsOne, methodName, methodsOf } from "./classes/decorated.ts";
import type { CallSite, End, FileView, Framework, HandlerFound } from "./framework.ts";
import { httpErrorOf } from "./http/errors.ts";
import { statusByName } from "./http/statuses.ts";
import { entryAt, follow, type Placed } from "./modules/follow.ts";
import { bare, flat, isClosure, joinPaths, methodOf, namesOf, pathTextOf, SAFE_VERBS } from "./reading.ts";
import { functionBehind } from "./routers/functions.ts";

/** https://feathersjs.com/api/services, and the verbs of its REST transport: https://feathersjs.com/api/client/rest. */
const METHODS: Readonly<Record<string, readonly [verb: string, path: string]>> = {
  find: ["GET", ""],
  get: ["GET", "/:id"],
  create: ["POST", ""],
  update: ["PUT", "/:id"],
  patch: ["PATCH", "/:id"],
  remove: ["DELETE", "/:id"],
};
/** https://feathersjs.com/api/authentication/strategy */
const STRATEGY = /^(?:AuthenticationBaseStrategy|LocalStrategy|JWTStrategy|OAuthStrategy|AuthenticationStrategy)$/;

function handlers(view: FileView): readonly HandlerFound[] {
  return [...view.calls.flatMap((site) => [...service(view, site), ...hooks(view, site)]), ...strategies(view)];
}

/** `app.use("users", new UserService(options))`, `app.use("/messages", { async create(data) { … } })`. */
function service(view: FileView, { call, scope }: CallSite): readonly HandlerFound[] {
  const [where, what] = call.args;
  if (methodOf(call) !== "use" || what === undefined || namesOf(call.callee).length !== 2) return [];
  const written = pathTextOf(where, view, scope) ?? pathElsewhere(view, where, scope);
  if (written === undefined) return [];
  const made = follow({ expr: what, file: view.file, scope }, view.project);
  if (made.expr.kind === "record") return ofRecord(made, written);
  if (made.expr.kind !== "call" || !made.expr.creates) return [];
  const type = follow({ ...made, expr: made.expr.callee }, view.project).expr;
  return type.kind === "container" ? ofClass(type.container, written) : [];
}

/** The path is a constant of a file that clients share: `export const userPath = "users"`. */
function pathElsewhere(view: FileView, expr: Expr | undefined, scope: FunctionIR | null): string | undefined {
  if (expr?.kind !== "name") return undefined;
  return pathTextOf(follow({ expr, file: view.file, scope }, view.project).expr, view, scope);
}

function ofRecord(made: Placed, path: string): readonly HandlerFound[] {
  if (made.expr.kind !== "record") return [];
  return made.expr.entries.flatMap((entry): readonly HandlerFound[] => {
    const value = bare(entry.value);
    if (entry.key === null || !isClosure(value)) return [];
    const { start, end } = entry;
    return routed(entry.key, path, {
      name: `${path}.${entry.key}`,
      entry: entryAt({ ...made, expr: value }),
      file: made.file,
      at: { start, end },
    });
  });
}

function ofClass(container: ContainerIR, path: string): readonly HandlerFound[] {
  return methodsOf(container).flatMap((fn) => routed(fn.name, path, placed(container, fn)));
}

type Found = Pick<HandlerFound, "name" | "entry" | "file" | "container" | "at">;

function placed(container: ContainerIR, fn: FunctionIR): Found {
  const { start, end } = fn;
  return { name: methodName(container, fn), entry: { fn }, file: fn.file, container, at: { start, end } };
}

function routed(name: string, path: string, found: Found): readonly HandlerFound[] {
  const [method, rest] = (Object.hasOwn(METHODS, name) ? METHODS[name] : undefined) ?? [];
  if (method === undefined) return [];
  return [{ ...found, kind: "route", method, path: joinPaths(joinPaths(path), rest), readOnly: SAFE_VERBS.has(method) }];
}

/** `app.service("users").hooks({ before: { create: [hash] }, around: { all: [authenticate("jwt")] } })`: https://feathersjs.com/api/hooks. */
function hooks(view: FileView, { call, scope }: CallSite): readonly HandlerFound[] {
  const [options] = call.args;
  if (methodOf(call) !== "hooks" || options?.kind !== "record") return [];
  return options.entries.flatMap((entry) => {
    const kind = /^(?:before|around)$/.test(entry.key ?? "") ? "gate" : entry.key === "error" ? "errors" : undefined;
    if (kind === undefined) return [];
    return hooksIn(entry.value).flatMap((expr): readonly HandlerFound[] => {
      if (functionBehind(expr, view, scope) === undefined) return [];
      const name = namesOf(expr).at(-1) ?? `${entry.key} hook`;
      return [{ kind, name, entry: entryAt({ expr, file: view.file, scope }), file: view.file, at: { start: expr.start, end: expr.end } }];
    });
  });
}

function hooksIn(value: Expr): readonly Expr[] {
  return value.kind === "record" ? value.entries.flatMap((entry) => flat([entry.value])) : flat([value]);
}

function strategies(view: FileView): readonly HandlerFound[] {
  return view.file.containers.flatMap((container) => {
    if (!extendsOne(container, STRATEGY)) return [];
    return methodsOf(container)
      .filter((fn) => /^(?:authenticate|comparePassword|findEntity)$/.test(fn.name))
      .map((fn): HandlerFound => ({ kind: "callback", ...placed(container, fn) }));
  });
}

/** `new NotAuthenticated("no")`, `new errors.Forbidden()`: https://feathersjs.com/api/errors. */
function errorOf(call: CallExpr): End | undefined {
  if (!call.creates) return undefined;
  const name = methodOf(call);
  if (name === "NotAuthenticated") return { status: 401, kind: "denied", says: call.args };
  if (name === "Forbidden") return { status: 403, kind: "denied", says: call.args };
  const status = /^(?:BadRequest|NotFound|MethodNotAllowed|Conflict|Gone|Unprocessable|TooManyRequests|GeneralError|Unavailable)$/.test(
    name,
  )
    ? (statusByName(name) ?? OTHERS[name])
    : undefined;
  return status === undefined ? undefined : { status, says: call.args };
}

const OTHERS: Readonly<Record<string, number>> = { Unprocessable: 422, GeneralError: 500, Unavailable: 503 };

export const feathers: Framework = {
  id: "feathers",
  title: "Feathers",
  docs: "https://feathersjs.com/api/services",
  languages: ["javascript"],
  enabledBy: { npm: ["@feathersjs/feathers", "@feathersjs/express", "@feathersjs/koa"] },
  mayHold: /\.\s*(?:use|hooks)\s*\(|Strategy\b/,
  handlers,
  endOfCall: (call) => errorOf(call) ?? httpErrorOf(call),
  // The error middleware of its Express and Koa transports answers; generated applications add a hook that logs, which is theirs.
  logsUnhandled: () => false,
  answersByReturn: true,
  request: {
    ip: null,
    actor: "params.user?.id",
    requestId: 'params.headers?.["x-request-id"]',
    userAgent: 'params.headers?.["user-agent"]',
  },
};
