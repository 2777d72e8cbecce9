/** Phoenix routers as tables: which module and action answers which path. https://hexdocs.pm/phoenix/Phoenix.Router.html */
import type { CallExpr, ContainerIR, Expr, NameExpr, Stmt } from "../../ir/nodes.ts";
import { entryOf, joinPaths, stringOf } from "../reading.ts";
import { blockOf, fullName, macrosOf, moduleOf, optionsOf, symbolOf, symbolsOf, textOf, type Bound } from "./modules.ts";

/** One way to a module. */
export interface Route {
  readonly method: string;
  readonly path: string;
  /** Full name of the controller, LiveView or plug. */
  readonly module: string;
  /** null: computed, or what `init/1` is given is no atom. */
  readonly action: string | null;
  readonly sort: "action" | "live" | "forward";
}

interface Scope {
  readonly path: string;
  readonly alias: string;
}

const VERBS: Readonly<Record<string, string>> = {
  get: "GET",
  post: "POST",
  put: "PUT",
  patch: "PATCH",
  delete: "DELETE",
  head: "HEAD",
  options: "OPTIONS",
  connect: "CONNECT",
  trace: "TRACE",
};

/** What `resources` makes: action, verb, and what follows the path (`id` stands for the member's parameter). */
const RESOURCE_ACTIONS = [
  { action: "index", method: "GET", member: false, end: "" },
  { action: "edit", method: "GET", member: true, end: "/edit" },
  { action: "new", method: "GET", member: false, end: "/new" },
  { action: "show", method: "GET", member: true, end: "" },
  { action: "create", method: "POST", member: false, end: "" },
  { action: "update", method: "PATCH", member: true, end: "" },
  { action: "delete", method: "DELETE", member: true, end: "" },
] as const;

/** Every route of a router, in the order in which they are tried. */
export function routesOf(router: ContainerIR): readonly Route[] {
  return routesIn(router, router.body, { path: "", alias: "" }, undefined);
}

function routesIn(router: ContainerIR, body: readonly Stmt[], scope: Scope, around: Bound | undefined): readonly Route[] {
  return macrosOf(body, around).flatMap(({ name, call, bound }) => routesOfCall(router, name, call, bound, scope));
}

function routesOfCall(router: ContainerIR, name: string, call: CallExpr, bound: Bound, scope: Scope): readonly Route[] {
  if (name === "pipeline") return [];
  if (name === "scope") return inBlock(router, call, bound, scopeOf(router, call, bound, scope));
  if (name === "resources" || name === "resource") return resources(router, call, bound, scope);
  if (name === "live" || name === "forward") return single(router, call, bound, scope, name);
  if (Object.hasOwn(VERBS, name)) return verb(router, call.args, VERBS[name]!, bound, scope);
  if (name === "match" && call.args.length >= 3) return verb(router, call.args.slice(1), verbAt(call.args[0]), bound, scope);
  return inBlock(router, call, bound, scope);
}

function inBlock(router: ContainerIR, call: CallExpr, bound: Bound, scope: Scope): readonly Route[] {
  const block = blockOf(call);
  return block === undefined ? [] : routesIn(router, block.fn.body, scope, bound);
}

function scopeOf(router: ContainerIR, call: CallExpr, bound: Bound, outer: Scope): Scope {
  const options = optionsOf(call);
  const path = textOf(call.args[0], bound) ?? textOf(entryOf(options, "path"), bound) ?? "";
  const named = call.args.slice(0, 2).find((arg) => moduleOf(arg) !== undefined) ?? entryOf(options, "alias");
  if (named?.kind === "literal" && named.value === false) return { path: joinPaths(outer.path, path), alias: "" };
  return { path: joinPaths(outer.path, path), alias: concat(outer.alias, aliasOf(router, named)) };
}

function aliasOf(router: ContainerIR, expr: Expr | undefined): string {
  const written = moduleOf(expr);
  return written === undefined ? "" : fullName(router, written);
}

