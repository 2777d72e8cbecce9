/** Routes of PHP's routers that are registered by calls: which action stands under which path. */
import { UNLINKED } from "../../ir/link.ts";
import type { CallExpr, ContainerIR, Expr, FileIR, FunctionIR } from "../../ir/nodes.ts";
import { bodiesOf, walkStmts } from "../../ir/walk.ts";
import type { HandlerFound, ProjectFacts } from "../framework.ts";
import { entryOf, itemsOf, joinPaths, methodOf, rootName, SAFE_VERBS, stringOf, verbOf } from "../reading.ts";
import { classIn, classNamed, memberName, methodNamed } from "./classes.ts";
import { contextOf, isWithin, type Group, type RouteContext } from "./groups.ts";
import { resourceRoutes } from "./resources.ts";

/** What tells the routers of one framework from others. */
export interface RouterFamily {
  /** What the chain of calls begins with: `Route`, `$router`. */
  readonly roots: RegExp;
  /** Texts that may register routes. May only over-approximate. */
  readonly mayRoute: RegExp;
  /** Where controllers are looked for that are named by text, with dots. */
  readonly namespaces: readonly string[];
  /** A prefix that the framework gives to files of routes by their path. */
  readonly prefixOf?: (path: string) => string | undefined;
}

/** A route that was read. */
export interface PhpRoute {
  readonly method: string | undefined;
  readonly path: string;
  readonly call: CallExpr;
  readonly scope: FunctionIR | null;
  readonly file: FileIR;
  /** A closure, or a method of a class of the project. */
  readonly fn: FunctionIR;
  readonly container: ContainerIR | undefined;
}

export interface PhpRoutes {
  readonly all: readonly PhpRoute[];
  /** By the full name of the class and the method's. */
  readonly ofMethod: ReadonlyMap<string, PhpRoute>;
  /** Full names of the classes that have routes. */
  readonly classes: ReadonlySet<string>;
}

interface Placed {
  readonly call: CallExpr;
  readonly scope: FunctionIR | null;
}

const known = new WeakMap<ProjectFacts, Map<RouterFamily, PhpRoutes>>();

/** Every route of a project, with the prefixes of the groups around it. */
export function routesOf(project: ProjectFacts, family: RouterFamily): PhpRoutes {
  let mine = known.get(project);
  if (mine === undefined) known.set(project, (mine = new Map()));
  let routes = mine.get(family);
  if (routes === undefined) mine.set(family, (routes = readRoutes(project, family)));
  return routes;
}

export function methodKey(container: ContainerIR, fn: FunctionIR): string {
  return `${container.name}::${fn.name || fn.start}`;
}

function readRoutes(project: ProjectFacts, family: RouterFamily): PhpRoutes {
  const files = project.paths
    .filter((path) => path.endsWith(".php") && family.mayRoute.test(project.read(path) ?? ""))
    .flatMap((path) => project.open({ ...UNLINKED, path, language: "php" }, path) ?? []);
  const placed = new Map(files.map((file) => [file, callsOf(file, family)]));
  const groups = files.flatMap((file) => placed.get(file)!.flatMap(({ call }) => groupOf(file, call) ?? []));
  const all = files.flatMap((file) => {
    const calls = placed.get(file)!;
    const longest = longestChains(calls);
    return calls.flatMap((one) => routesAt(one, contextOf(file, one.call, longest, groups, family), file, project, family));
  });
  const ofMethod = new Map<string, PhpRoute>();
  const classes = new Set<string>();
  for (const route of all) {
    if (route.container === undefined) continue;
    classes.add(route.container.name);
    const key = methodKey(route.container, route.fn);
    if (!ofMethod.has(key)) ofMethod.set(key, route);
  }
  return { all, ofMethod, classes };
}

function callsOf(file: FileIR, family: RouterFamily): readonly Placed[] {
  const calls: Placed[] = [];
  for (const { body, scope } of bodiesOf(file)) {
    walkStmts(body, (expr) => {
      const root = expr.kind === "call" ? rootName(expr.callee) : undefined;
      if (expr.kind === "call" && root !== undefined && family.roots.test(root)) calls.push({ call: expr, scope });
    });
  }
  return calls;
}

/** `Route::prefix('x')->group(…)`: the calls from the first to the last. */
export function chainOf(call: CallExpr): readonly CallExpr[] {
  const inner = call.callee.kind === "member" && call.callee.object.kind === "call" ? chainOf(call.callee.object) : [];
  return [...inner, call];
}

/** Each call → the whole chain that it is part of. */
function longestChains(calls: readonly Placed[]): ReadonlyMap<CallExpr, readonly CallExpr[]> {
  const longest = new Map<CallExpr, readonly CallExpr[]>();
  for (const { call } of calls) {
    const chain = chainOf(call);
    for (const one of chain) if ((longest.get(one)?.length ?? 0) < chain.length) longest.set(one, chain);
  }
  return longest;
}

function groupOf(file: FileIR, call: CallExpr): Group | undefined {
  if (methodOf(call) !== "group") return undefined;
  const inner = call.args.find((arg) => arg.kind === "function");
  const loaded = inner === undefined ? call.args.flatMap(textsIn).find((text) => /routes.*\.php$/.test(text)) : undefined;
  if (inner === undefined && loaded === undefined) return undefined;
  return { file, chain: chainOf(call), ...(inner?.kind === "function" && { span: inner.fn }), ...(loaded !== undefined && { loaded }) };
}

