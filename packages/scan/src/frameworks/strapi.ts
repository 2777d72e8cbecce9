import type { Expr, FileIR, RecordExpr } from "../ir/nodes.ts";
import type { FileView, Framework, HandlerFound } from "./framework.ts";
import { contextAssigned, contextEndOf } from "./http/contexts.ts";
import { httpErrorOf } from "./http/errors.ts";
import { isSource, withoutExtension } from "./modules/file-paths.ts";
import { entryAt, exportedAs, follow, type Placed } from "./modules/follow.ts";
import { bare, entryOf, isClosure, itemsOf, methodOf, namesOf, recordsIn, SAFE_VERBS, stringOf } from "./reading.ts";
import { returnedRecord } from "./modules/returned.ts";

/** https://docs.strapi.io/cms/project-structure: controllers, routes and policies of an API or a plugin. */
const CONTROLLER_FILE = /^(.*\/)?(?:(?:src\/)?api|plugins|extensions|server|admin)\/.*?controllers\/([^/]+)$/;
const POLICY_FILE = /(?:^|\/)policies\/([^/]+)$/;
/** https://docs.strapi.io/cms/api/rest: core actions and their verbs. */
const CORE: Readonly<Record<string, string>> = { find: "GET", findOne: "GET", create: "POST", update: "PUT", delete: "DELETE" };
/** Not an action: a lifecycle of the controller. */
const HIDDEN = /^_/;

function handlers(view: FileView): readonly HandlerFound[] {
  const path = withoutExtension(view.file.path);
  if (!isSource(view.file.path)) return [];
  const policy = POLICY_FILE.exec(path)?.[1];
  if (policy !== undefined) return policy === "index" ? [] : gate(view, policy);
  const controller = CONTROLLER_FILE.exec(path)?.[2];
  return [...(controller === undefined || controller === "index" ? [] : actions(view, controller)), ...extended(view)];
}

/** `createCoreController("api::x.x", ({ strapi }) => ({ … }))`, a function of `{ strapi }`, or the record itself. */
function actions(view: FileView, controller: string): readonly HandlerFound[] {
  const one = exportedAs(view.file, "default", view.project);
  const map = one === undefined ? undefined : recordBehind(follow(one, view.project));
  if (map === undefined || map.file !== view.file || map.expr.kind !== "record") return [];
  const routes = routesBeside(view);
  return map.expr.entries.flatMap((entry): readonly HandlerFound[] => {
    const { key, start, end } = entry;
    if (key === null || HIDDEN.test(key) || !isClosure(bare(entry.value))) return [];
    const route = routes.find((each) => each.action === key && each.controller === controller);
    const method = route?.method ?? (Object.hasOwn(CORE, key) ? CORE[key] : undefined);
    return [
      {
        kind: "route",
        name: `${controller}.${key}`,
        ...(method === undefined ? {} : { method, readOnly: SAFE_VERBS.has(method) }),
        ...(route === undefined ? {} : { path: route.path }),
        entry: entryAt({ ...map, expr: entry.value }),
        file: view.file,
        at: { start, end },
      },
    ];
  });
}

function recordBehind(placed: Placed): Placed | undefined {
  const expr = bare(placed.expr);
  if (expr.kind === "record") return { ...placed, expr };
  const made = expr.kind === "call" && /^createCoreController$/.test(methodOf(expr)) ? expr.args[1] : expr;
  if (made?.kind === "record") return { ...placed, expr: made };
  return isClosure(made) ? returnedRecord(made.fn, placed) : undefined;
}

interface Route {
  readonly method: string;
  readonly path: string;
  readonly controller: string;
  readonly action: string;
}

const routesIn = new WeakMap<FileIR, readonly Route[]>();

/** Routes of the files beside `controllers`: `{ method: "POST", path: "/login", handler: "auth.login" }`. */
function routesBeside(view: FileView): readonly Route[] {
  const folder = view.file.path.slice(0, view.file.path.lastIndexOf("controllers/"));
  const files = view.project.paths.filter((path) => path.startsWith(`${folder}routes/`) && isSource(path));
  return files.flatMap((path) => {
    const file = view.project.file?.(path);
    return file === undefined ? [] : routesOf(file, view);
  });
}

