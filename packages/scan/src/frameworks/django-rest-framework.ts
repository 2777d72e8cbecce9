import type { ContainerIR, Decorator, FunctionIR } from "../ir/nodes.ts";
import type { FileView, Framework, HandlerFound } from "./framework.ts";
import { basesOf } from "./python/classes.ts";
import { genericHandlers, type Generic } from "./python/generic-views.ts";
import { methodHandler } from "./python/verb-classes.ts";
import { DJANGO_REQUEST, djangoEnd } from "./python/django-words.ts";
import { verbsOf } from "./python/routes.ts";
import { urlsOf } from "./python/urls.ts";
import { entryOf, joinPaths, stringOf, verbOf } from "./reading.ts";

const VIEWS = /^(?:\w*APIView|\w*ViewSet|ViewSetMixin)$/;
const PERMISSIONS = /^(?:BasePermission|\w*Permissions?|IsAuthenticated\w*|IsAdminUser|AllowAny)$/;
const AUTHENTICATION = /^(?:BaseAuthentication|\w*Authentication)$/;

/** Methods of view sets → verb. https://www.django-rest-framework.org/api-guide/viewsets/#viewset-actions */
const ACTIONS: Readonly<Record<string, string>> = {
  list: "GET",
  retrieve: "GET",
  create: "POST",
  update: "PUT",
  partial_update: "PATCH",
  destroy: "DELETE",
};
/** Hooks of the generic views → the method that runs them. https://www.django-rest-framework.org/api-guide/generic-views/#methods */
const HOOKS: Readonly<Record<string, readonly string[]>> = {
  perform_create: ["create", "post"],
  perform_update: ["update", "put", "patch"],
  perform_destroy: ["destroy", "delete"],
};
const HOOK_VERBS: Readonly<Record<string, string>> = { perform_create: "POST", perform_update: "PUT", perform_destroy: "DELETE" };

/** Generic views and mixins that write. https://www.django-rest-framework.org/api-guide/generic-views/#concrete-view-classes */
const GENERIC: readonly Generic[] = [
  {
    bases: /^(?:ModelViewSet|CreateModelMixin|(?:List)?CreateAPIView)$/,
    verb: "POST",
    does: "create",
    instead: new Set(["create", "post", "perform_create"]),
  },
  {
    bases: /^(?:ModelViewSet|UpdateModelMixin|(?:Retrieve)?Update(?:Destroy)?APIView)$/,
    verb: "PUT",
    does: "save",
    instead: new Set(["update", "partial_update", "put", "patch", "perform_update"]),
  },
  {
    bases: /^(?:ModelViewSet|DestroyModelMixin|(?:Retrieve)?(?:Update)?DestroyAPIView)$/,
    verb: "DELETE",
    does: "delete",
    instead: new Set(["destroy", "delete", "perform_destroy"]),
  },
];

/** Views and view sets of the REST framework, its permissions and authentication classes. */
export const djangoRestFramework: Framework = {
  id: "django-rest-framework",
  title: "Django REST framework",
  docs: "https://www.django-rest-framework.org/api-guide/views/",
  languages: ["python"],
  enabledBy: { pypi: ["djangorestframework"], imports: [/^rest_framework(?:\.|$)/] },
  mayHold: /View(?:Set)?\b|Permission|IsAuthenticated|Authentication\b/,
  handlers: (view) => view.file.containers.flatMap((container) => ofClass(view, container)),
  endOfCall: djangoEnd,
  // The framework answers its own exceptions without a line about them; what is no APIException goes on to Django.
  // https://www.django-rest-framework.org/api-guide/exceptions/
  logsUnhandled: (status) => status === undefined || status >= 500,
  answersByReturn: true,
  request: DJANGO_REQUEST,
};

function ofClass(view: FileView, container: ContainerIR): readonly HandlerFound[] {
  const bases = basesOf(container, view.project);
  if (bases.some((name) => VIEWS.test(name))) {
    const base = urlsOf(view.project).ofClass.get(container.name);
    return [...container.functions.flatMap((fn) => action(view, container, fn) ?? []), ...genericHandlers(view, container, GENERIC, base)];
  }
  if (bases.some((name) => PERMISSIONS.test(name)))
    return gates(view, container, /^has_(?:object_)?permission$/, { decides: { raises: "PermissionDenied" } });
  return bases.some((name) => AUTHENTICATION.test(name)) ? gates(view, container, /^authenticate(?:_credentials)?$/, {}) : [];
}

function gates(view: FileView, container: ContainerIR, names: RegExp, how: Pick<HandlerFound, "decides">): readonly HandlerFound[] {
  return container.functions
    .filter((fn) => names.test(fn.name))
    .map((fn) => ({ kind: "gate", name: `${container.name}.${fn.name}`, entry: { fn }, file: view.file, container, at: fn, ...how }));
}

function action(view: FileView, container: ContainerIR, fn: FunctionIR): HandlerFound | undefined {
  const extra = fn.decorators.find((one) => /^(?:\w+\.)?(?:action|detail_route|list_route)$/.test(one.name));
  const verb = extra === undefined ? verbOfMethod(container, fn) : verbsOf(extra, "GET")[0]!;
  if (verb === undefined) return undefined;
  const base = urlsOf(view.project).ofClass.get(container.name);
  const path = base === undefined ? undefined : extra === undefined ? base : joinPaths(base, extraPath(extra, fn));
  return methodHandler(view, container, fn, verb, path, extra);
}

function verbOfMethod(container: ContainerIR, fn: FunctionIR): string | undefined {
  if (fn.isStatic || fn.role === "getter") return undefined;
  if (Object.hasOwn(HOOKS, fn.name))
    return HOOKS[fn.name]!.some((name) => container.functions.some((one) => one.name === name)) ? undefined : HOOK_VERBS[fn.name];
  if (fn.params.length === 0) return undefined;
  return Object.hasOwn(ACTIONS, fn.name) ? ACTIONS[fn.name] : verbOf(fn.name);
}

function extraPath({ args }: Decorator, fn: FunctionIR): string {
  const options = args.at(-1);
  const detail = entryOf(options, "detail");
  const path = stringOf(entryOf(options, "url_path")) ?? fn.name;
  return detail?.kind === "literal" && detail.value === true ? `:id/${path}` : path;
}
