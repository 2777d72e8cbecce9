import type { FunctionIR } from "../ir/nodes.ts";
import type { FileView, Framework, HandlerFound } from "./framework.ts";
import { basesOf } from "./python/classes.ts";
import { methodHandler } from "./python/verb-classes.ts";
import { resourcePaths } from "./python/resources.ts";
import { endsBy } from "./python/responses.ts";
import { registeredBy, routeOf, templated, type RouterKind } from "./python/routes.ts";
import { entryOf, methodOf, namesOf, pathTextOf, SAFE_VERBS, verbOf } from "./reading.ts";

const ROUTERS: RouterKind = {
  made: /^(?:Flask|Quart|APIFlask|OpenAPI|Blueprint|APIBlueprint|Namespace|Api|AppBuilder)$/,
  from: /^(?:flask|quart|apiflask|flask_\w+)(?:\.|$)/,
  prefix: /^(?:url_prefix|path)$/,
};

/** Decorators of the application that let a request pass or not, and those that answer errors. */
const GATES: ReadonlySet<string> = new Set(["before_request", "before_app_request"]);
const ERRORS: ReadonlySet<string> = new Set(["errorhandler", "app_errorhandler", "error_handler"]);
/** Functions that Flask extensions call to let the application decide a login. */
const CALLBACKS: ReadonlySet<string> = new Set(["verify_password", "verify_token", "request_loader"]);
/** Classes whose methods are called like verbs: Flask itself, Flask-RESTful, Flask-RESTX. */
const VIEWS = /^(?:MethodView|Resource|MethodResource|View|BaseResource)$/;

/** https://flask.palletsprojects.com/en/stable/api/ */
const endOfCall = endsBy({
  builders: { make_response: 1, jsonify: 99, Response: 1, render_template: 99, send_file: 99, send_from_directory: 99, json_response: 1 },
  fixed: {},
  redirects: new Set(["redirect"]),
  aborts: new Set(["abort", "error_response", "unauthorized_response"]),
});

/** Flask and what is built on it: blueprints, class views, Flask-RESTful, Flask-Login's and Flask-HTTPAuth's callbacks. */
export const flask: Framework = {
  id: "flask",
  title: "Flask",
  docs: "https://flask.palletsprojects.com/en/stable/quickstart/#routing",
  languages: ["python"],
  enabledBy: { pypi: ["flask", "quart", "apiflask", "flask-restful", "flask-restx"], imports: [/^(?:flask|quart|apiflask|flask_\w+)$/] },
  mayHold: /@\s*[\w.]+\.\w+|\badd_(?:url_rule|resource)\b|\bMethodView\b|Resource\b/,
  handlers: (view) => [
    ...registeredBy(view, ROUTERS).flatMap((one) => {
      const { fn, method } = one;
      if (GATES.has(method)) return [special(view, fn, "gate")];
      if (ERRORS.has(method)) return [special(view, fn, "errors")];
      if (method !== "route" && verbOf(method) === undefined) return [];
      return routeOf(view, one, ROUTERS) ?? [];
    }),
    ...callbacks(view),
    ...classViews(view),
    ...addedRules(view),
  ],
  endOfCall: (call) => (methodOf(call) === "abort" && namesOf(call.callee)[0] === "os" ? undefined : endOfCall(call)),
  // Flask.handle_exception logs what nobody handles at error level; an HTTPException (abort) is an answer. https://flask.palletsprojects.com/en/stable/errorhandling/
  logsUnhandled: (status) => status === undefined || status >= 500,
  answersByReturn: true,
  request: {
    ip: "request.remote_addr",
    actor: "current_user.id",
    requestId: 'request.headers.get("X-Request-ID")',
    userAgent: "request.user_agent.string",
  },
};

function special(view: FileView, fn: FunctionIR, kind: "gate" | "errors" | "callback"): HandlerFound {
  return { kind, name: fn.name, entry: { fn }, file: view.file, at: fn };
}

function callbacks(view: FileView): readonly HandlerFound[] {
  return view.file.functions
    .filter((fn) => fn.decorators.some((one) => one.name.includes(".") && CALLBACKS.has(one.name.slice(one.name.lastIndexOf(".") + 1))))
    .map((fn) => special(view, fn, "callback"));
}

/** `class Users(MethodView)`: methods that are called like verbs. */
function classViews(view: FileView): readonly HandlerFound[] {
  return view.file.containers
    .filter((container) => basesOf(container, view.project).some((name) => VIEWS.test(name)))
    .flatMap((container) =>
      container.functions.flatMap((fn): readonly HandlerFound[] => {
        const verb = verbOf(fn.name);
        if (verb === undefined) return [];
        const path = pathOfView(view, container.name);
        return [methodHandler(view, container, fn, verb, path)];
      }),
    );
}

/** The path under which a class is registered: by a call somewhere, or by its own decorator. */
function pathOfView(view: FileView, name: string): string | undefined {
  const container = view.file.containers.find((one) => one.name === name);
  const route = container?.decorators.find((one) => /\.(?:route|doc)$/.test(one.name));
  return resourcePaths(view.project).get(name) ?? withParams(pathTextOf(route?.args[0], view, null));
}

const withParams = (path: string | undefined): string | undefined => (path === undefined ? undefined : templated(path));

/** `app.add_url_rule("/login", view_func=login, methods=["POST"])`. */
function addedRules(view: FileView): readonly HandlerFound[] {
  return view.calls.flatMap(({ call, scope, container }): readonly HandlerFound[] => {
    if (methodOf(call) !== "add_url_rule") return [];
    const options = call.args.at(-1);
    const entry = entryOf(options, "view_func") ?? call.args[2];
    if (entry === undefined || entry.kind === "record" || entry.kind === "call") return [];
    const path = withParams(pathTextOf(call.args[0], view, scope));
    const listed = entryOf(options, "methods");
    const verbs =
      listed?.kind === "list" ? listed.items.flatMap((one) => (one.kind === "literal" ? String(one.value).toUpperCase() : [])) : ["GET"];
    const method = verbs.find((one) => !SAFE_VERBS.has(one)) ?? "GET";
    return [
      {
        kind: "route",
        name: namesOf(entry).at(-1) ?? "view",
        method,
        ...(path === undefined ? {} : { path }),
        entry: { expr: entry, scope },
        file: view.file,
        ...(container === null ? {} : { container }),
        at: call,
        readOnly: SAFE_VERBS.has(method),
      },
    ];
  });
}
