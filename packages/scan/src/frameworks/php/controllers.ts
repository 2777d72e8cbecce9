/** Controllers: methods with their routes, or all public ones where no route can be read. */
import type { ContainerIR } from "../../ir/nodes.ts";
import type { FileView, HandlerFound } from "../framework.ts";
import { actionsOf, basesOf, memberName } from "./classes.ts";
import { handlerOf, methodKey, routesOf, type PhpRoute, type PhpRoutes, type RouterFamily } from "./routes.ts";

/** What applications extend, and how they call what they extend. */
const CONTROLLER = /Controller$/;

/** Handlers of the file: what its routes lead to, wherever it stands, and the methods of controllers to which no route leads. */
export function controllersOf(view: FileView, family: RouterFamily): readonly HandlerFound[] {
  const routes = routesOf(view.project, family);
  const unknown = view.file.containers.filter((container) => !routes.classes.has(container.name) && isController(view, container));
  return [...routes.all.filter((route) => route.file === view.file && isFirst(route, routes)).map(handlerOf), ...unknown.flatMap(unrouted)];
}

/** A method with several routes is one handler. */
function isFirst(route: PhpRoute, { ofMethod }: PhpRoutes): boolean {
  return route.container === undefined || ofMethod.get(methodKey(route.container, route.fn)) === route;
}

function isController(view: FileView, container: ContainerIR): boolean {
  if (container.sort !== "class" || container.isAbstract === true || !CONTROLLER.test(container.name)) return false;
  return /(?:^|\.)Controllers?(?:\.|$)/.test(container.name)
    ? container.name.endsWith(".Controller") === false
    : basesOf(container, view.project).some((base) => CONTROLLER.test(base));
}

function unrouted(container: ContainerIR): readonly HandlerFound[] {
  return actionsOf(container).map((fn) => ({
    kind: "route",
    name: memberName(container, fn),
    entry: { fn },
    file: fn.file,
    container,
    at: { start: fn.start, end: fn.end },
  }));
}
