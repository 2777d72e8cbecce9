import type { ContainerIR, Decorator, Expr, FunctionIR } from "../ir/nodes.ts";
import type { FileView, Framework, HandlerFound, HandlerKind } from "./framework.ts";
import { decoratorHints, nameOfDecorator, textOf, wholeOf } from "./classes/decorated.ts";
import { actionsOf, basesOf, lastOf, memberName } from "./php/classes.ts";
import { symfonyEnd } from "./php/ends.ts";
import { flat, joinPaths, SAFE_VERBS, entryOf, stringOf, verbOf } from "./reading.ts";

/** Attributes that register a route, with the verb where they name one (FOSRest). https://symfony.com/doc/current/routing.html */
const ROUTES: ReadonlySet<string> = new Set(["Route", "Get", "Post", "Put", "Patch", "Delete", "AsController"]);
const CONTROLLER = /^(?:AbstractController|AbstractFOSRestController|AbstractCrudController|AbstractDashboardController|Controller)$/;

interface Part {
  readonly method: string;
  readonly of: RegExp;
  readonly kind: HandlerKind;
  /** Events that Symfony sends when it runs this. */
  readonly sends?: readonly string[];
}

/**
 * What an application does in place of the security component.
 * https://symfony.com/doc/current/security/custom_authenticator.html, https://symfony.com/doc/current/security/access_denied_handler.html
 */
const PARTS: readonly Part[] = [
  { method: "onAuthenticationFailure", of: /Authenticat(?:or|ionFailureHandler)\w*$/, kind: "gate", sends: ["LoginFailureEvent"] },
  {
    method: "onAuthenticationSuccess",
    of: /Authenticat(?:or|ionSuccessHandler)\w*$/,
    kind: "callback",
    sends: ["LoginSuccessEvent", "InteractiveLoginEvent"],
  },
  { method: "onLogoutSuccess", of: /LogoutSuccessHandler/, kind: "callback", sends: ["LogoutEvent"] },
  { method: "handle", of: /AccessDeniedHandler/, kind: "gate" },
  { method: "start", of: /AuthenticationEntryPoint/, kind: "gate" },
  { method: "process", of: /^MiddlewareInterface$/, kind: "gate" },
];

/** Symfony: attributes on controllers, the parts of its security component, listeners to errors. */
export const symfony: Framework = {
  id: "symfony",
  title: "Symfony",
  docs: "https://symfony.com/doc/current/controller.html",
  languages: ["php"],
  enabledBy: {
    packagist: ["symfony/framework-bundle", "symfony/symfony", "symfony/http-kernel", "symfony/security-bundle"],
    imports: [/\bSymfony\\(?:Component\\(?:Routing|Security|HttpKernel)|Bundle)\\/],
  },
  mayHold:
    /#\[\\?(?:\w+\\)*(?:Route|Get|Post|Put|Patch|Delete)\b|Controller\b|Authenticat|LogoutSuccess|AccessDenied|ExceptionEvent|MiddlewareInterface/,
  handlers: (view) => view.file.containers.filter((one) => one.sort === "class").flatMap((container) => ofClass(view, container)),
  endOfCall: symfonyEnd,
  // The error listener logs what nobody handles: critical from 500 on, else error; a refusal by the firewall at debug.
  // https://github.com/symfony/symfony/blob/7.2/src/Symfony/Component/HttpKernel/EventListener/ErrorListener.php
  logsUnhandled: (_status, name) => !/Authentication|AccessDenied|BadCredentials|UserNotFound|UsernameNotFound/.test(name ?? ""),
  request: {
    ip: "$request->getClientIp()",
    actor: "$this->getUser()?->getUserIdentifier()",
    requestId: "$request->headers->get('X-Request-Id')",
    userAgent: "$request->headers->get('User-Agent')",
  },
};

function ofClass(view: FileView, container: ContainerIR): readonly HandlerFound[] {
  const bases = basesOf(container, view.project);
  const parts = container.functions.flatMap((fn) => partOf(container, fn, bases));
  const routed = container.functions.flatMap((fn) => routeOf(container, fn) ?? []);
  const own = container.decorators.some((one) => nameOfDecorator(one) === "Route")
    ? container.functions.find((fn) => fn.name === "__invoke")
    : undefined;
  if (routed.length === 0 && own !== undefined)
    return [
      ...parts,
      handler(
        container,
        own,
        container.decorators.filter((one) => nameOfDecorator(one) === "Route"),
        undefined,
      ),
    ];
  if (routed.length > 0 || container.isAbstract === true) return [...parts, ...routed];
  // Routes of configuration files and docblocks: an action says so by its name.
  const isController = bases.some((base) => CONTROLLER.test(base)) && container.name.endsWith("Controller");
  const unrouted = isController
    ? actionsOf(container).filter((fn) => fn.name.endsWith("Action") || fn.name === "__invoke" || fn.params.some(isRequest))
    : [];
  return [...parts, ...unrouted.map((fn) => handler(container, fn, [], undefined))];
}

function isRequest({ pattern }: FunctionIR["params"][number]): boolean {
  return pattern.kind === "bind" && lastOf(pattern.type?.name ?? "") === "Request";
}

function partOf(container: ContainerIR, fn: FunctionIR, bases: readonly string[]): readonly HandlerFound[] {
  const first = fn.params[0]?.pattern;
  const type = first?.kind === "bind" ? lastOf(first.type?.name ?? "") : "";
  if (type === "ExceptionEvent") return [{ ...base(container, fn), kind: "errors" }];
  const part = PARTS.find((one) => one.method === fn.name && bases.some((base) => one.of.test(base)));
  return part === undefined ? [] : [{ ...base(container, fn), kind: part.kind, ...(part.sends ? { sends: part.sends } : {}) }];
}

function base(container: ContainerIR, fn: FunctionIR) {
  return { name: memberName(container, fn), entry: { fn }, file: fn.file, container, at: wholeOf(fn) };
}

function routeOf(container: ContainerIR, fn: FunctionIR): HandlerFound | undefined {
  const routes = fn.decorators.filter((one) => ROUTES.has(nameOfDecorator(one)));
  return routes.length === 0
    ? undefined
    : handler(
        container,
        fn,
        routes,
        container.decorators.find((one) => nameOfDecorator(one) === "Route"),
      );
}

function handler(container: ContainerIR, fn: FunctionIR, routes: readonly Decorator[], outer: Decorator | undefined): HandlerFound {
  const [route] = routes;
  const verbs = routes.flatMap(verbsOf);
  const method = verbs.find((verb) => !SAFE_VERBS.has(verb)) ?? verbs[0];
  const text = route === undefined ? undefined : textOf(route, "path");
  const hints = decoratorHints(container, fn, ROUTES);
  return {
    ...base(container, fn),
    kind: "route",
    ...(method === undefined ? {} : { method }),
    ...(text === undefined ? {} : { path: joinPaths("/", outer === undefined ? undefined : textOf(outer, "path"), text) }),
    ...(method !== undefined && verbs.every((verb) => SAFE_VERBS.has(verb)) ? { readOnly: true } : {}),
    ...(hints.length === 0 ? {} : { hints }),
  };
}

/** `methods: ['GET', 'POST']`, `methods: 'POST'`, `#[Post]`. */
function verbsOf(route: Decorator): readonly string[] {
  const own = verbOf(nameOfDecorator(route).toLowerCase());
  if (own !== undefined) return [own];
  const given: readonly Expr[] = route.args.flatMap((arg) => entryOf(arg, "methods") ?? []);
  return flat(given).flatMap((item) => verbOf(stringOf(item)?.toLowerCase() ?? "") ?? []);
}
