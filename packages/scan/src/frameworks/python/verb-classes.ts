/** Classes whose methods are called like verbs, and functions that a call registers: shapes that several frameworks share. */
import type { ContainerIR, Decorator, Expr, FunctionIR } from "../../ir/nodes.ts";
import type { CallSite, FileView, HandlerFound } from "../framework.ts";
import { follow } from "../modules/follow.ts";
import { namesOf, SAFE_VERBS } from "../reading.ts";
import { basesOf } from "./classes.ts";
import { decoratorHints, wrappedIn } from "./decorators.ts";

/** Methods of the classes that descend from one of these names. `verb` names the verb of a method, or nothing. */
export function methodsOfViews(
  view: FileView,
  bases: RegExp,
  verb: (fn: FunctionIR) => string | undefined,
  pathOf: (container: ContainerIR) => string | undefined = () => undefined,
): readonly HandlerFound[] {
  return view.file.containers
    .filter((container) => basesOf(container, view.project).some((name) => bases.test(name)))
    .flatMap((container) =>
      container.functions.flatMap((fn) => {
        const method = fn.isStatic ? undefined : verb(fn);
        return method === undefined ? [] : [methodHandler(view, container, fn, method, pathOf(container))];
      }),
    );
}

/** A method of a class that answers requests of one verb; `route` is the decorator that says so, where there is one. */
export function methodHandler(
  view: FileView,
  container: ContainerIR,
  fn: FunctionIR,
  method: string,
  path: string | undefined,
  route?: Decorator,
): HandlerFound {
  const { entry, through } = wrappedIn(view, fn);
  return {
    kind: "route",
    name: `${container.name}.${fn.name}`,
    method,
    ...(path === undefined ? {} : { path }),
    entry,
    file: view.file,
    container,
    at: fn,
    ...(through.length === 0 ? {} : { through }),
    hints: decoratorHints(fn, route),
    readOnly: SAFE_VERBS.has(method),
  };
}

/** Methods of classes that let a request pass or not. */
export function gatesOfClasses(view: FileView, bases: RegExp, names: ReadonlySet<string>): readonly HandlerFound[] {
  return view.file.containers
    .filter((container) => bases.test(container.name) || basesOf(container, view.project).some((name) => bases.test(name)))
    .flatMap((container) =>
      container.functions
        .filter((fn) => names.has(fn.name))
        .map((fn): HandlerFound => ({
          kind: "gate",
          name: `${container.name}.${fn.name}`,
          entry: { fn },
          file: view.file,
          container,
          at: fn,
        })),
    );
}

/** A function of a kind of its own: a gate, what answers errors, a callback. */
export function standing(fn: FunctionIR, kind: HandlerFound["kind"]): HandlerFound {
  const name = fn.container === undefined ? fn.name : `${fn.container.name}.${fn.name}`;
  return { kind, name, entry: { fn }, file: fn.file, at: fn, ...(fn.container === undefined ? {} : { container: fn.container }) };
}

/** A handler that a call registers: reported where the function stands, if it can be found. */
export function registeredAs(
  view: FileView,
  { call, scope, container }: CallSite,
  given: { readonly entry: Expr; readonly method: string | undefined; readonly path: string | undefined },
): HandlerFound | undefined {
  const { entry, method, path } = given;
  const found = follow({ expr: entry, file: view.file, scope }, view.project);
  const fn = found.expr.kind === "function" ? found.expr.fn : undefined;
  const words = namesOf(entry);
  if (fn === undefined && (found.expr.kind === "container" || words.length === 0)) return undefined;
  return {
    kind: "route",
    name: fn?.name ?? words.at(-1)!,
    ...(method === undefined ? {} : { method, readOnly: SAFE_VERBS.has(method) }),
    ...(path === undefined ? {} : { path }),
    entry: fn === undefined ? { expr: entry, scope } : wrappedIn({ file: fn.file, project: view.project }, fn).entry,
    file: fn?.file ?? view.file,
    ...(fn === undefined && container !== null ? { container } : {}),
    at: fn ?? call,
    ...(fn === undefined ? {} : { hints: decoratorHints(fn) }),
  };
}
