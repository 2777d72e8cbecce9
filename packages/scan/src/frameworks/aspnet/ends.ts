/** How handlers of ASP.NET Core answer. */
import type { AssignExpr, CallExpr, Expr } from "../../ir/nodes.ts";
import type { End } from "../framework.ts";
import { statusByName } from "../http/statuses.ts";
import { endByStatus, entryOf, methodOf, namesOf, propertyAssigned, statusOf, stringOf } from "../reading.ts";
import { endOfIdentityCall } from "./identity.ts";

/** https://learn.microsoft.com/dotnet/api/microsoft.aspnetcore.mvc.controllerbase, …/microsoft.aspnetcore.http.results */
const STATUSES: Readonly<Record<string, number>> = {
  Ok: 200,
  Created: 201,
  CreatedAtAction: 201,
  CreatedAtRoute: 201,
  Accepted: 202,
  AcceptedAtAction: 202,
  AcceptedAtRoute: 202,
  NoContent: 204,
  BadRequest: 400,
  Unauthorized: 401,
  Forbid: 403,
  NotFound: 404,
  Conflict: 409,
  UnprocessableEntity: 422,
  InternalServerError: 500,
  ValidationProblem: 400,
};
const DENIED: ReadonlySet<number> = new Set([401, 403]);
const REDIRECTS = /^(?:(?:Local)?Redirect(?:Permanent)?(?:PreserveMethod)?|RedirectTo\w+)$/;
const BODIES: ReadonlySet<string> = new Set([
  "Json",
  "Content",
  "File",
  "PhysicalFile",
  "Text",
  "Bytes",
  "Stream",
  "PartialView",
  "SignIn",
  "SignOut",
  "Html",
]);
/** Objects whose members make an answer; without one it is the handler's own class. */
const MAKERS: ReadonlySet<string> = new Set(["Results", "TypedResults", "this", "super"]);

export function endOfAspNetCall(call: CallExpr): End | undefined {
  if (call.creates) return createdResult(call);
  return madeResult(call) ?? ofContext(call) ?? endOfIdentityCall(call);
}

function madeResult(call: CallExpr): End | undefined {
  const names = namesOf(call.callee);
  const method = names.at(-1) ?? "";
  if (names.length > 2 || (names.length === 2 && !MAKERS.has(names[0]!))) return undefined;
  const status = Object.hasOwn(STATUSES, method) ? STATUSES[method] : undefined;
  if (status !== undefined) return withStatus(status, call.args);
  if (REDIRECTS.test(method)) return { kind: "redirect", sent: true, says: call.args };
  if (BODIES.has(method)) return { ...named(call.args, "statusCode"), sent: true, says: call.args };
  return special(call, method);
}

function withStatus(status: number, says: readonly Expr[]): End {
  return { status, sent: true, says, ...(DENIED.has(status) ? { kind: "denied" as const } : {}) };
}

function special(call: CallExpr, method: string): End | undefined {
  const { args } = call;
  switch (method) {
    case "StatusCode":
      return { ...endByStatus(args[0]), sent: true, says: args.slice(1) };
    case "Problem":
      return { status: 500, ...named(args, "statusCode"), sent: true, says: args };
    case "Challenge":
      // With a scheme somebody is sent to a provider to log in.
      return args.length === 0 ? withStatus(401, args) : { kind: "redirect", sent: true, says: args };
    case "View":
    case "Page":
      return { sent: true, says: args, ...(isFormAgain(method, args) ? { kind: "invalid" as const } : {}) };
    default:
      return undefined;
  }
}

/** A form that is shown again with what was sent; a page of another name says that something is done. */
function isFormAgain(method: string, args: readonly Expr[]): boolean {
  return method === "Page" || (args.length === 1 && stringOf(args[0]) === undefined && args[0]!.kind !== "call");
}

function named(args: readonly Expr[], key: string): End {
  const options = args.at(-1);
  return endByStatus(entryOf(options, key));
}

/** `new UnauthorizedResult()`, `new ObjectResult(x) { StatusCode = 403 }`, `new RpcException(new Status(StatusCode.Unauthenticated, "no"))`. */
function createdResult(call: CallExpr): End | undefined {
  const name = methodOf(call);
  const kind = /^(\w+?)(?:Object)?Result$/.exec(name)?.[1];
  if (kind === undefined) return undefined;
  const status = entryOf(call.args.at(-1), "StatusCode");
  if (status !== undefined) return { ...endByStatus(status), sent: true, says: call.args };
  if (kind === "StatusCode") return { ...endByStatus(call.args[0]), sent: true };
  const known = kind === "" || kind === "Object" ? undefined : kind === "Forbid" ? 403 : kind === "Challenge" ? 401 : statusByName(kind);
  if (known !== undefined) return withStatus(known, call.args);
  if (/^(?:Local)?Redirect/.test(kind)) return { kind: "redirect", sent: true, says: call.args };
  return /^(?:Json|Content|View|Object|File\w*)$/.test(kind) ? { sent: true, says: call.args } : undefined;
}

/** What a context or response is told: `context.Fail()`, `HttpContext.ForbidAsync()`, `response.WriteAsync("no")`. */
function ofContext(call: CallExpr): End | undefined {
  const names = namesOf(call.callee);
  const [object, method] = [names.at(-2) ?? "", names.at(-1) ?? ""];
  if (method === "AddModelError" || (method === "TryAddModelError" && object === "ModelState")) return { kind: "invalid", says: call.args };
  if (object === "AuthenticateResult" && method === "Fail") return { kind: "denied", sent: true, says: call.args };
  if (/context$/i.test(object)) {
    if (method === "Fail" || method === "ForbidAsync")
      return { kind: "denied", sent: true, says: call.args, ...(method === "Fail" ? {} : { status: 403 }) };
    if (method === "ChallengeAsync" && call.args.length === 0) return withStatus(401, []);
  }
  if (/^response$/i.test(object) && /^(?:WriteAsync|WriteAsJsonAsync|Redirect|CompleteAsync|SendFileAsync)$/.test(method))
    return { sent: true, says: call.args, ...(method === "Redirect" ? { kind: "redirect" as const } : {}) };
  return undefined;
}

/** `context.Response.StatusCode = 401`, `context.Result = new ForbidResult()`. */
export function endOfAspNetAssign(assign: AssignExpr): End | undefined {
  const property = propertyAssigned(assign);
  const name = property?.names.at(-1);
  if (property === undefined) return undefined;
  if (name === "StatusCode" && property.names.some((one) => /response/i.test(one))) {
    const status = statusOf(property.value);
    return status === undefined ? undefined : { status, ...(DENIED.has(status) ? { kind: "denied" as const } : {}) };
  }
  return name === "Result" && property.value.kind === "call" && /context$/i.test(property.names.at(-2) ?? "")
    ? endOfAspNetCall(property.value)
    : undefined;
}
