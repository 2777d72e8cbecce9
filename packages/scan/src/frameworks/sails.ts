import type { CallExpr, Expr, FileIR } from "../ir/nodes.ts";
import { canBeFunction } from "./builders/chain.ts";
import type { End, FileView, Framework, HandlerFound } from "./framework.ts";
import { answerOf, statusAssigned } from "./http/answers.ts";
import { httpErrorOf } from "./http/errors.ts";
import { statusByName } from "./http/statuses.ts";
import { isSource, withoutExtension } from "./modules/file-paths.ts";
import { entryAt, exportedAs, follow, type Placed } from "./modules/follow.ts";
import { bare, entryOf, methodOf, namesOf, SAFE_VERBS, stringOf } from "./reading.ts";

/** https://sailsjs.com/documentation/concepts/actions-and-controllers */
const ACTION_FILE = /^((?:.*\/)?)api\/controllers\/(.+)$/;
/** https://sailsjs.com/documentation/concepts/policies */
const POLICY_FILE = /(?:^|\/)api\/policies\/([^/]+)$/;

function handlers(view: FileView): readonly HandlerFound[] {
  const path = withoutExtension(view.file.path);
  if (!isSource(view.file.path)) return [];
  const policy = POLICY_FILE.exec(path)?.[1];
  const [, root, action] = ACTION_FILE.exec(path) ?? [];
  const one = policy === undefined && action === undefined ? undefined : exportedAs(view.file, "default", view.project);
  if (one === undefined) return [];
  const value = follow(one, view.project);
  if (value.file !== view.file) return [];
  if (policy !== undefined) {
    return value.expr.kind === "function" ? [{ kind: "gate", name: policy, entry: entryAt(value), file: view.file, at: one.at }] : [];
  }
  return action === undefined ? [] : actions(view, value, one.at, root ?? "", action);
}

/** An action of the second kind (`{ inputs, exits, fn }`), a classic one (`function (req, res)`), or a controller of several. */
function actions(view: FileView, value: Placed, at: HandlerFound["at"], root: string, path: string): readonly HandlerFound[] {
  const fn = entryOf(value.expr, "fn");
  if (fn !== undefined) return [action(view, { ...value, expr: fn }, at, root, path)];
  if (value.expr.kind === "function") return [action(view, value, at, root, path)];
  if (value.expr.kind !== "record" || !path.endsWith("Controller")) return [];
  return value.expr.entries.flatMap((entry): readonly HandlerFound[] => {
    const { key, start, end } = entry;
    if (key === null || key.startsWith("_") || !canBeFunction(entry.value)) return [];
    return [action(view, { ...value, expr: bare(entry.value) }, { start, end }, root, `${path.replace(/Controller$/, "")}/${key}`)];
  });
}

function action(view: FileView, value: Placed, at: HandlerFound["at"], root: string, path: string): HandlerFound {
  const route = routesOf(view, root).find((one) => one.action === path.toLowerCase());
  return {
    kind: "route",
    name: path,
    ...(route?.method === undefined ? {} : { method: route.method, readOnly: SAFE_VERBS.has(route.method) }),
    ...(route === undefined ? {} : { path: route.path }),
    entry: entryAt(value),
    file: view.file,
    at: { start: at.start, end: at.end },
  };
}

interface Route {
  readonly method?: string;
  readonly path: string;
  /** `entrance/login`, in lower case: names are compared so. */
  readonly action: string;
}

const routesIn = new WeakMap<FileIR, readonly Route[]>();

/** `"POST /api/v1/login": { action: "entrance/login" }` of config/routes.js: https://sailsjs.com/documentation/concepts/routes/custom-routes. */
function routesOf(view: FileView, root: string): readonly Route[] {
  const file = view.project.file?.(`${root}config/routes.js`) ?? view.project.file?.(`${root}config/routes.ts`);
  if (file === undefined) return [];
  const known = routesIn.get(file);
  if (known !== undefined) return known;
  const one = exportedAs(file, "routes", view.project);
  const map = one === undefined ? undefined : follow(one, view.project).expr;
  const routes = map?.kind !== "record" ? [] : map.entries.flatMap((entry) => routeOf(entry.key, entry.value));
  routesIn.set(file, routes);
  return routes;
}

function routeOf(address: string | null, target: Expr): readonly Route[] {
  const [, verb, path] = /^(?:([a-zA-Z]+)\s+)?(\/\S*)$/.exec(address ?? "") ?? [];
  const named =
    stringOf(target) ?? [stringOf(entryOf(target, "controller")), stringOf(entryOf(target, "action"))].filter(Boolean).join(".");
  if (path === undefined || named === "") return [];
  const action = named
    .replace(/Controller\./, "/")
    .replaceAll(".", "/")
    .toLowerCase();
  return [{ ...(verb === undefined ? {} : { method: verb.toUpperCase() }), path, action }];
}

/** `exits.unauthorized("no")`, `exits.success()`: https://sailsjs.com/documentation/concepts/actions-and-controllers#?exits. */
function exitOf(call: CallExpr): End | undefined {
  const names = namesOf(call.callee);
  if (names[0] !== "exits" || names.length !== 2) return undefined;
  const name = methodOf(call);
  if (name === "success") return { sent: true, says: call.args };
  const status = statusByName(name);
  const denied = status === 401 || status === 403 ? { kind: "denied" as const } : {};
  // The name of an exit says what happened, like a message.
  return { ...(status === undefined ? { kind: "error" as const } : { status }), ...denied, sent: true, says: [call.callee, ...call.args] };
}

export const sails: Framework = {
  id: "sails",
  title: "Sails",
  docs: "https://sailsjs.com/documentation/concepts/actions-and-controllers",
  languages: ["javascript"],
  enabledBy: { npm: ["sails"] },
  mayHold: /(?!)/,
  mayHoldPath: /(?:^|\/)api\/(?:controllers|policies)\/.*\.[cm]?[jt]s$/,
  handlers,
  endOfCall: (call) => exitOf(call) ?? answerOf(call) ?? httpErrorOf(call),
  endOfAssign: statusAssigned,
  // The default res.serverError writes the error: hooks/responses/defaults/serverError.js.
  logsUnhandled: (status) => status === undefined || status >= 500,
  request: {
    ip: "this.req.ip",
    actor: "this.req.me?.id",
    requestId: 'this.req.get("x-request-id")',
    userAgent: 'this.req.get("user-agent")',
  },
};
