/** What stands around the controllers of Laravel applications: middleware, Livewire components, Fortify's actions, error handlers. */
import type { ContainerIR, FunctionIR } from "../../ir/nodes.ts";
import type { FileView, HandlerFound, HandlerKind } from "../framework.ts";
import { methodOf } from "../reading.ts";
import { actionsOf, basesOf, lastOf, memberName } from "./classes.ts";

/**
 * Interfaces by which an application does what a package leaves to it, and the methods.
 * https://laravel.com/docs/fortify#customizing-user-creation, https://jetstream.laravel.com/features/teams.html
 */
const ACTIONS: ReadonlyMap<string, string> = new Map([
  ["CreatesNewUsers", "create"],
  ["ResetsUserPasswords", "reset"],
  ["UpdatesUserPasswords", "update"],
  ["UpdatesUserProfileInformation", "update"],
  ["DeletesUsers", "delete"],
  ["AddsTeamMembers", "add"],
  ["InvitesTeamMembers", "invite"],
  ["RemovesTeamMembers", "remove"],
  ["CreatesTeams", "create"],
  ["DeletesTeams", "delete"],
]);

/** Methods of a Livewire component that the browser does not call by their names. https://livewire.laravel.com/docs/lifecycle-hooks */
const LIFE =
  /^(?:mount|render|boot\w*|booted\w*|hydrate\w*|dehydrate\w*|updat(?:ing|ed)\w*|rules|messages|validationAttributes|placeholder|exception|paginationView|queryString|get\w+Property|with|layout|title)$/;

export function partsOf(view: FileView): readonly HandlerFound[] {
  return [
    ...view.file.containers.flatMap((container) => (container.sort === "class" ? ofClass(view, container) : [])),
    ...view.calls.flatMap(({ call, container }) => {
      const kind = CONFIGURED.get(methodOf(call));
      const given = call.args.find((arg) => arg.kind === "function");
      if (kind === undefined || given?.kind !== "function") return [];
      const types = kind === "errors" ? caughtBy(given.fn) : [];
      const owner = container ?? given.fn.container;
      return [
        {
          kind,
          name: methodOf(call),
          entry: { fn: given.fn },
          file: view.file,
          at: given,
          ...(owner === undefined ? {} : { container: owner }),
          ...(types.length === 0 ? {} : { catches: types }),
        },
      ];
    }),
  ];
}

/** Calls that take such a part as a closure. https://laravel.com/docs/errors, https://laravel.com/docs/fortify#customizing-user-authentication */
const CONFIGURED: ReadonlyMap<string, HandlerKind> = new Map([
  ["renderable", "errors"],
  ["reportable", "errors"],
  ["authenticateUsing", "callback"],
]);

function ofClass(view: FileView, container: ContainerIR): readonly HandlerFound[] {
  const bases = basesOf(container, view.project);
  const middleware = container.functions.filter(isMiddleware).map((fn) => part(container, fn, "gate"));
  const actions = container.functions
    .filter((fn) => bases.some((base) => ACTIONS.get(base) === fn.name))
    .map((fn) => part(container, fn, "route"));
  return [...middleware, ...actions, ...errorsOf(container, bases), ...(isLivewire(view, container, bases) ? livewire(container) : [])];
}

/** `handle($request, Closure $next)`. https://laravel.com/docs/middleware */
function isMiddleware(fn: FunctionIR): boolean {
  const second = fn.params[1]?.pattern;
  return fn.name === "handle" && second?.kind === "bind" && (second.name === "next" || lastOf(second.type?.name ?? "") === "Closure");
}

function part(container: ContainerIR, fn: FunctionIR, kind: HandlerKind): HandlerFound {
  return { kind, name: memberName(container, fn), entry: { fn }, file: fn.file, container, at: { start: fn.start, end: fn.end } };
}

/** The handler of all errors, and errors that render and report themselves. https://laravel.com/docs/errors#renderable-exceptions */
function errorsOf(container: ContainerIR, bases: readonly string[]): readonly HandlerFound[] {
  const isHandler = bases.some((base) => /^ExceptionHandler$|^Handler$/.test(base));
  const isError = bases.some((base) => /(?:Exception|Error)$/.test(base));
  if (!isHandler && !isError) return [];
  return container.functions
    .filter((fn) => fn.name === "render" || fn.name === "report")
    .map((fn) => ({ ...part(container, fn, "errors"), ...(isHandler ? {} : { catches: [lastOf(container.name)] }) }));
}

/** Types of the error that a closure is given. */
function caughtBy(fn: FunctionIR): readonly string[] {
  const first = fn.params[0]?.pattern;
  const type = first?.kind === "bind" ? first.type?.name : undefined;
  return type === undefined || /^(?:Throwable|Exception)$/.test(type) ? [] : [lastOf(type)];
}

function isLivewire(view: FileView, container: ContainerIR, bases: readonly string[]): boolean {
  if (!bases.includes("Component")) return false;
  return /\bLivewire\b/.test(view.file.text) || /(?:^|\.)Livewire\./.test(container.name);
}

function livewire(container: ContainerIR): readonly HandlerFound[] {
  return actionsOf(container)
    .filter((fn) => !LIFE.test(fn.name))
    .map((fn) => ({ ...part(container, fn, "route"), method: "action" }));
}
