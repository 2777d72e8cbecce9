import type { ContainerIR, Expr, FunctionIR } from "../ir/nodes.ts";
import { endOnConn, logsServerErrors } from "./elixir/answers.ts";
import { clausesOf, fullName, functionOf, isClause, macrosOf, moduleOf, takesConn } from "./elixir/modules.ts";
import { isController, isPowRefusal, plugNames, throughOf } from "./elixir/plugs.ts";
import { indexOf } from "./elixir/project-index.ts";
import type { Route } from "./elixir/router.ts";
import type { FileView, Framework, HandlerFound } from "./framework.ts";
import { SAFE_VERBS } from "./reading.ts";

/** Public functions of two arguments that a controller has and that are no action. */
const NO_ACTIONS = new Set(["call", "action", "init", "put_view", "handle_errors"]);

/** Phoenix controllers; their plugs are found by `plug`. */
export const phoenix: Framework = {
  id: "phoenix",
  title: "Phoenix",
  docs: "https://hexdocs.pm/phoenix/controllers.html",
  languages: ["elixir"],
  enabledBy: { hex: ["phoenix"], imports: [/^Phoenix\.Controller(?:\.|$)/] },
  mayHold: /\bcontroller\b|Controller\b/,
  handlers: (view) => view.file.containers.flatMap((container) => handlersOf(container, view)),
  endOfCall: endOnConn,
  logsUnhandled: logsServerErrors,
  request: {
    ip: "to_string(:inet.ntoa(conn.remote_ip))",
    actor: "conn.assigns.current_user",
    requestId: "Logger.metadata()[:request_id]",
    userAgent: 'List.first(Plug.Conn.get_req_header(conn, "user-agent"))',
  },
};

function handlersOf(container: ContainerIR, view: FileView): readonly HandlerFound[] {
  const routes = indexOf(view.project)
    .routesTo(container.name)
    .filter((route) => route.sort === "action");
  if (!isController(container) && !(routes.length > 0 && container.name.endsWith("Controller"))) return [];
  return [...actions(container, routes, view), ...fallbacks(container, view)];
}

function actions(container: ContainerIR, routes: readonly Route[], view: FileView): readonly HandlerFound[] {
  const isAction = actionTest(container, routes);
  const fallback = fallbackOf(container);
  return container.functions
    .filter((fn) => !fn.isPrivate && isClause(fn) && fn.container === container && fn.parent === undefined)
    .filter(isAction)
    .map((fn) => action(container, fn, routes, fallback, view));
}

/**
 * Where a router is known that names each action of the controller, exactly those; otherwise every public function of a
 * connection and parameters that is not plugged. A controller with an `action/2` of its own may give its actions more.
 */
function actionTest(container: ContainerIR, routes: readonly Route[]): (fn: FunctionIR) => boolean {
  const routed = new Set(routes.map((route) => route.action));
  const plugged = plugNames(container);
  const arities = clausesOf(container, "action", 2).length > 0 ? [2, 3, 4] : [2];
  return (fn) => {
    if (NO_ACTIONS.has(fn.name) || !arities.includes(fn.params.length)) return false;
    if (routed.size > 0 && !routed.has(null)) return routed.has(fn.name);
    return takesConn(fn) && !plugged.has(fn.name);
  };
}

function action(
  container: ContainerIR,
  fn: FunctionIR,
  routes: readonly Route[],
  fallback: Expr | undefined,
  view: FileView,
): HandlerFound {
  const own = routes.filter((route) => route.action === fn.name);
  const route = own.find(({ method }) => !SAFE_VERBS.has(method)) ?? own[0];
  return {
    kind: "route",
    name: `${container.name}.${fn.name}`,
    ...(route === undefined ? {} : { method: route.method, path: route.path, readOnly: SAFE_VERBS.has(route.method) }),
    entry: { fn },
    file: view.file,
    container,
    at: fn,
    through: throughOf(container, fn.name, view.project),
    ...(fallback === undefined ? {} : { fallback }),
  };
}

/** `action_fallback AppWeb.FallbackController`: its `call/2` is given what an action returns instead of a connection. */
function fallbackOf(container: ContainerIR): Expr | undefined {
  const named = macrosOf(container.body).find((macro) => macro.name === "action_fallback")?.call.args[0];
  if (named?.kind !== "name" || moduleOf(named) === undefined) return undefined;
  return functionOf({ ...named, name: fullName(container, named.name) }, "call");
}

/** A controller that writes its own `call/2` answers what actions of others return. */
function fallbacks(container: ContainerIR, view: FileView): readonly HandlerFound[] {
  return clausesOf(container, "call", 2)
    .filter((fn) => takesConn(fn) && !isPowRefusal(fn))
    .map((fn) => ({ kind: "errors", name: `${container.name}.call`, entry: { fn }, file: view.file, container, at: fn }));
}
