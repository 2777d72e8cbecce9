import type { CallExpr, ContainerIR, FunctionIR } from "../ir/nodes.ts";
import { decoratorHints, extendsOne, methodsOf, nameOfDecorator, wholeOf } from "./classes/decorated.ts";
import type { End, FileView, Framework, HandlerFound } from "./framework.ts";
import { statusByName } from "./http/statuses.ts";
import { givenAs, isOf, lastOf, memberName, textAt } from "./jvm/annotations.ts";
import { endByStatus, joinPaths, methodOf, namesOf, SAFE_VERBS } from "./reading.ts";

/** https://docs.micronaut.io/latest/guide/#routing */
const VERBS: Readonly<Record<string, string>> = { Get: "GET", Post: "POST", Put: "PUT", Patch: "PATCH", Delete: "DELETE" };
const KNOWN: ReadonlySet<string> = new Set([
  ...Object.keys(VERBS),
  "Controller",
  "Produces",
  "Consumes",
  "ExecuteOn",
  "Override",
  "Status",
]);

export const micronaut: Framework = {
  id: "micronaut",
  title: "Micronaut",
  docs: "https://docs.micronaut.io/latest/guide/#httpServer",
  languages: ["java", "kotlin"],
  enabledBy: { maven: [/^io\.micronaut/], imports: ["io.micronaut"] },
  mayHold: /@(?:Get|Post|Put|Patch|Delete|Error)\b|AuthenticationProvider|ExceptionHandler\b|HttpServerFilter/,
  handlers: (view) =>
    view.file.containers.filter((one) => one.sort === "class").flatMap((one) => [...routesOf(view, one), ...partsOf(one)]),
  endOfCall: endOfResponse,
  // The default error route logs what nobody handles at error.
  logsUnhandled: (status) => status === undefined,
  answersByReturn: true,
  request: {
    ip: "request.getRemoteAddress().getHostString()",
    actor: "principal.getName()",
    requestId: 'request.getHeaders().get("X-Request-Id")',
    userAgent: 'request.getHeaders().get("User-Agent")',
  },
};

function routesOf(view: FileView, container: ContainerIR): readonly HandlerFound[] {
  const controller = container.decorators.find((one) => nameOfDecorator(one) === "Controller");
  if (controller === undefined || !isOf(view.file, controller.name, "io.micronaut")) return [];
  const prefix = textAt(view, view.file, container, givenAs(controller, "value"));
  return methodsOf(container).flatMap((fn) =>
    fn.decorators.flatMap((one) => {
      const method = VERBS[nameOfDecorator(one)];
      if (method === undefined) return [];
      const path = textAt(view, view.file, container, givenAs(one, "value", "uri"));
      return [
        {
          ...base(container, fn, "route"),
          method,
          path: joinPaths(prefix, path),
          readOnly: SAFE_VERBS.has(method),
          hints: decoratorHints(container, fn, KNOWN),
        },
      ];
    }),
  );
}

/** https://micronaut-projects.github.io/micronaut-security/latest/guide/#authenticationProviders, https://docs.micronaut.io/latest/guide/#errorHandling */
function partsOf(container: ContainerIR): readonly HandlerFound[] {
  return methodsOf(container).flatMap((fn): readonly HandlerFound[] => {
    if (fn.name === "authenticate" && extendsOne(container, /AuthenticationProvider$/)) return [base(container, fn, "callback")];
    if (fn.name === "doFilter" && extendsOne(container, /^HttpServerFilter$/)) return [base(container, fn, "gate")];
    const handles = container.extends.find((type) => lastOf(type.name) === "ExceptionHandler")?.args?.[0]?.name;
    if (fn.name !== "handle" || handles === undefined) return [];
    const every = /^(?:Exception|Throwable|RuntimeException)$/.test(lastOf(handles));
    return [{ ...base(container, fn, "errors"), ...(every ? {} : { catches: [lastOf(handles)] }) }];
  });
}

function base(container: ContainerIR, fn: FunctionIR, kind: HandlerFound["kind"]): HandlerFound {
  return { kind, name: memberName(container, fn), entry: { fn }, file: fn.file, container, at: wholeOf(fn) };
}

/** `HttpResponse.unauthorized()`, `HttpResponse.status(HttpStatus.FORBIDDEN)`, `AuthenticationResponse.failure("…")`. */
function endOfResponse(call: CallExpr): End | undefined {
  const [root, ...rest] = namesOf(call.callee);
  const method = methodOf(call);
  if (root === "AuthenticationResponse") {
    if (method === "failure" || method === "exception") return { kind: "denied", sent: true, says: call.args };
    return method === "success" ? { status: 200, sent: true } : undefined;
  }
  if (root !== "HttpResponse" || rest.length !== 1) return undefined;
  if (method === "status") return { ...endByStatus(call.args[0]), sent: true };
  const status = statusByName(method);
  return status === undefined ? undefined : { status, sent: true, says: call.args };
}
