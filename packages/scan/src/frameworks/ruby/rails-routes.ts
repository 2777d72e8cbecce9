/** The routes of a Rails application. https://guides.rubyonrails.org/routing.html */
import type { CallExpr, Expr, FunctionIR, Stmt } from "../../ir/nodes.ts";
import type { ProjectFacts } from "../framework.ts";
import { entryOf, joinPaths, methodOf, stringOf } from "../reading.ts";
import { DEVISE_ACTIONS, type DeviseSort } from "./devise-actions.ts";
import { controllerKey, pluralOf } from "./inflection.ts";
import {
  inModule,
  inNamespace,
  inResource,
  inScope,
  isChosen,
  namesGiven,
  namesIn,
  optionsOf,
  OUTSIDE,
  textIn,
  type RailsRoute,
  type RouteContext,
} from "./route-context.ts";

const MAY_ROUTE = /\broutes\.draw\b|(?:^|\/)config\/routes\/|\b(?:namespace|resources?)\s*\(?\s*:/;
const ROUTE_FILE = /(?:^|\/)(?:routes\.rb|config\/routes\/[^/]+\.rb)$/;
const VERBS: ReadonlySet<string> = new Set(["get", "post", "put", "patch", "delete", "options"]);

/** Actions of a resource, with what stands behind the path of the collection or of the member. */
const ACTIONS: readonly (readonly [action: string, method: string, of: "collection" | "member", behind: string])[] = [
  ["index", "GET", "collection", ""],
  ["create", "POST", "collection", ""],
  ["new", "GET", "collection", "new"],
  ["edit", "GET", "member", "edit"],
  ["show", "GET", "member", ""],
  ["update", "PATCH", "member", ""],
  ["destroy", "DELETE", "member", ""],
];

interface Routes {
  /** By `controllerKey`. */
  readonly of: (controller: string) => readonly RailsRoute[];
  readonly isEmpty: boolean;
}

const known = new WeakMap<ProjectFacts, Routes>();

export function railsRoutes(project: ProjectFacts): Routes {
  let routes = known.get(project);
  if (routes === undefined) known.set(project, (routes = readRoutes(project)));
  return routes;
}

function readRoutes(project: ProjectFacts): Routes {
  const all: RailsRoute[] = [];
  for (const path of project.paths) {
    if (!ROUTE_FILE.test(path) || !MAY_ROUTE.test(`${path}\n${project.read(path) ?? ""}`)) continue;
    const file = project.file?.(path);
    if (file !== undefined) new Reader(all).statements(file.body, OUTSIDE);
  }
  const byKey = new Map<string, RailsRoute[]>();
  for (const route of all) {
    const key = controllerKey(route.controller);
    const list = byKey.get(key);
    if (list === undefined) byKey.set(key, [route]);
    else list.push(route);
  }
  return { of: (controller) => byKey.get(controllerKey(controller)) ?? [], isEmpty: all.length === 0 };
}

type Line = (reader: Reader, call: CallExpr, at: RouteContext) => void;

class Reader {
  private readonly found: RailsRoute[];
  private readonly concerns = new Map<string, FunctionIR>();

  constructor(found: RailsRoute[]) {
    this.found = found;
  }

  statements(body: readonly Stmt[], at: RouteContext): void {
    for (const stmt of body) this.statement(stmt, at);
  }

  private statement(stmt: Stmt, at: RouteContext): void {
    switch (stmt.kind) {
      case "expr":
      case "return":
      case "yield":
        if (stmt.value?.kind === "call") this.line(stmt.value, at);
        return;
      case "if":
        this.statements(stmt.then, at);
        this.statements(stmt.otherwise, at);
        return;
      case "loop":
      case "blockStmt":
      case "try":
        this.statements(stmt.body, at);
        return;
      case "let":
        if (stmt.value?.kind === "container") this.statements(stmt.value.container.body, at);
        return;
      default:
        return;
    }
  }

  private line(call: CallExpr, at: RouteContext): void {
    const name = methodOf(call);
    const known = LINES.get(name);
    if (known !== undefined && call.callee.kind === "name") known(this, call, at);
    else if (VERBS.has(name) || name === "match" || name === "root") this.verb(call, name, at);
    else this.block(call, at);
  }

  /** What stands in the block of the call. */
  block(call: CallExpr, at: RouteContext): void {
    for (const arg of call.args) if (arg.kind === "function") this.statements(arg.fn.body, at);
  }

  concern(call: CallExpr): void {
    const [name] = namesGiven(call);
    const block = call.args.find((arg) => arg.kind === "function");
    if (name !== undefined && block !== undefined) this.concerns.set(name, block.fn);
  }

  bring(names: readonly string[], at: RouteContext): void {
    for (const name of names) {
      const fn = this.concerns.get(name);
      if (fn !== undefined) this.statements(fn.body, at);
    }
  }

  resources(call: CallExpr, outer: RouteContext, isPlural: boolean): void {
    const options = optionsOf(call);
    const module = textIn(options, "module");
    const own = module === undefined ? outer : { ...outer, module: `${outer.module}${module}/` };
    const at = outer.resource === undefined ? own : { ...own, path: outer.path };
    for (const name of namesGiven(call)) {
      const last = name.slice(name.lastIndexOf("/") + 1);
      const named = textIn(options, "controller");
      const controller = inModule(at, named ?? (isPlural ? name : name.replace(last, pluralOf(last))));
      const inside = inResource(at, name, options, isPlural, controller);
      for (const [action, method, of, behind] of ACTIONS) {
        if ((!isPlural && action === "index") || !isChosen(options, action)) continue;
        this.add(method, joinPaths(inside.resource![of], behind), controller, action);
      }
      this.bring(namesIn(entryOf(options, "concerns")) ?? [], inside);
      this.block(call, inside);
    }
  }

  add(method: string, path: string, controller: string, action: string): void {
    this.found.push({ method, path, controller, action });
  }

  /** `get "login", to: "sessions#new"`, `post :ban, on: :member`, `root "home#index"`. */
  private verb(call: CallExpr, name: string, outer: RouteContext): void {
    const options = optionsOf(call);
    const at = placed(outer, textIn(options, "on"));
    const paths = name === "root" ? ["/"] : [...pathsOf(call)];
    const target = targetOf(call, options, name === "root");
    for (const path of paths) {
      const route = targetFor(target, path, textIn(options, "action"), textIn(options, "controller"), at);
      if (route === undefined) continue;
      const full = joinPaths(at.path, name === "root" ? "" : path.replace(/\(\.:?\w+\)$/, ""));
      for (const method of methodsOf(name, options)) this.add(method, full, route.controller, route.action);
    }
  }

  devise(call: CallExpr, at: RouteContext): void {
    const options = optionsOf(call);
    const controllers = entryOf(options, "controllers");
    const skipped = namesIn(entryOf(options, "skip")) ?? [];
    for (const scope of namesGiven(call)) {
      const base = joinPaths(at.path, textIn(options, "path") ?? scope);
      for (const [sort, actions] of Object.entries(DEVISE_ACTIONS) as [DeviseSort, (typeof DEVISE_ACTIONS)[DeviseSort]][]) {
        const controller = textIn(controllers, sort);
        if (controller === undefined || skipped.includes(sort)) continue;
        for (const [action, method, behind] of actions) this.add(method, joinPaths(base, behind), inModule(at, controller), action);
      }
    }
  }
}

const LINES: ReadonlyMap<string, Line> = new Map<string, Line>([
  ["resources", (reader, call, at) => reader.resources(call, at, true)],
  ["resource", (reader, call, at) => reader.resources(call, at, false)],
  ["namespace", (reader, call, at) => namesGiven(call).forEach((name) => reader.block(call, inNamespace(at, name, optionsOf(call))))],
  ["scope", (reader, call, at) => reader.block(call, inScope(at, call))],
  ["controller", (reader, call, at) => reader.block(call, { ...at, controller: inModule(at, namesGiven(call)[0] ?? "") })],
  ["member", (reader, call, at) => reader.block(call, placed(at, "member"))],
  ["collection", (reader, call, at) => reader.block(call, placed(at, "collection"))],
  ["nested", (reader, call, at) => reader.block(call, at)],
  ["concern", (reader, call) => reader.concern(call)],
  ["concerns", (reader, call, at) => reader.bring(namesGiven(call), at)],
  ["devise_for", (reader, call, at) => reader.devise(call, at)],
]);

function placed(at: RouteContext, on: string | undefined): RouteContext {
  if (at.resource === undefined || (on !== "member" && on !== "collection")) return at;
  return { ...at, path: at.resource[on] };
}

/** Paths that a line names: strings and symbols, and the key of `"login" => "sessions#new"`. */
function pathsOf(call: CallExpr): readonly string[] {
  const given = namesGiven(call);
  if (given.length > 0) return given;
  const options = optionsOf(call);
  if (options?.kind !== "record") return [];
  const first = options.entries[0];
  return first?.key != null && !OPTIONS.has(first.key) ? [first.key] : [];
}

const OPTIONS: ReadonlySet<string> = new Set([
  "to",
  "as",
  "via",
  "action",
  "controller",
  "on",
  "constraints",
  "defaults",
  "format",
  "path",
  "module",
]);

/** `users#show`, `:show`; undefined where the line names none, null where it names no controller at all (a redirect). */
function targetOf(call: CallExpr, options: Expr | undefined, isRoot: boolean): string | undefined | null {
  const to = entryOf(options, "to");
  if (to !== undefined) return stringOf(to) ?? null;
  if (isRoot) return namesGiven(call)[0] ?? null;
  if (namesGiven(call).length > 0 || options?.kind !== "record") return undefined;
  const first = options.entries[0];
  return first === undefined ? undefined : (stringOf(first.value) ?? null);
}

function targetFor(
  target: string | undefined | null,
  path: string,
  action: string | undefined,
  controller: string | undefined,
  at: RouteContext,
): { readonly controller: string; readonly action: string } | undefined {
  if (target === null) return undefined;
  const [first, second] = target?.split("#") ?? [];
  if (first !== undefined && second !== undefined)
    return { controller: first === "" ? (at.controller ?? "") : inModule(at, first), action: second };
  const own = controller === undefined ? at.controller : inModule(at, controller);
  const named = first ?? action;
  if (own !== undefined) return { controller: own, action: named ?? lastWord(path) };
  // `get "photos/poll"` is the action `poll` of `photos`.
  const pieces = path.split("/").filter((piece) => piece !== "" && !piece.startsWith(":") && !piece.startsWith("("));
  if (pieces.length < 2 || named !== undefined) return undefined;
  return { controller: inModule(at, pieces.slice(0, -1).join("/")), action: lastWord(path) };
}

function lastWord(path: string): string {
  const pieces = path.split("/").filter((piece) => piece !== "" && !/^[:(*]/.test(piece));
  return (pieces.at(-1) ?? "").replace(/\(.*$/, "").replaceAll("-", "_");
}

function methodsOf(name: string, options: Expr | undefined): readonly string[] {
  if (name === "root") return ["GET"];
  if (name !== "match") return [name.toUpperCase()];
  const via = (namesIn(entryOf(options, "via")) ?? []).map((verb) => verb.toUpperCase());
  const writing = via.filter((verb) => verb !== "GET" && verb !== "HEAD" && verb !== "OPTIONS");
  return [writing[0] ?? via[0] ?? "ALL"];
}
