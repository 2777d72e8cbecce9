/** What stands around the handlers of ASP.NET Core: filters, middleware, authentication, error handlers. */
import type { ContainerIR, FunctionIR, Stmt } from "../../ir/nodes.ts";
import { walkStmts } from "../../ir/walk.ts";
import { wholeOf } from "../classes/decorated.ts";
import type { FileView, HandlerFound, HandlerKind } from "../framework.ts";
import { lastOf, memberName } from "../jvm/annotations.ts";
import { methodOf } from "../reading.ts";
import { isA } from "./attributes.ts";

interface Part {
  readonly method: RegExp;
  readonly kind: HandlerKind;
  /** Names of the types that the class extends or implements. */
  readonly of: RegExp;
}

/**
 * https://learn.microsoft.com/aspnet/core/mvc/controllers/filters, …/fundamentals/middleware/write,
 * …/security/authentication/, …/fundamentals/error-handling
 */
const PARTS: readonly Part[] = [
  {
    method: /^On(?:Authorization|ActionExecuti(?:ng|on)|ResourceExecuti(?:ng|on)|PageHandlerExecuti(?:ng|on))(?:Async)?$/,
    kind: "gate",
    of: /Filter(?:Attribute)?$|Attribute$|Controller(?:Base)?$/,
  },
  { method: /^InvokeAsync$/, kind: "gate", of: /^IEndpointFilter$|^IMiddleware$/ },
  { method: /^Handle(?:Authenticate|Challenge|Forbidden)Async$/, kind: "gate", of: /AuthenticationHandler$/ },
  { method: /^HandleRequirementAsync$/, kind: "gate", of: /^AuthorizationHandler$/ },
  { method: /^HandleAsync$/, kind: "gate", of: /^IAuthorization(?:Handler|MiddlewareResultHandler)$/ },
  { method: /^OnException(?:Async)?$/, kind: "errors", of: /ExceptionFilter(?:Attribute)?$/ },
  { method: /^TryHandleAsync$/, kind: "errors", of: /^IExceptionHandler$/ },
];

export function partsOf(view: FileView): readonly HandlerFound[] {
  return view.file.containers
    .filter((one) => one.sort === "class")
    .flatMap((container) =>
      container.functions.flatMap((fn) => {
        if (fn.role !== undefined || fn.parent !== undefined) return [];
        const part = PARTS.find((one) => one.method.test(fn.name) && isA(view, container, one.of));
        if (part !== undefined)
          return [{ ...found(container, fn, part.kind), ...(fn.name.startsWith("OnException") && { errorIn: "Exception" }) }];
        if (!isMiddleware(fn)) return [];
        const catching = catchesOf(container, fn);
        return catching.length > 0 ? catching : [found(container, fn, "gate")];
      }),
    );
}

/** `Invoke(HttpContext context, …)` of a class: middleware by convention. */
function isMiddleware(fn: FunctionIR): boolean {
  const first = fn.params[0]?.pattern;
  return /^Invoke(?:Async)?$/.test(fn.name) && first?.kind === "bind" && first.type?.name === "HttpContext";
}

/** Where its body tries what follows, each catch answers what was thrown. */
function catchesOf(container: ContainerIR, fn: FunctionIR): readonly HandlerFound[] {
  return fn.body.flatMap((stmt) => {
    if (stmt.kind !== "try" || !goesOn(stmt.body)) return [];
    return stmt.catches.map(({ param, types, body, start, end }): HandlerFound => {
      const answers: FunctionIR = { ...fn, params: param === undefined ? [] : [{ pattern: param, decorators: [] }], body };
      const catches = types.map(lastOf);
      return { ...found(container, fn, "errors"), entry: { fn: answers }, at: { start, end }, ...(catches.length > 0 && { catches }) };
    });
  });
}

function goesOn(body: readonly Stmt[]): boolean {
  let found = false;
  walkStmts(body, (expr) => {
    if (expr.kind === "call" && GOES_ON.test(methodOf(expr))) found = true;
  });
  return found;
}

/** Names of the delegate that runs what follows. */
const GOES_ON = /^_?next\w*$|^Invoke$/i;

function found(container: ContainerIR, fn: FunctionIR, kind: HandlerKind): HandlerFound {
  return { kind, name: memberName(container, fn), entry: { fn }, file: fn.file, container, at: wholeOf(fn) };
}