function concat(alias: string, module: string): string {
  return alias === "" || module === "" ? alias + module : `${alias}.${module}`;
}

function verbAt(expr: Expr | undefined): string {
  const name = symbolOf(expr);
  return name === undefined || name === "*" ? "ALL" : name.toUpperCase();
}

/** `get "/path", Controller, :action, options`. */
function verb(router: ContainerIR, args: readonly Expr[], method: string, bound: Bound, scope: Scope): readonly Route[] {
  const path = textOf(args[0], bound);
  const module = moduleName(router, args[1], scope);
  if (path === undefined || module === undefined) return [];
  return [{ method, path: joinPaths(scope.path, path), module, action: actionAt(args[2], bound), sort: "action" }];
}

function actionAt(expr: Expr | undefined, bound: Bound): string | null {
  if (expr?.kind === "name") return null;
  return symbolOf(expr) ?? textOf(expr, bound) ?? null;
}

function moduleName(router: ContainerIR, expr: Expr | undefined, scope: Scope): string | undefined {
  const written = moduleOf(expr);
  return written === undefined ? undefined : concat(scope.alias, fullName(router, written));
}

/** `live "/path", Module, :action` and `forward "/path", Plug`. */
function single(router: ContainerIR, call: CallExpr, bound: Bound, scope: Scope, name: "live" | "forward"): readonly Route[] {
  const [path, named, third] = call.args;
  const module = moduleName(router, named, scope) ?? moduleName(router, entryOf(optionsOf(call), "to"), scope);
  const text = textOf(path, bound);
  if (text === undefined || module === undefined) return [];
  const method = name === "live" ? "GET" : "ALL";
  return [{ method, path: joinPaths(scope.path, text), module, action: symbolOf(third) ?? null, sort: name }];
}

/** `resources "/users", UserController, only: [:show] do … end`; `singleton: true` has neither index nor parameter. */
function resources(router: ContainerIR, call: CallExpr, bound: Bound, scope: Scope): readonly Route[] {
  const path = textOf(call.args[0], bound);
  const controller = call.args[1];
  const module = moduleName(router, controller, scope);
  if (path === undefined || module === undefined || controller?.kind !== "name") return inBlock(router, call, bound, scope);
  const options = optionsOf(call);
  const single = isTrue(entryOf(options, "singleton"));
  const param = stringOf(entryOf(options, "param")) ?? "id";
  const base = joinPaths(scope.path, path);
  const routes = RESOURCE_ACTIONS.filter((one) => isWanted(one.action, options) && !(single && one.action === "index")).map(
    ({ action, method, member, end }): Route => ({
      method,
      path: joinPaths(base, member && !single ? `:${param}${end}` : end),
      module,
      action,
      sort: "action",
    }),
  );
  const name = stringOf(entryOf(options, "name")) ?? singular(controller);
  const nested: Scope = {
    path: single ? base : joinPaths(base, `:${name}_${param}`),
    alias: concat(scope.alias, aliasOf(router, entryOf(options, "alias"))),
  };
  return [...routes, ...inBlock(router, call, bound, nested)];
}

function isTrue(expr: Expr | undefined): boolean {
  return expr?.kind === "literal" && expr.value === true;
}

function isWanted(action: string, options: Expr | undefined): boolean {
  const only = entryOf(options, "only");
  if (only !== undefined) return symbolsOf(only).includes(action);
  return !symbolsOf(entryOf(options, "except")).includes(action);
}

/** `Admin.BlogPostController` → `blog_post`, as Phoenix names the parameter of nested routes. */
function singular(controller: NameExpr): string {
  const last = controller.name.split(".").at(-1) ?? "";
  return last
    .replace(/Controller$/, "")
    .replaceAll(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, (_, low?: string, up?: string, before?: string) =>
      before === undefined ? `${low}_${up}` : `${before}_`,
    )
    .toLowerCase();
}
