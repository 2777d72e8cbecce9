/** Routes that come in sets. https://laravel.com/docs/controllers#resource-controllers, https://codeigniter.com/user_guide/incoming/restful.html */
import type { CallExpr, Expr } from "../../ir/nodes.ts";
import { entryOf, joinPaths, methodOf, stringOf } from "../reading.ts";
import type { RouteContext } from "./groups.ts";

interface ResourceRoute {
  readonly method: string;
  readonly path: string;
  readonly action: string;
  readonly controller: Expr;
}

/** Action → verb, and what stands behind the name: `*` the place of one. */
const ACTIONS: readonly (readonly [action: string, method: string, rest: string])[] = [
  ["index", "GET", ""],
  ["create", "GET", "/create"],
  ["store", "POST", ""],
  ["show", "GET", "/*"],
  ["edit", "GET", "/*/edit"],
  ["update", "PUT", "/*"],
  ["destroy", "DELETE", "/*"],
  ["delete", "DELETE", "/*"],
];
/** Pages with forms, which an interface for programs has not. */
const FORMS: ReadonlySet<string> = new Set(["create", "edit"]);
const SETS: ReadonlySet<string> = new Set(["resource", "apiResource", "singleton", "apiSingleton", "presenter"]);

/** The routes of `Route::resource('users', UserController::class)`; undefined for other calls. */
export function resourceRoutes(call: CallExpr, context: RouteContext): readonly ResourceRoute[] | undefined {
  const method = methodOf(call);
  if (method === "resources" || method === "apiResources") {
    const [given] = call.args;
    if (given?.kind !== "record") return [];
    return given.entries.flatMap((entry) => (entry.key === null ? [] : ofResource(entry.key, entry.value, method.slice(0, -1), context)));
  }
  const name = SETS.has(method) ? stringOf(call.args[0]) : undefined;
  if (name === undefined) return undefined;
  const controller = call.args[1]?.kind === "record" ? entryOf(call.args[1], "controller") : call.args[1];
  return controller === undefined ? [] : ofResource(name, controller, method, context);
}

function ofResource(name: string, controller: Expr, method: string, { prefixes, only, except }: RouteContext): readonly ResourceRoute[] {
  const parts = name.split(".");
  const base = parts.map((part, i) => (i < parts.length - 1 ? `${part}/${placeOf(part)}` : part)).join("/");
  const isApi = method.startsWith("api");
  return ACTIONS.filter(
    ([action]) => (only === undefined || only.includes(action)) && !except.includes(action) && !(isApi && FORMS.has(action)),
  ).map(([action, verb, rest]) => ({
    action,
    method: verb,
    controller,
    path: joinPaths("/", ...prefixes, base + (method.endsWith("ingleton") ? "" : rest.replace("*", placeOf(parts.at(-1)!)))),
  }));
}

/** `users` → `{user}` */
function placeOf(name: string): string {
  const last = name.slice(name.lastIndexOf("/") + 1).replaceAll("-", "_");
  return `{${last.replace(/ies$/, "y").replace(/(?<=[^s])s$/, "")}}`;
}