/** Texts anywhere in an expression: `base_path('routes/api.php')`. */
function textsIn(expr: Expr): readonly string[] {
  if (expr.kind === "call") return expr.args.flatMap(textsIn);
  if (expr.kind === "template") return expr.parts.flatMap((part) => (typeof part === "string" ? [part] : []));
  const text = stringOf(expr);
  return text === undefined ? [] : [text];
}

function routesAt(
  { call, scope }: Placed,
  context: RouteContext,
  file: FileIR,
  project: ProjectFacts,
  family: RouterFamily,
): readonly PhpRoute[] {
  if (call.callee.kind !== "member") return [];
  const resources = resourceRoutes(call, context);
  if (resources !== undefined) {
    return resources.flatMap((one) => {
      const container = controllerOf(one.controller, file, context, project, family);
      const fn = container === undefined ? undefined : methodNamed(container, one.action, project);
      return fn === undefined ? [] : [{ method: one.method, path: one.path, call, scope, file, fn, container }];
    });
  }
  const name = methodOf(call);
  const isMatch = name === "match" || name === "map";
  const method = isMatch ? verbIn(call.args[0]) : name === "any" ? "ALL" : verbOf(name);
  if (method === undefined && !isMatch) return [];
  const [path, action] = isMatch ? call.args.slice(1) : call.args;
  const text = stringOf(path);
  if (text === undefined || action === undefined) return [];
  const target = targetOf(action, file, context, project, family);
  return target === undefined ? [] : [{ method, path: joinPaths("/", ...context.prefixes, text), call, scope, file, ...target }];
}

function verbIn(expr: Expr | undefined): string | undefined {
  if (expr === undefined) return undefined;
  const verbs = itemsOf(expr).flatMap((item) => verbOf(stringOf(item)?.toLowerCase() ?? "") ?? []);
  return verbs.find((verb) => !SAFE_VERBS.has(verb)) ?? verbs[0];
}

type Target = Pick<PhpRoute, "fn" | "container">;

/** A closure, `[X::class, 'm']`, `X::class`, `'X@m'`, `'X::m'`, `'X:m'`, `'m'` in a group with a controller, `['uses' => …]`. */
function targetOf(action: Expr, file: FileIR, context: RouteContext, project: ProjectFacts, family: RouterFamily): Target | undefined {
  if (action.kind === "function") return { fn: action.fn, container: action.fn.container };
  const uses = entryOf(action, "uses");
  if (uses !== undefined) return targetOf(uses, file, context, project, family);
  if (action.kind === "list") {
    const last = action.items.at(-1);
    if (last?.kind === "function") return { fn: last.fn, container: last.fn.container };
    return ofClass(action.items[0], stringOf(last), file, context, project, family);
  }
  // `X::class . ':method'`
  if (action.kind === "template") {
    const [owner, method] = action.parts;
    const name = typeof method === "string" ? /^:{1,2}(\w+)$/.exec(method)?.[1] : undefined;
    return typeof owner === "string" ? undefined : ofClass(owner, name, file, context, project, family);
  }
  const text = stringOf(action);
  if (text === undefined) return ofClass(action, "__invoke", file, context, project, family);
  const parts = /^([\w\\/]+)(?:@|::?)(\w+)/.exec(text);
  if (parts !== null)
    return ofClass({ kind: "literal", start: action.start, end: action.end, value: parts[1]! }, parts[2], file, context, project, family);
  if (context.controller !== undefined && /^\w+$/.test(text)) return ofClass(context.controller, text, file, context, project, family);
  return ofClass(action, "__invoke", file, context, project, family);
}

function ofClass(
  owner: Expr | undefined,
  method: string | undefined,
  file: FileIR,
  context: RouteContext,
  project: ProjectFacts,
  family: RouterFamily,
): Target | undefined {
  const container = owner === undefined ? undefined : controllerOf(owner, file, context, project, family);
  const fn = container === undefined || method === undefined ? undefined : methodNamed(container, method, project);
  return fn === undefined ? undefined : { fn, container };
}

function controllerOf(
  owner: Expr,
  file: FileIR,
  { namespaces }: RouteContext,
  project: ProjectFacts,
  family: RouterFamily,
): ContainerIR | undefined {
  const name = classIn(owner);
  if (name !== undefined) return classNamed(name, file, project);
  const text = stringOf(owner)?.replace(/^\\/, "").replaceAll(/[\\/]/g, ".");
  if (text === undefined || text === "") return undefined;
  const inside = namespaces.map((one) => one.replaceAll("\\", ".").replace(/^\.|\.$/g, ""));
  const tried = [
    text,
    [...inside, text].join("."),
    ...family.namespaces.flatMap((one) => [[one, ...inside, text].join("."), `${one}.${text}`]),
  ];
  for (const full of tried) {
    const found = project.container(full);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The handler that a route runs. */
export function handlerOf({ method, path, call, file, fn, container }: PhpRoute): HandlerFound {
  const isClosure = fn.file === file && isWithin(fn, call);
  return {
    kind: "route",
    name: isClosure || container === undefined ? [method, path].filter((word) => word !== undefined).join(" ") : memberName(container, fn),
    ...(method === undefined ? {} : { method }),
    path,
    entry: { fn },
    file: fn.file,
    ...(container === undefined ? {} : { container }),
    at: isClosure ? { start: call.start, end: call.end } : { start: fn.start, end: fn.end },
    ...(method !== undefined && SAFE_VERBS.has(method) ? { readOnly: true } : {}),
  };
}
