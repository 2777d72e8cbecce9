import type { ContainerIR, Decorator, FunctionIR } from "../ir/nodes.ts";
import type { FileView, Framework, HandlerFound } from "./framework.ts";
import { decoratorHints, wrappedIn } from "./python/decorators.ts";
import { endsBy } from "./python/responses.ts";
import { pathGiven } from "./python/routes.ts";
import { flat, entryOf, joinPaths, SAFE_VERBS, stringOf, verbOf } from "./reading.ts";

/** https://docs.litestar.dev/latest/usage/routing/handlers.html, https://docs.litestar.dev/latest/usage/security/guards.html */
export const litestar: Framework = {
  id: "litestar",
  title: "Litestar",
  docs: "https://docs.litestar.dev/latest/usage/routing/handlers.html",
  languages: ["python"],
  enabledBy: { pypi: ["litestar", "starlite"], imports: [/^(?:litestar|starlite)(?:\.|$)/] },
  mayHold: /@\s*(?:get|post|put|patch|delete|route)\b/,
  handlers: (view) => view.file.functions.flatMap((fn) => ofFunction(view, fn) ?? []),
  endOfCall: endsBy({ builders: { Response: 99, Template: 99 }, fixed: {}, redirects: new Set(["Redirect"]), aborts: new Set() }),
  // https://docs.litestar.dev/latest/usage/exceptions.html: only with a logging configuration that says so.
  logsUnhandled: () => false,
  answersByReturn: true,
  request: {
    ip: "request.client.host",
    actor: "request.user",
    requestId: 'request.headers.get("x-request-id")',
    userAgent: 'request.headers.get("user-agent")',
  },
};

function ofFunction(view: FileView, fn: FunctionIR): HandlerFound | undefined {
  const decorator = fn.decorators.find((one) => isRoute(view, one));
  const method = decorator === undefined ? undefined : verbOf(decorator.name);
  if (decorator === undefined || method === undefined) return undefined;
  const { entry, through } = wrappedIn(view, fn, decorator);
  const guards = [...guardsOf(decorator), ...through];
  return {
    kind: "route",
    name: fn.container === undefined ? fn.name : `${fn.container.name}.${fn.name}`,
    method,
    path: joinPaths(fn.container && prefixOf(fn.container), pathGiven(view, decorator) ?? "/"),
    entry,
    file: view.file,
    ...(fn.container === undefined ? {} : { container: fn.container }),
    at: fn,
    ...(guards.length === 0 ? {} : { through: guards }),
    hints: decoratorHints(fn, decorator),
    readOnly: SAFE_VERBS.has(method),
  };
}

/** The decorator is a function of the library, by its import. */
function isRoute(view: FileView, { name }: Decorator): boolean {
  const source = view.importOf(name)?.source;
  return verbOf(name) !== undefined && source !== undefined && /^(?:litestar|starlite)(?:\.|$)/.test(source);
}

function guardsOf({ args }: Decorator): HandlerFound["through"] & object {
  const listed = entryOf(args.at(-1), "guards");
  return listed === undefined ? [] : flat([listed]);
}

/** `path = "/users"` of a controller. */
function prefixOf(container: ContainerIR): string | undefined {
  return stringOf(container.fields.find((field) => field.name === "path")?.value);
}
