/** The routes of a Hanami application, by the class of the action that they lead to. https://guides.hanamirb.org/v2.2/routing/overview/ */
import type { CallExpr, ContainerIR, Stmt } from "../../ir/nodes.ts";
import type { ProjectFacts } from "../framework.ts";
import { entryOf, isClosure, joinPaths, methodOf, namesOf, stringOf } from "../reading.ts";
import { namesGiven, optionsOf, textIn } from "./route-context.ts";

export interface HanamiRoute {
  readonly method: string;
  readonly path: string;
}

const VERBS: ReadonlySet<string> = new Set(["get", "post", "put", "patch", "delete", "options", "link", "unlink", "trace"]);
/** Where an application, one of its slices (Hanami 2) or of its apps (Hanami 1) keeps its routes. */
const FILES = /(?:^|\/)config\/routes\.rb$/;

const known = new WeakMap<ProjectFacts, ReadonlyMap<string, HanamiRoute>>();

/** The route of an action; undefined where no file of routes leads to it. */
export function hanamiRoute(container: ContainerIR, project: ProjectFacts): HanamiRoute | undefined {
  let routes = known.get(project);
  if (routes === undefined) known.set(project, (routes = readRoutes(project)));
  return keysOf(container.name)
    .map((key) => routes.get(key))
    .find((route) => route !== undefined);
}

/**
 * The names by which routes may speak of a class: `Shop.Actions.Sessions.Create` is `sessions.create`,
 * `Admin.Actions.Users.Destroy` also `admin:users.destroy` in a slice, `Web.Controllers.Home.Index` is `home.index`.
 */
function keysOf(name: string): readonly string[] {
  const parts = name.split(".").map(underscored);
  const at = parts.findLastIndex((part) => part === "actions" || part === "controllers");
  if (at < 0) return [];
  const own = parts.slice(at + 1).join(".");
  const slice = parts[at - 1];
  return slice === undefined ? [own] : [`${slice}:${own}`, own];
}

function underscored(name: string): string {
  return name.replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, "_").toLowerCase();
}

function readRoutes(project: ProjectFacts): ReadonlyMap<string, HanamiRoute> {
  const found = new Map<string, HanamiRoute>();
  for (const path of project.paths) {
    const file = FILES.test(path) ? project.file?.(path) : undefined;
    if (file === undefined) continue;
    const bodies = [file.body, ...file.containers.filter((one) => one.sort === "class").map((one) => one.body)];
    for (const body of bodies) lines(body, { path: "", slice: "", found });
  }
  return found;
}

interface Place {
  readonly path: string;
  /** `admin:` inside a slice. */
  readonly slice: string;
  readonly found: Map<string, HanamiRoute>;
}

function lines(body: readonly Stmt[], at: Place): void {
  for (const stmt of body) {
    const value = stmt.kind === "expr" || stmt.kind === "return" || stmt.kind === "yield" ? stmt.value : null;
    if (value?.kind === "call") line(value, at);
  }
}

function line(call: CallExpr, at: Place): void {
  const name = methodOf(call);
  const block = call.args.at(-1);
  const [first] = namesGiven(call);
  if (VERBS.has(name) || name === "root") return route(call, name, at);
  if (!isClosure(block)) return;
  if (name === "slice") {
    const mounted = textIn(optionsOf(call), "at") ?? `/${first ?? ""}`;
    return lines(block.fn.body, { ...at, path: joinPaths(at.path, mounted), slice: `${first ?? ""}:` });
  }
  if (name === "scope" || name === "namespace") return lines(block.fn.body, { ...at, path: joinPaths(at.path, first ?? "") });
  lines(block.fn.body, at);
}

/** `post "/login", to: "sessions.create"`; Hanami 1 writes `sessions#create`. The first route of an action stays. */
function route(call: CallExpr, name: string, at: Place): void {
  const to = entryOf(optionsOf(call), "to");
  const written =
    stringOf(to)?.replace("#", ".") ?? (to?.kind === "name" || to?.kind === "member" ? namesOf(to).map(underscored).join(".") : undefined);
  if (written === undefined) return;
  const key = written.includes(":") ? written : at.slice + written.replace(/^.*\.(?:actions|controllers)\./, "");
  const path = joinPaths(at.path, name === "root" ? "" : (namesGiven(call)[0] ?? ""));
  if (!at.found.has(key)) at.found.set(key, { method: name === "root" ? "GET" : name.toUpperCase(), path });
}
