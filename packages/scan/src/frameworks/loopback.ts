import type { ContainerIR, Decorator, FunctionIR } from "../ir/nodes.ts";
import { decoratorHints, decoratorIn, extendsOne, methodName, methodsOf, nameOfDecorator, wholeOf } from "./classes/decorated.ts";
import type { FileView, Framework, HandlerFound } from "./framework.ts";
import { answerOf, statusAssigned } from "./http/answers.ts";
import { httpErrorOf } from "./http/errors.ts";
import { entryOf, joinPaths, pathTextOf, SAFE_VERBS, stringOf, verbOf } from "./reading.ts";

/** https://loopback.io/doc/en/lb4/Decorators_openapi.html */
const PACKAGE = /^@loopback\/(?:rest|openapi-v3)$/;
const API: ReadonlySet<string> = new Set(["api"]);
const ROUTES: ReadonlySet<string> = new Set(["get", "post", "put", "patch", "del", "operation"]);
const KNOWN: ReadonlySet<string> = new Set([...ROUTES, "api", "response", "injectable", "bind", "inject"]);

function handlers(view: FileView): readonly HandlerFound[] {
  return view.file.containers.flatMap((container) => [...routesOf(view, container), ...strategies(container)]);
}

function routesOf(view: FileView, container: ContainerIR): readonly HandlerFound[] {
  return methodsOf(container).flatMap((fn) => {
    const decorator = decoratorIn(fn.decorators, ROUTES);
    const source = decorator === undefined ? undefined : view.importOf(decorator.name.split(".")[0] ?? "")?.source;
    return decorator === undefined || source === undefined || !PACKAGE.test(source) ? [] : routeOf(view, container, fn, decorator);
  });
}

/** `@post("/users/login")`; `@operation("post", "/users/login")`. */
function routeOf(view: FileView, container: ContainerIR, fn: FunctionIR, decorator: Decorator): readonly HandlerFound[] {
  const name = nameOfDecorator(decorator);
  const verb = name === "operation" ? (stringOf(decorator.args[0]) ?? "") : name;
  const method = verbOf(verb.toLowerCase());
  const written = pathTextOf(decorator.args[name === "operation" ? 1 : 0], view, null);
  if (method === undefined || written === undefined) return [];
  const prefix = stringOf(entryOf(decoratorIn(container.decorators, API)?.args[0], "basePath"));
  return [
    {
      ...placed(container, fn),
      kind: "route",
      method,
      path: joinPaths(prefix, written),
      readOnly: SAFE_VERBS.has(method),
      hints: decoratorHints(container, fn, KNOWN),
    },
  ];
}

/** `authenticate` of what implements AuthenticationStrategy: https://loopback.io/doc/en/lb4/Implement-your-own-strategy.html. */
function strategies(container: ContainerIR): readonly HandlerFound[] {
  if (!extendsOne(container, /^AuthenticationStrategy$/)) return [];
  return methodsOf(container)
    .filter((fn) => fn.name === "authenticate")
    .map((fn): HandlerFound => ({ ...placed(container, fn), kind: "gate" }));
}

function placed(container: ContainerIR, fn: FunctionIR): Pick<HandlerFound, "name" | "entry" | "file" | "container" | "at"> {
  return { name: methodName(container, fn), entry: { fn }, file: fn.file, container, at: wholeOf(fn) };
}

export const loopback: Framework = {
  id: "loopback",
  title: "LoopBack 4",
  docs: "https://loopback.io/doc/en/lb4/Controller.html",
  languages: ["javascript"],
  enabledBy: { npm: ["@loopback/rest", "@loopback/core"] },
  mayHold: /@(?:\w+\.)?(?:get|post|put|patch|del|operation)\s*\(|AuthenticationStrategy/,
  handlers,
  endOfCall: (call) => answerOf(call) ?? httpErrorOf(call),
  endOfAssign: statusAssigned,
  // packages/rest, log-error.provider.ts: nothing is printed below 500.
  logsUnhandled: (status) => status === undefined || status >= 500,
  request: { ip: "request.ip", actor: "currentUser?.id", requestId: 'request.get("x-request-id")', userAgent: 'request.get("user-agent")' },
};
