import type { CallExpr, Expr } from "../../ir/nodes.ts";
import { entryOf, flat, joinPaths, stringOf } from "../reading.ts";
import { singularOf } from "./inflection.ts";

/** Where a line of the routes stands. */
export interface RouteContext {
  /** Path around, with parameters: `/users/:user_id`. */
  readonly path: string;
  /** Folder of the controllers: `admin/`. */
  readonly module: string;
  /** The controller that a bare action belongs to. */
  readonly controller: string | undefined;
  /** Inside a resource: where a member and where the collection lies, and where a plain line in it does. */
  readonly resource: { readonly member: string; readonly collection: string; readonly nested: string } | undefined;
}

export const OUTSIDE: RouteContext = { path: "", module: "", controller: undefined, resource: undefined };

/** A route of the application. `action` is that of the controller `controller` (`admin/users`). */
export interface RailsRoute {
  readonly method: string;
  readonly path: string;
  readonly controller: string;
  readonly action: string;
}

export function optionsOf(call: CallExpr): Expr | undefined {
  return call.args.findLast((arg) => arg.kind === "record");
}

export function textIn(options: Expr | undefined, ...keys: readonly string[]): string | undefined {
  return stringOf(entryOf(options, ...keys));
}

/** Symbols and strings of a value: `:a`, `[:a, "b"]`; undefined where it says nothing. */
export function namesIn(value: Expr | undefined): readonly string[] | undefined {
  if (value === undefined) return undefined;
  return flat([value]).flatMap((one) => stringOf(one) ?? []);
}

/** Names that stand among the arguments, before the options. */
export function namesGiven(call: CallExpr): readonly string[] {
  return flat(call.args).flatMap((arg) => stringOf(arg) ?? []);
}

/** Whether an action is among `only` and not among `except`. */
export function isChosen(options: Expr | undefined, action: string): boolean {
  const only = namesIn(entryOf(options, "only"));
  return (only === undefined || only.includes(action)) && namesIn(entryOf(options, "except"))?.includes(action) !== true;
}

/** `namespace :admin`. */
export function inNamespace(at: RouteContext, name: string, options: Expr | undefined): RouteContext {
  return {
    ...OUTSIDE,
    path: joinPaths(at.path, textIn(options, "path") ?? name),
    module: `${at.module}${textIn(options, "module") ?? name}/`,
  };
}

/** `scope "/x", module: "y", controller: "z"`. */
export function inScope(at: RouteContext, call: CallExpr): RouteContext {
  const options = optionsOf(call);
  const module = textIn(options, "module");
  const pieces = namesGiven(call);
  const own = [textIn(options, "path") ?? "", ...pieces];
  const controller = textIn(options, "controller");
  return {
    ...at,
    path: joinPaths(at.path, ...own),
    module: module === undefined ? at.module : `${at.module}${module}/`,
    ...(controller === undefined ? {} : { controller: inModule(at, controller) }),
  };
}

/** A controller as a path, below the folder where it is named. */
export function inModule(at: RouteContext, controller: string): string {
  return controller.startsWith("/") ? controller.slice(1) : `${at.module}${controller}`;
}

/** What stands in the block of a resource. */
export function inResource(at: RouteContext, name: string, options: Expr | undefined, isPlural: boolean, controller: string): RouteContext {
  const base = joinPaths(at.path, textIn(options, "path") ?? name);
  const param = textIn(options, "param") ?? "id";
  const one = textIn(options, "as") ?? name.replace(/^.*\//, "");
  const member = isPlural ? joinPaths(base, `:${param}`) : base;
  const nested = isPlural ? joinPaths(base, `:${singularOf(one)}_${param}`) : base;
  return { path: nested, module: at.module, controller, resource: { member, collection: base, nested } };
}
