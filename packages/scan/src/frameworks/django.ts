import type { ContainerIR, FunctionIR } from "../ir/nodes.ts";
import type { FileView, Framework, HandlerFound } from "./framework.ts";
import { basesOf } from "./python/classes.ts";
import { genericHandlers, type Generic } from "./python/generic-views.ts";
import { methodHandler } from "./python/verb-classes.ts";
import { decoratorHints, wrappedIn } from "./python/decorators.ts";
import { DJANGO_REQUEST, djangoEnd, verbOfView } from "./python/django-words.ts";
import { functionOf, mayRoute, urlsOf } from "./python/urls.ts";
import { verbOf } from "./reading.ts";

/** Classes of views; those of the REST framework have a file of their own. https://docs.djangoproject.com/en/stable/ref/class-based-views/ */
const VIEWS = /View$/;
const REST = /^(?:APIView|GenericAPIView|\w*APIView|\w*ViewSet|ViewSetMixin)$/;
/** Methods that a form view runs where its form is right. */
const FORM_METHODS: ReadonlySet<string> = new Set(["form_valid", "done"]);
/** https://docs.djangoproject.com/en/stable/topics/auth/customizing/#writing-an-authentication-backend */
const BACKENDS = /^(?:ModelBackend|BaseBackend|RemoteUserBackend|AllowAllUsersModelBackend|\w*(?:Auth|Authentication|LDAP|Login)Backend)$/;
const MIDDLEWARE: ReadonlySet<string> = new Set(["__call__", "process_request", "process_view"]);

/** Django: function and class views of the URL configuration, form views, middleware and authentication backends. */
export const django: Framework = {
  id: "django",
  title: "Django",
  docs: "https://docs.djangoproject.com/en/stable/topics/http/views/",
  languages: ["python"],
  enabledBy: { pypi: ["django"], imports: [/^django(?:\.|$)/] },
  mayHold: /\burlpatterns\b|View\b|\bMiddleware|\bget_response\b|Backend\b|\bdef\s+process_(?:request|view)\b/,
  handlers: (view) => [
    ...(mayRoute(view.file.text) ? functionViews(view) : []),
    ...view.file.containers.flatMap((container) => ofClass(view, container)),
  ],
  endOfCall: djangoEnd,
  // django.request logs PermissionDenied and other refusals as a warning, all else that nobody handles as an error.
  // https://docs.djangoproject.com/en/stable/ref/logging/#django-request (core/handlers/exception.py)
  logsUnhandled: (status) => status === undefined || status !== 404,
  answersByReturn: true,
  request: DJANGO_REQUEST,
};

function functionViews(view: FileView): readonly HandlerFound[] {
  return urlsOf(view.project)
    .all.filter((pattern) => pattern.file === view.file)
    .flatMap((pattern): readonly HandlerFound[] => {
      const fn = functionOf(pattern, view.project);
      if (fn === undefined || fn.params.length === 0) return [];
      const { entry, through } = wrappedIn({ file: fn.file, project: view.project }, fn);
      return [
        {
          kind: "route",
          name: fn.name,
          ...verbOfView(fn),
          path: pattern.path,
          entry,
          file: fn.file,
          at: fn,
          ...(through.length === 0 ? {} : { through }),
          hints: decoratorHints(fn),
        },
      ];
    });
}

function ofClass(view: FileView, container: ContainerIR): readonly HandlerFound[] {
  const bases = basesOf(container, view.project);
  if (bases.some((name) => REST.test(name))) return [];
  if (bases.some((name) => VIEWS.test(name))) return classView(view, container);
  if (bases.some((name) => BACKENDS.test(name))) return methods(view, container, "callback", new Set(["authenticate"]));
  const isMiddleware = container.name.endsWith("Middleware") || bases.some((name) => /Middleware(?:Mixin)?$/.test(name));
  return isMiddleware ? methods(view, container, "gate", MIDDLEWARE) : [];
}

function methods(view: FileView, container: ContainerIR, kind: "gate" | "callback", names: ReadonlySet<string>): readonly HandlerFound[] {
  return container.functions
    .filter((fn) => names.has(fn.name) && fn.params.length > 0)
    .map((fn) => ({ kind, name: `${container.name}.${fn.name}`, entry: { fn }, file: view.file, container, at: fn }));
}

function classView(view: FileView, container: ContainerIR): readonly HandlerFound[] {
  const path = urlsOf(view.project).ofClass.get(container.name);
  const own = container.functions.flatMap((fn): readonly HandlerFound[] => {
    const verb = FORM_METHODS.has(fn.name) ? "POST" : verbOfMethod(fn);
    if (verb === undefined) return [];
    return [methodHandler(view, container, fn, verb, path)];
  });
  return [...own, ...genericHandlers(view, container, GENERIC, path)];
}

/** Generic views that write. https://docs.djangoproject.com/en/stable/ref/class-based-views/generic-editing/ */
const GENERIC: readonly Generic[] = [
  { bases: /^CreateView$/, verb: "POST", does: "create", instead: new Set(["post", "form_valid"]) },
  { bases: /^UpdateView$/, verb: "PUT", does: "save", instead: new Set(["post", "form_valid"]) },
  { bases: /^DeleteView$/, verb: "DELETE", does: "delete", instead: new Set(["post", "delete", "form_valid"]) },
];

/** Methods that are called like verbs and take the request. */
function verbOfMethod(fn: FunctionIR): string | undefined {
  return fn.isStatic || fn.params.length === 0 ? undefined : verbOf(fn.name);
}