function routesOf(file: FileIR, view: FileView): readonly Route[] {
  const known = routesIn.get(file);
  if (known !== undefined) return known;
  const one = exportedAs(file, "default", view.project);
  const value = one === undefined ? undefined : follow(one, view.project);
  const list = value === undefined ? undefined : (entryOf(value.expr, "routes") ?? value.expr);
  const routes = list === undefined ? [] : recordsIn(list).flatMap(routeOf);
  routesIn.set(file, routes);
  return routes;
}

/** The handler is `controller.action`, also with the names of its API or plugin before: `api::auth.auth.login`. */
function routeOf(record: RecordExpr): readonly Route[] {
  const methods = entryOf(record, "method");
  const method = methods === undefined ? undefined : stringOf(itemsOf(methods)[0]);
  const path = stringOf(entryOf(record, "path"));
  const [action, controller] = (stringOf(entryOf(record, "handler")) ?? "").split(".").toReversed();
  if (method === undefined || path === undefined || action === undefined || controller === undefined) return [];
  return [{ method: method.toUpperCase(), path, controller: controller.replace(/^.*::/, ""), action }];
}

/** A policy that gives false is answered with PolicyError, which is a ForbiddenError: https://docs.strapi.io/cms/backend-customization/policies. */
function gate(view: FileView, name: string): readonly HandlerFound[] {
  const one = exportedAs(view.file, "default", view.project);
  if (one === undefined || !isClosure(follow(one, view.project).expr)) return [];
  return [{ kind: "gate", name, entry: entryAt(one), file: view.file, at: one.at, decides: { raises: "ForbiddenError" } }];
}

/** `plugin.controllers.auth.callback = async (ctx) => { … }`: https://docs.strapi.io/cms/plugins-development/plugins-extension. */
function extended(view: FileView): readonly HandlerFound[] {
  return view.assigns.flatMap(({ assign, scope }): readonly HandlerFound[] => {
    const names = assign.target.kind === "member" ? namesOf(assign.target) : [];
    const [root, kind, controller, action] = names;
    if (root !== "plugin" || kind !== "controllers" || controller === undefined || action === undefined) return [];
    const value: Expr = bare(assign.value);
    if (!isClosure(value)) return [];
    const { start, end } = assign;
    return [
      {
        kind: "route",
        name: `${controller}.${action}`,
        entry: entryAt({ expr: value, file: view.file, scope }),
        file: view.file,
        at: { start, end },
      },
    ];
  });
}

/** ApplicationError and its heirs in @strapi/utils, errors.ts. */
const APPLICATION_ERROR =
  /^(?:Application|Validation|YupValidation|Pagination|NotFound|Forbidden|Unauthorized|RateLimit|PayloadTooLarge|Policy|NotImplemented)Error$/;

export const strapi: Framework = {
  id: "strapi",
  title: "Strapi",
  docs: "https://docs.strapi.io/cms/backend-customization/controllers",
  languages: ["javascript"],
  enabledBy: { npm: ["@strapi/strapi", "strapi"] },
  mayHold: /\bcreateCoreController\b|\bplugin\s*\.\s*controllers\b/,
  mayHoldPath: /(?:^|\/)(?:controllers|policies)\/[^/]+\.[cm]?[jt]s$/,
  handlers,
  endOfCall: (call) => contextEndOf(call) ?? httpErrorOf(call),
  endOfAssign: contextAssigned,
  // core, middlewares/errors.ts: what is no HttpError (those have a status) and no ApplicationError is logged.
  logsUnhandled: (status, errorName) => status === undefined && !APPLICATION_ERROR.test(errorName ?? ""),
  request: {
    ip: "ctx.request.ip",
    actor: "ctx.state.user?.id",
    requestId: 'ctx.get("x-request-id")',
    userAgent: 'ctx.get("user-agent")',
  },
};
