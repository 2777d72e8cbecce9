/** Routes as the frameworks of Rust register them: by attributes, and by calls that are given a handler a verb. */
import type { CallExpr, ContainerIR, Decorator, Expr, FunctionIR } from "../../ir/nodes.ts";
import type { CallSite, FileView, HandlerFound } from "../framework.ts";
import { entryOf, joinPaths, methodOf, namesOf, pathTextOf, receiverOf, SAFE_VERBS, stringOf, verbOf } from "../reading.ts";
import { prefixOf } from "./prefixes.ts";

/** `#[post("/login")]`, `#[route("/x", method = "GET")]`, `#[utoipa::path(put, path = "/x")]`. */
export function attributeRoutes(view: FileView, words: ReadonlySet<string>): readonly HandlerFound[] {
  return view.file.functions.flatMap((fn) =>
    fn.decorators.flatMap((decorator) => {
      const route = routeIn(decorator, words);
      return route === undefined ? [] : [routeAt(view, fn.name, route.method, route.path, fn, { fn })];
    }),
  );
}

function routeIn({ name, args }: Decorator, words: ReadonlySet<string>): { method: string; path: string } | undefined {
  const last = name.slice(name.lastIndexOf(".") + 1);
  if (!words.has(last)) return undefined;
  const named = args.at(-1);
  const path = stringOf(args[0]) ?? stringOf(entryOf(named, "path", "uri"));
  const verbs = [last, stringOf(entryOf(named, "method")) ?? "", ...args.flatMap((arg) => (arg.kind === "name" ? [arg.name] : []))];
  const method = verbs.map((one) => verbOf(one.toLowerCase())).find((one) => one !== undefined);
  return path === undefined || method === undefined ? undefined : { method, path: path.split("?")[0]! };
}

function routeAt(
  view: FileView,
  name: string,
  method: string,
  path: string,
  at: HandlerFound["at"],
  entry: HandlerFound["entry"],
  through: readonly Expr[] = [],
): HandlerFound {
  return {
    kind: "route",
    name,
    method,
    path: joinPaths(path),
    entry,
    file: view.file,
    at,
    ...(through.length === 0 ? {} : { through }),
    readOnly: SAFE_VERBS.has(method),
  };
}

/** `.route("/login", post(login).get(form))`, `web::resource("/x").route(web::post().to(f))`: `words` are the methods that register. */
export function calledRoutes(view: FileView, words: ReadonlySet<string>): readonly HandlerFound[] {
  return view.calls.flatMap((site) => {
    const { call, scope } = site;
    if (!words.has(methodOf(call)) || receiverOf(call) === undefined) return [];
    const own = call.args.length > 1 ? pathTextOf(call.args[0], view, scope) : resourcePath(call);
    const handlers = call.args.at(-1);
    if (own === undefined || handlers === undefined) return [];
    const path = joinPaths(prefixOf(view, site), own);
    return givenIn(handlers).map(({ method, entry }) =>
      routeAt(
        view,
        namesOf(entry).at(-1) ?? `${method} ${path}`,
        method,
        path,
        call.args.length > 1 ? { start: call.args[0]!.start, end: call.end } : handlers,
        { expr: entry, scope },
      ),
    );
  });
}

/** `web::resource("/login")` in front of `.route(…)`. */
function resourcePath(call: CallExpr): string | undefined {
  let at: Expr | undefined = receiverOf(call);
  while (at?.kind === "call") {
    if (methodOf(at) === "resource") return stringOf(at.args[0]);
    at = receiverOf(at);
  }
  return undefined;
}

/** The handlers of `get(a).post(b)`, `web::post().to(c)`, `routing::any(d)`. */
function givenIn(expr: Expr): readonly { method: string; entry: Expr }[] {
  if (expr.kind !== "call") return [];
  const before = receiverOf(expr);
  const name = methodOf(expr);
  const rest = before === undefined ? [] : givenIn(before);
  const [entry] = expr.args;
  if (entry === undefined) return rest;
  if (name === "to" && before?.kind === "call") {
    const verb = verbIn(before);
    return verb === undefined ? rest : [{ method: verb, entry }];
  }
  const verb = name === "any" ? "ALL" : verbOf(name.replace(/_service$/, ""));
  return verb === undefined || entry.kind === "literal" ? rest : [...rest, { method: verb, entry }];
}

/** `web::post()`, `web::method(Method::PUT)`, guards after it. */
function verbIn(expr: Expr): string | undefined {
  return namesOf(expr)
    .map((name) => verbOf(name))
    .find((one) => one !== undefined);
}

/** Middleware that is a function: `middleware::from_fn(require_login)`, `from_fn_with_state(state, f)`. */
export function middlewareFunctions(view: FileView): readonly HandlerFound[] {
  return view.calls.flatMap(({ call, scope }: CallSite): readonly HandlerFound[] => {
    const entry = call.args.at(-1);
    if (!/^(?:from_fn|from_fn_with_state|wrap_fn|map_request)$/.test(methodOf(call)) || entry === undefined) return [];
    return [
      {
        kind: "gate",
        name: namesOf(entry).at(-1) ?? "middleware",
        entry: { expr: entry, scope },
        file: view.file,
        at: { start: entry.start, end: call.end },
      },
    ];
  });
}

/** Methods of the implementations of a trait: extractors that may refuse, errors that become answers. */
export function implemented(view: FileView, traits: RegExp, method: RegExp, kind: "gate" | "errors", types = /./): readonly HandlerFound[] {
  return view.file.containers.flatMap((container: ContainerIR) => {
    if (!container.extends.some(({ name }) => traits.test(name)) || !types.test(container.name)) return [];
    return container.functions
      .filter((fn: FunctionIR) => method.test(fn.name))
      .map((fn): HandlerFound => ({ kind, name: `${container.name}.${fn.name}`, entry: { fn }, file: view.file, container, at: fn }));
  });
}
