/**
 * What one Elixir module has to know of the others to tell what it is: the routes that lead to it, and whether a plug
 * pipeline elsewhere names its functions. Read once a project: a text test finds the files, only routers and schemas are parsed.
 */
import type { ContainerIR } from "../../ir/nodes.ts";
import type { ProjectFacts } from "../framework.ts";
import { joinPaths } from "../reading.ts";
import { blockOf, macrosOf, symbolsOf, usesModule, usesRole } from "./modules.ts";
import { routesOf, type Route } from "./router.ts";

export interface ElixirIndex {
  /** Routes to a module, in the order of the routers. */
  readonly routesTo: (module: string) => readonly Route[];
  /** The path under which a router stands in others (`forward`); "" where it stands alone. */
  readonly mountOf: (module: string) => string;
  /** Is a function of that name, imported from `module`, named by a pipeline of a file other than `path`? */
  readonly isImportedPlug: (name: string, module: string, path: string) => boolean;
  /** Absinthe: names of the objects whose fields are mutations, queries or subscriptions. */
  readonly rootOf: (object: string) => string | undefined;
}

const ELIXIR = /\.exs?$/;
/** Tests drive an application, they are no part of it; `deps` are other people's. */
const ASIDE = /(?:^|\/)(?:test|deps|_build|priv)\//;
const ROUTER = /\buse\s*\(?\s*(?:Phoenix\.Router|Plug\.Router|[\w.]+\s*,\s*:\w*router)\b/;
const SCHEMA = /\buse\s*\(?\s*Absinthe\.Schema\b(?!\.)/;
const MODULE = /\bdefmodule\s+([\w.]+)/g;
const PLUG = /\bplug[ (]\s*:(\w+[?!]?)/g;
const PIPE_THROUGH = /\bpipe_through[ (]\s*(\[[^\]]*\]|:\w+[?!]?)/g;
const ATOM = /:(\w+[?!]?)/g;
const IMPORT = /\bimport\s+([\w.]+?)(?:\.\{([^}]*)\})?(?![\w.{])/g;

const known = new WeakMap<ProjectFacts, ElixirIndex>();

export function indexOf(project: ProjectFacts): ElixirIndex {
  let index = known.get(project);
  if (index === undefined) known.set(project, (index = createIndex(project)));
  return index;
}

function createIndex(project: ProjectFacts): ElixirIndex {
  const routes = new Map<string, Route[]>();
  const mounts = new Map<string, string>();
  const roots = new Map<string, string>();
  const plugs = new Map<string, Set<string>>();
  const imported = new Set<string>();
  for (const path of project.paths) {
    if (!ELIXIR.test(path) || ASIDE.test(path)) continue;
    const text = project.read(path) ?? "";
    for (const name of plugsIn(text)) (plugs.get(name) ?? newIn(plugs, name)).add(path);
    for (const name of importsIn(text)) imported.add(name);
    const containers = ROUTER.test(text) || SCHEMA.test(text) ? containersIn(project, path, text) : [];
    for (const container of containers) {
      if (isRouter(container)) readRouter(container, routes, mounts);
      if (usesModule(container, "Absinthe.Schema")) readSchema(container, roots);
    }
  }
  return {
    routesTo: (module) => routes.get(module) ?? [],
    mountOf: (module) => mountOf(module, mounts, new Set()),
    isImportedPlug: (name, module, path) => imported.has(lastOf(module)) && [...(plugs.get(name) ?? [])].some((one) => one !== path),
    rootOf: (object) => roots.get(object),
  };
}

function newIn(plugs: Map<string, Set<string>>, name: string): Set<string> {
  const paths = new Set<string>();
  plugs.set(name, paths);
  return paths;
}

/** Atoms that `plug :x` and `pipe_through :x` name. */
function plugsIn(text: string): readonly string[] {
  if (!text.includes("plug") && !text.includes("pipe_through")) return [];
  const named = [...text.matchAll(PLUG)].map((match) => match[1]!);
  const piped = [...text.matchAll(PIPE_THROUGH)].flatMap((match) => [...match[1]!.matchAll(ATOM)].map((atom) => atom[1]!));
  return [...named, ...piped];
}

/** Last names of imported modules: `import A.{B, C.D}` → `B`, `D`. */
function importsIn(text: string): readonly string[] {
  return [...text.matchAll(IMPORT)].flatMap((match) =>
    match[2] === undefined ? [lastOf(match[1]!)] : match[2].split(",").map((one) => lastOf(one.trim())),
  );
}

function lastOf(module: string): string {
  return module.slice(module.lastIndexOf(".") + 1);
}

function containersIn(project: ProjectFacts, path: string, text: string): readonly ContainerIR[] {
  const first = [...text.matchAll(MODULE)].map((match) => project.container(match[1]!)).find((one) => one?.file.path === path);
  return first?.file.containers ?? [];
}

/** A Phoenix or Plug router. */
export function isRouter(container: ContainerIR): boolean {
  return usesModule(container, "Phoenix.Router", "Plug.Router") || usesRole(container, /router$/);
}

function readRouter(router: ContainerIR, routes: Map<string, Route[]>, mounts: Map<string, string>): void {
  for (const route of routesOf(router)) {
    const list = routes.get(route.module);
    if (list === undefined) routes.set(route.module, [route]);
    else list.push(route);
    if (route.sort === "forward" && !mounts.has(route.module)) mounts.set(route.module, `${router.name} ${route.path}`);
  }
}

function mountOf(module: string, mounts: ReadonlyMap<string, string>, seen: Set<string>): string {
  const [router, path] = mounts.get(module)?.split(" ") ?? [];
  if (router === undefined || seen.has(module)) return "";
  return joinPaths(mountOf(router, mounts, seen.add(module)), path);
}

/** `mutation do import_fields :session_mutations end`: the object's fields are mutations. */
function readSchema(schema: ContainerIR, roots: Map<string, string>): void {
  for (const { name, call } of macrosOf(schema.body)) {
    if (!["mutation", "query", "subscription"].includes(name)) continue;
    for (const inner of macrosOf(blockOf(call)?.fn.body ?? [])) {
      if (inner.name !== "import_fields") continue;
      for (const object of symbolsOf(inner.call.args[0])) roots.set(object, name);
    }
  }
}
