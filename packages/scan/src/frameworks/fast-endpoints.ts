import type { CallExpr, ContainerIR, FunctionIR } from "../ir/nodes.ts";
import { walkStmts } from "../ir/walk.ts";
import { isA } from "./aspnet/attributes.ts";
import { endOfAspNetAssign, endOfAspNetCall } from "./aspnet/ends.ts";
import { wholeOf } from "./classes/decorated.ts";
import type { End, FileView, Framework, HandlerFound } from "./framework.ts";
import { statusByName } from "./http/statuses.ts";
import { lastOf } from "./jvm/annotations.ts";
import { endByStatus, joinPaths, methodOf, namesOf, SAFE_VERBS, stringOf } from "./reading.ts";

const VERBS: ReadonlySet<string> = new Set(["Get", "Post", "Put", "Patch", "Delete"]);
const HANDLES = /^(?:Handle|Execute)Async$/;

/** `class Login : Endpoint<Request, Response>` with `Post("/login")` in `Configure`, and `HandleAsync`. */
function handlers(view: FileView): readonly HandlerFound[] {
  return view.file.containers.flatMap((container) => {
    if (container.sort !== "class" || !isA(view, container, /^(?:Ep|Endpoint(?:WithoutRequest|WithMapping|WithMapper)?)$/)) return [];
    const fn = container.functions.find((one) => HANDLES.test(one.name));
    const route = routeOf(container);
    return fn === undefined || route === undefined ? [] : [found(container, fn, route)];
  });
}

interface Route {
  readonly method: string;
  readonly path: string;
}

function routeOf(container: ContainerIR): Route | undefined {
  const configure = container.functions.find((one) => one.name === "Configure");
  const routes: Route[] = [];
  walkStmts(configure?.body ?? [], (expr) => {
    const name = expr.kind === "call" ? methodOf(expr) : "";
    const path = expr.kind === "call" && VERBS.has(name) ? stringOf(expr.args[0]) : undefined;
    if (path !== undefined) routes.push({ method: name.toUpperCase(), path: joinPaths(path) });
  });
  return routes[0];
}

function found(container: ContainerIR, fn: FunctionIR, { method, path }: Route): HandlerFound {
  return {
    kind: "route",
    name: lastOf(container.name),
    method,
    path,
    entry: { fn },
    file: fn.file,
    container,
    at: wholeOf(fn),
    readOnly: SAFE_VERBS.has(method),
  };
}

/** `SendUnauthorizedAsync()`, `Send.ForbiddenAsync()`, `ThrowError("no", 401)`, `AddError("no")`. */
function endOfCall(call: CallExpr): End | undefined {
  const names = namesOf(call.callee).filter((name) => name !== "this");
  const method = names.at(-1) ?? "";
  if (method === "ThrowError")
    return { kind: "invalid", ...endByStatus(call.args[1]), sent: true, stops: true, says: call.args.slice(0, 1) };
  if (method === "AddError") return { kind: "invalid", says: call.args };
  const word = names[0] === "Send" ? /^(\w+?)Async$/.exec(method)?.[1] : /^Send(\w*?)Async$/.exec(method)?.[1];
  if (word === undefined || names.length > 2) return endOfAspNetCall(call);
  const status = word === "" ? endByStatus(call.args[1]).status : word === "Errors" ? 400 : statusByName(word);
  const denied = status === 401 || status === 403 ? { kind: "denied" as const } : {};
  return {
    ...(status === undefined ? {} : { status }),
    ...denied,
    ...(word === "Redirect" ? { kind: "redirect" as const } : {}),
    sent: true,
    says: call.args,
  };
}

export const fastEndpoints: Framework = {
  id: "fast-endpoints",
  title: "FastEndpoints",
  docs: "https://fast-endpoints.com/docs/get-started",
  languages: ["csharp"],
  enabledBy: { nuget: ["FastEndpoints"], imports: ["FastEndpoints"] },
  mayHold: /:\s*(?:Ep\.|Endpoint(?:WithoutRequest|WithMapping|WithMapper)?\b)/,
  handlers,
  endOfCall,
  endOfAssign: endOfAspNetAssign,
  // Left to ASP.NET Core, which logs at error what nobody caught.
  logsUnhandled: () => true,
  request: { ip: "HttpContext.Connection.RemoteIpAddress", actor: "User.Identity?.Name", requestId: "HttpContext.TraceIdentifier" },
};
