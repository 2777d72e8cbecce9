import type { CallExpr, ContainerIR, Decorator, Expr, FunctionIR } from "../ir/nodes.ts";
import { decoratorHints, extendsOne, methodsOf, nameOfDecorator, wholeOf } from "./classes/decorated.ts";
import type { End, FileView, Framework, HandlerFound } from "./framework.ts";
import { statusByName } from "./http/statuses.ts";
import { containerOf, givenAs, lastOf, memberName, textAt } from "./jvm/annotations.ts";
import { servletEndOf } from "./jvm/servlet-ends.ts";
import { endByStatus, joinPaths, methodOf, namesOf, SAFE_VERBS } from "./reading.ts";

/** https://jakarta.ee/specifications/restful-ws/3.1/jakarta-restful-ws-spec-3.1#resource_method */
const VERBS: ReadonlySet<string> = new Set(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]);
const KNOWN: ReadonlySet<string> = new Set([
  ...VERBS,
  "Path",
  "Produces",
  "Consumes",
  "Override",
  "Transactional",
  "ApplicationScoped",
  "RequestScoped",
  "Inject",
]);

/** Jakarta REST (JAX-RS): Quarkus, Jersey, RESTEasy, Dropwizard, Helidon. */
export const jaxRs: Framework = {
  id: "jax-rs",
  title: "Jakarta REST (Quarkus, Jersey, RESTEasy, Dropwizard)",
  docs: "https://jakarta.ee/specifications/restful-ws/",
  languages: ["java", "kotlin"],
  enabledBy: {
    maven: [/^(?:jakarta|javax)\.ws\.rs:/, /^io\.quarkus/, /^org\.glassfish\.jersey/, /^io\.dropwizard/],
    imports: ["jakarta.ws.rs", "javax.ws.rs"],
  },
  mayHold:
    /@(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\b|ContainerRequestFilter|ExceptionMapper|@ServerExceptionMapper|@ServerRequestFilter/,
  handlers: (view) =>
    view.file.containers.filter((one) => one.sort === "class").flatMap((one) => [...routesOf(view, one), ...partsOf(one)]),
  endOfCall: (call) => builtResponse(call) ?? abortion(call) ?? servletEndOf(call),
  // What no mapper takes is answered 500 and logged at error by Quarkus, Jersey and RESTEasy; a WebApplicationException is an answer.
  logsUnhandled: (status, name) =>
    status === undefined && !/WebApplication|NotAuthorized|Forbidden|Unauthorized|Authentication/.test(name ?? ""),
  answersByReturn: true,
  request: {
    ip: "request.getRemoteAddr()",
    actor: "securityContext.getUserPrincipal().getName()",
    requestId: 'headers.getHeaderString("X-Request-Id")',
    userAgent: 'headers.getHeaderString("User-Agent")',
  },
};

function routesOf(view: FileView, container: ContainerIR): readonly HandlerFound[] {
  return methodsOf(container).flatMap((fn) => {
    const declared = declaration(view, container, fn);
    if (declared === undefined) return [];
    const { verb, own, of } = declared;
    const prefix = pathOf(view, container, container.decorators) ?? pathOf(view, of, of.decorators);
    const method = nameOfDecorator(verb);
    return [
      {
        ...base(container, fn, "route"),
        method,
        path: joinPaths(prefix, pathOf(view, of, own.decorators)),
        readOnly: SAFE_VERBS.has(method),
        hints: decoratorHints(container, fn, KNOWN),
      },
    ];
  });
}

interface Declaration {
  readonly verb: Decorator;
  readonly own: FunctionIR;
  readonly of: ContainerIR;
}

/** The annotations stand at the method, or at that of an interface which the resource implements. */
function declaration(view: FileView, container: ContainerIR, fn: FunctionIR): Declaration | undefined {
  const verb = fn.decorators.find((one) => VERBS.has(nameOfDecorator(one)));
  if (verb !== undefined) return { verb, own: fn, of: container };
  for (const type of container.extends) {
    const parent = containerOf(view, container.file, type.name);
    const same = parent?.functions.find((one) => one.name === fn.name && one.params.length === fn.params.length);
    const written = same?.decorators.find((one) => VERBS.has(nameOfDecorator(one)));
    if (parent !== undefined && same !== undefined && written !== undefined) return { verb: written, own: same, of: parent };
  }
  return undefined;
}

function pathOf(view: FileView, container: ContainerIR, decorators: readonly Decorator[]): string | undefined {
  const path = decorators.find((one) => nameOfDecorator(one) === "Path");
  return path && textAt(view, container.file, container, givenAs(path, "value"));
}

function partsOf(container: ContainerIR): readonly HandlerFound[] {
  return methodsOf(container).flatMap((fn) => {
    const isFilter =
      (fn.name === "filter" && extendsOne(container, /^ContainerRequestFilter$/)) ||
      fn.decorators.some((one) => nameOfDecorator(one) === "ServerRequestFilter");
    if (isFilter) return [base(container, fn, "gate")];
    const maps = fn.name === "toResponse" && container.extends.find((type) => lastOf(type.name) === "ExceptionMapper");
    if (maps) return [{ ...base(container, fn, "errors"), ...caught(maps.args?.[0]?.name) }];
    const type = fn.params[0]?.pattern;
    return fn.decorators.some((one) => nameOfDecorator(one) === "ServerExceptionMapper")
      ? [{ ...base(container, fn, "errors"), ...caught(type?.kind === "bind" ? type.type?.name : undefined) }]
      : [];
  });
}

function caught(type: string | undefined): { readonly catches?: readonly string[] } {
  return type === undefined || /^(?:Exception|Throwable|RuntimeException)$/.test(lastOf(type)) ? {} : { catches: [lastOf(type)] };
}

function base(container: ContainerIR, fn: FunctionIR, kind: HandlerFound["kind"]): HandlerFound {
  return { kind, name: memberName(container, fn), entry: { fn }, file: fn.file, container, at: wholeOf(fn) };
}

const BUILDERS: ReadonlySet<string> = new Set(["Response", "RestResponse"]);

/** `Response.status(401).entity(x).build()`, `Response.ok(x).build()`, `RestResponse.notFound()`. */
function builtResponse(call: CallExpr): End | undefined {
  const names = namesOf(call.callee);
  if (!BUILDERS.has(names[0] ?? "") || call.creates) return undefined;
  const method = methodOf(call);
  if (names.length > 2) return method === "build" ? { sent: true } : method === "entity" ? { says: call.args } : undefined;
  if (method === "status") return { ...endByStatus(call.args[0]), says: call.args.slice(1) };
  const status = method === "seeOther" || method === "temporaryRedirect" ? 303 : statusByName(method);
  return status === undefined ? undefined : { status, ...(status === 303 ? { kind: "redirect" as const } : {}), says: call.args };
}

/** `requestContext.abortWith(Response.status(401).build())` ends the request. */
function abortion(call: CallExpr): End | undefined {
  const [response] = call.args;
  if (methodOf(call) !== "abortWith" || response === undefined) return undefined;
  const status = statusIn(response);
  return { ...(status === undefined ? { kind: "denied" as const } : { status }), sent: true };
}

function statusIn(expr: Expr): number | undefined {
  if (expr.kind !== "call") return undefined;
  return builtResponse(expr)?.status ?? (expr.callee.kind === "member" ? statusIn(expr.callee.object) : undefined);
}
