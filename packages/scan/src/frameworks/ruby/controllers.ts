import type { ContainerIR, Expr, FunctionIR } from "../../ir/nodes.ts";
import type { FileView, HandlerFound, ProjectFacts } from "../framework.ts";
import { entryOf, methodOf, namesOf, SAFE_VERBS, stringOf } from "../reading.ts";
import { callbackNames, callbacksOf, macrosIn, namesBefore, ownMember } from "./callbacks.ts";
import { lineOf, methodOn, parentNames } from "./classes.ts";
import { railsRoutes } from "./rails-routes.ts";
import { optionsOf, type RailsRoute } from "./route-context.ts";
import { wardenCallbacks } from "./warden.ts";

/** https://api.rubyonrails.org/classes/ActionController/Metal.html */
const CONTROLLER = /(?:^|\.)(?:\w*Controller|ActionController\.(?:Base|API|Metal))$/;
const STANDARD: ReadonlySet<string> = new Set(["index", "show", "new", "create", "edit", "update", "destroy"]);
/** OmniAuth calls the action that is named like the provider. https://github.com/heartcombo/devise/wiki/OmniAuth:-Overview */
const BY_PROVIDER = /OmniauthCallbacksController$/;

export function isController(container: ContainerIR, project: ProjectFacts): boolean {
  if (container.sort !== "class" || container.extends.length === 0) return false;
  return (
    CONTROLLER.test(container.extends[0]!.name) &&
    (container.name.endsWith("Controller") || parentNames(container, project).some((name) => CONTROLLER.test(name)))
  );
}

/** Every action of a controller that a route leads to; without a file of routes, what is public. */
export function actionsOf(container: ContainerIR, view: FileView): readonly HandlerFound[] {
  const { project } = view;
  const routes = railsRoutes(project);
  const own = routes.of(container.name);
  if (parentNames(container, project).some((name) => BY_PROVIDER.test(name))) return publicActions(container, view, () => true);
  if (own.length === 0) return publicActions(container, view, (fn) => routes.isEmpty || STANDARD.has(fn.name));
  const names = [...new Set(own.map((route) => route.action))];
  return names.flatMap((name) => {
    const fn = methodOn(container, name, project);
    if (fn === undefined || fn.isPrivate) return [];
    return [
      action(
        container,
        fn,
        own.filter((route) => route.action === name),
        view,
      ),
    ];
  });
}

/** Methods that a controller or concern itself declares to run before actions. Those of parents are declared there. */
export function gatesOf(container: ContainerIR, view: FileView): readonly HandlerFound[] {
  return namesBefore(container).flatMap((name): readonly HandlerFound[] => {
    const fn = methodOn(container, name, view.project);
    if (fn === undefined) return [];
    const owner = (fn.container ?? container).name.replaceAll(".", "::");
    return [{ kind: "gate", name: `${owner}#${name}`, entry: { fn }, file: fn.file, container, at: fn }];
  });
}

function publicActions(container: ContainerIR, view: FileView, isMeant: (fn: FunctionIR) => boolean): readonly HandlerFound[] {
  const callbacks = callbackNames(container, view.project);
  return container.functions
    .filter(
      (fn) =>
        !fn.isPrivate &&
        !fn.isStatic &&
        fn.role === undefined &&
        fn.params.length === 0 &&
        !callbacks.has(fn.name) &&
        !/[?!=]$/.test(fn.name),
    )
    .filter(isMeant)
    .map((fn) => action(container, fn, [], view));
}

function action(container: ContainerIR, fn: FunctionIR, routes: readonly RailsRoute[], view: FileView): HandlerFound {
  const route = routes.find(({ method }) => !SAFE_VERBS.has(method)) ?? routes[0];
  const { before, after: own } = callbacksOf(container, fn.name, view.project);
  const after = [...own, ...wardenCallbacks(container, fn.name, view.project)];
  return {
    kind: "route",
    name: `${container.name.replaceAll(".", "::")}#${fn.name}`,
    ...(route === undefined ? {} : { method: route.method, path: route.path, readOnly: SAFE_VERBS.has(route.method) }),
    entry: { fn },
    file: fn.file,
    container,
    at: fn,
    through: before,
    ...(after.length === 0 ? {} : { after }),
  };
}

/** `rescue_from Denied, with: :refuse`, `rescue_from Denied do |error| … end`, in controllers and concerns. */
export function rescuesOf(container: ContainerIR, view: FileView): readonly HandlerFound[] {
  return macrosIn(container.body).flatMap((call): readonly HandlerFound[] => {
    if (methodOf(call) !== "rescue_from") return [];
    const block = call.args.find((arg) => arg.kind === "function");
    const name = stringOf(entryOf(optionsOf(call), "with"));
    const catches = call.args.flatMap((arg) => errorName(arg) ?? []);
    const everything = catches.some((one) => one === "StandardError" || one === "Exception");
    const fn =
      name === undefined
        ? undefined
        : lineOf(container, view.project)
            .flatMap((one) => one.functions)
            .find((one) => one.name === name);
    if (block === undefined && fn === undefined) return [];
    return [
      {
        kind: "errors",
        name: `${container.name.replaceAll(".", "::")} rescue_from`,
        entry: block === undefined ? { expr: ownMember(name!, call), scope: null } : { fn: block.fn },
        file: view.file,
        container,
        at: call,
        ...(everything || catches.length === 0 ? {} : { catches }),
      },
    ];
  });
}

function errorName(arg: Expr): string | undefined {
  const text = stringOf(arg);
  if (text !== undefined) return text.slice(text.lastIndexOf(":") + 1);
  const names = namesOf(arg);
  const last = names.at(-1);
  return arg.kind === "name" || arg.kind === "member" ? last?.slice(last.lastIndexOf(".") + 1) : undefined;
}
