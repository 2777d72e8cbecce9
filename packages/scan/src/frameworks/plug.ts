import type { CallExpr, ContainerIR, Expr, FunctionIR } from "../ir/nodes.ts";
import { endOnConn, logsServerErrors } from "./elixir/answers.ts";
import {
  blockOf,
  clausesOf,
  functionOf,
  hasBehaviour,
  isClause,
  macrosOf,
  moduleOf,
  nameAt,
  optionsOf,
  symbolOf,
  symbolsOf,
  takesConn,
  textOf,
  usesModule,
  type MacroCall,
} from "./elixir/modules.ts";
import { isModulePlug, isPowRefusal, plugNames, throughOf } from "./elixir/plugs.ts";
import { indexOf } from "./elixir/project-index.ts";
import type { FileView, Framework, HandlerFound } from "./framework.ts";
import { entryOf, joinPaths, SAFE_VERBS } from "./reading.ts";

const VERBS = new Set(["get", "post", "put", "patch", "delete", "head", "options"]);

/** Plug: routers, module plugs, function plugs. Phoenix applications consist of them, too. */
export const plug: Framework = {
  id: "plug",
  title: "Plug",
  docs: "https://hexdocs.pm/plug/readme.html",
  languages: ["elixir"],
  enabledBy: { hex: ["plug", "plug_cowboy", "bandit", "phoenix"], imports: [/^Plug(?:\.|$)/] },
  mayHold: /conn\b|\b[pP]lug\b/,
  handlers: (view) => view.file.containers.flatMap((container) => handlersOf(container, view)),
  endOfCall: endOnConn,
  logsUnhandled: logsServerErrors,
  request: {
    ip: "to_string(:inet.ntoa(conn.remote_ip))",
    actor: "conn.assigns[:current_user]",
    requestId: "Logger.metadata()[:request_id]",
    userAgent: 'List.first(Plug.Conn.get_req_header(conn, "user-agent"))',
  },
};

function handlersOf(container: ContainerIR, view: FileView): readonly HandlerFound[] {
  return [
    ...(isPlugRouter(container) ? routerHandlers(container, view) : []),
    ...modulePlug(container, view),
    ...functionPlugs(container, view),
    ...refusals(container, view),
    ...errorHandlers(container, view),
  ];
}

/** `use Plug.Router`, or a module of the application's own that does and leaves `plug :match` to its users. */
function isPlugRouter(container: ContainerIR): boolean {
  return usesModule(container, "Plug.Router") || plugNames(container).has("dispatch");
}

function routerHandlers(router: ContainerIR, view: FileView): readonly HandlerFound[] {
  const prefix = indexOf(view.project).mountOf(router.name);
  const through = throughOf(router, null, view.project);
  return macrosOf(router.body).flatMap((macro) => {
    const method = methodAt(macro);
    const expr = method === undefined ? undefined : entryAt(macro.call);
    if (method === undefined || expr === undefined) return [];
    const path = joinPaths(prefix, textOf(macro.call.args[0], macro.bound) ?? "/*");
    const found: HandlerFound = {
      kind: "route",
      name: `${method} ${path}`,
      method,
      path,
      entry: { expr, scope: null },
      file: view.file,
      container: router,
      at: macro.call,
      through,
      readOnly: SAFE_VERBS.has(method),
    };
    return [found];
  });
}

/** `post "/x"`, `match "/x", via: :post`; of several verbs the first that writes. */
function methodAt({ name, call }: MacroCall): string | undefined {
  if (call.callee.kind !== "name") return undefined;
  if (VERBS.has(name)) return name.toUpperCase();
  if (name !== "match") return undefined;
  const verbs = symbolsOf(entryOf(optionsOf(call), "via")).map((verb) => verb.toUpperCase());
  return verbs.find((verb) => !SAFE_VERBS.has(verb)) ?? verbs[0] ?? "ALL";
}

/** The `do` block, or what `to:` names: a module plug or a function plug of the router. */
function entryAt(call: CallExpr): Expr | undefined {
  const block = blockOf(call);
  if (block !== undefined) return block;
  const to = entryOf(optionsOf(call), "to");
  const name = symbolOf(to);
  if (to !== undefined && name !== undefined) return nameAt(name, to);
  return to?.kind === "name" && moduleOf(to) !== undefined ? functionOf(to, "call") : undefined;
}

/** A gate, or a route where a Phoenix router names the module for a path. */
function modulePlug(container: ContainerIR, view: FileView): readonly HandlerFound[] {
  if (!isModulePlug(container)) return [];
  const route = indexOf(view.project)
    .routesTo(container.name)
    .find((one) => one.sort === "action");
  return clausesOf(container, "call", 2).map((fn) => {
    const gate = found("gate", container, fn, view);
    if (route === undefined) return gate;
    return { ...gate, kind: "route", method: route.method, path: route.path, readOnly: SAFE_VERBS.has(route.method) };
  });
}

/** Functions that a `plug` of this module names, or one of a module that imports this one. */
function functionPlugs(container: ContainerIR, view: FileView): readonly HandlerFound[] {
  const own = plugNames(container);
  const index = indexOf(view.project);
  return container.functions
    .filter((fn) => fn.params.length === 2 && isClause(fn) && fn.container === container && fn.parent === undefined)
    .filter((fn) => {
      if (own.has(fn.name)) return true;
      return !fn.isPrivate && takesConn(fn) && index.isImportedPlug(fn.name, container.name, view.file.path);
    })
    .map((fn) => found("gate", container, fn, view));
}

/** Guardian's pipelines leave the refusal to `auth_error/3` of the application, Pow's to `call(conn, :not_authenticated)`. */
function refusals(container: ContainerIR, view: FileView): readonly HandlerFound[] {
  const isGuardian = hasBehaviour(container, "Guardian.Plug.ErrorHandler");
  const clauses = [
    ...(isGuardian ? clausesOf(container, "auth_error", 3) : []),
    ...(isModulePlug(container) ? [] : clausesOf(container, "call", 2).filter(isPowRefusal)),
  ];
  return clauses.map((fn) => found("gate", container, fn, view));
}

function errorHandlers(container: ContainerIR, view: FileView): readonly HandlerFound[] {
  if (!usesModule(container, "Plug.ErrorHandler")) return [];
  return clausesOf(container, "handle_errors", 2).map((fn) => found("errors", container, fn, view));
}

function found(kind: HandlerFound["kind"], container: ContainerIR, fn: FunctionIR, view: FileView): HandlerFound {
  return { kind, name: `${container.name}.${fn.name}`, entry: { fn }, file: view.file, container, at: fn };
}
