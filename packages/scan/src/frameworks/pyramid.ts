import type { CallExpr, FunctionIR } from "../ir/nodes.ts";
import type { End, FileView, Framework, HandlerFound } from "./framework.ts";
import { statusByName } from "./http/statuses.ts";
import { decoratorHints, wrappedIn } from "./python/decorators.ts";
import { endsBy } from "./python/responses.ts";
import { templated } from "./python/routes.ts";
import { entryOf, methodOf, SAFE_VERBS, stringOf } from "./reading.ts";

const endOfCall = endsBy({
  builders: { Response: 99, render_to_response: 99 },
  fixed: {},
  redirects: new Set(["HTTPFound", "HTTPSeeOther", "HTTPTemporaryRedirect"]),
  aborts: new Set(),
});

/** https://docs.pylonsproject.org/projects/pyramid/en/latest/narr/viewconfig.html */
export const pyramid: Framework = {
  id: "pyramid",
  title: "Pyramid",
  docs: "https://docs.pylonsproject.org/projects/pyramid/en/latest/narr/viewconfig.html",
  languages: ["python"],
  enabledBy: { pypi: ["pyramid"], imports: [/^pyramid(?:\.|$)/] },
  mayHold: /@\s*(?:\w+\.)?(?:view_config|forbidden_view_config|exception_view_config)\b/,
  handlers: (view) => view.file.functions.flatMap((fn) => ofFunction(view, fn) ?? []),
  endOfCall: (call) => endOfCall(call) ?? errorOf(call),
  logsUnhandled: () => false,
  answersByReturn: true,
  request: {
    ip: "request.remote_addr",
    actor: "request.authenticated_userid",
    requestId: 'request.headers.get("X-Request-ID")',
    userAgent: "request.user_agent",
  },
};

function ofFunction(view: FileView, fn: FunctionIR): HandlerFound | undefined {
  const last = (name: string): string => name.slice(name.lastIndexOf(".") + 1);
  const configs = fn.decorators.filter((one) => last(one.name) === "view_config");
  if (configs.length === 0) {
    const isError = fn.decorators.some((one) => /^(?:forbidden|exception|notfound)_view_config$/.test(last(one.name)));
    return isError ? { kind: "errors", name: fn.name, entry: { fn }, file: view.file, at: fn } : undefined;
  }
  const given = configs.map((one) => one.args.at(-1));
  const verbs = given.flatMap((options) => verbsIn(entryOf(options, "request_method")));
  const method = verbs.find((verb) => !SAFE_VERBS.has(verb)) ?? verbs[0];
  const route = given.map((options) => stringOf(entryOf(options, "route_name", "name"))).find((name) => name !== undefined);
  const path = route === undefined ? undefined : pathOfRoute(view, route);
  const { entry, through } = wrappedIn(view, fn, configs.at(-1));
  return {
    kind: "route",
    name: fn.container === undefined ? fn.name : `${fn.container.name}.${fn.name}`,
    ...(method === undefined ? {} : { method, readOnly: verbs.every((verb) => SAFE_VERBS.has(verb)) }),
    ...(path === undefined ? {} : { path }),
    entry,
    file: view.file,
    ...(fn.container === undefined ? {} : { container: fn.container }),
    at: fn,
    ...(through.length === 0 ? {} : { through }),
    hints: [...(route === undefined ? [] : [route]), ...decoratorHints(fn, configs[0])],
  };
}

function verbsIn(expr: ReturnType<typeof entryOf>): readonly string[] {
  const items = expr?.kind === "list" ? expr.items : expr === undefined ? [] : [expr];
  return items.flatMap((item) => stringOf(item)?.toUpperCase() ?? []);
}

/** `config.add_route("login", "/login")` in the same file. */
function pathOfRoute(view: FileView, name: string): string | undefined {
  const site = view.calls.find(({ call }) => methodOf(call) === "add_route" && stringOf(call.args[0]) === name);
  const text = stringOf(site?.call.args[1]);
  return text === undefined ? undefined : templated(text);
}

/** `HTTPForbidden()` is an answer, given back or raised. */
function errorOf(call: CallExpr): End | undefined {
  const name = methodOf(call);
  const status = name.startsWith("HTTP") ? statusByName(name) : undefined;
  return status === undefined ? undefined : { status, sent: true, says: call.args };
}
