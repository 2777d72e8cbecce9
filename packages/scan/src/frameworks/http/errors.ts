import type { AssignExpr, CallExpr, Expr } from "../../ir/nodes.ts";
import type { End } from "../framework.ts";
import { bare, entryOf, methodOf, namesOf, propertyAssigned, statusOf } from "../reading.ts";
import { statusByName } from "./statuses.ts";

/** Functions that build an error from a status. Sources: http-errors, @hapi/boom, @curveball/http-errors, Koa's `ctx.throw` aside. */
const BUILDERS: ReadonlySet<string> = new Set([
  "createError",
  "createHttpError",
  "httpError",
  "HttpError",
  "HTTPError",
  "HttpException",
  "HTTPException",
  "boomify",
]);

/** Objects whose methods build an error, named by its status: `Boom.unauthorized()`, `new createError.Forbidden()`. */
const FAMILIES: ReadonlySet<string> = new Set(["boom", "createerror", "httperrors", "httperror", "createhttperror", "errors"]);

/** Errors of applications and libraries that say by their name how the request ends, whatever their status. */
const DENIALS =
  /^(?:Un[Aa]uthori[sz]ed|UnAuthorized|NotAuthori[sz]ed|Unauthenticated|NotAuthenticated|Forbidden|AccessDenied|PermissionDenied|InsufficientPermissions?|NoAccess|Authentication|Authori[sz]ation|InvalidCredentials?|InvalidToken|TokenExpired)[A-Za-z]*(?:Error|Exception)$/;

const ERROR_CLASS = /(?:Error|Exception|Fault)$/;

/**
 * What building an HTTP error says of the end: `createError(401)`, `Boom.forbidden()`, `new createError.Unauthorized()`,
 * `new ApiError("no", 401)`, `new UnauthorizedError()`. Nothing is sent yet: it counts where the error is thrown or handed on.
 */
export function httpErrorOf(call: CallExpr): End | undefined {
  const names = namesOf(call.callee);
  const name = names.at(-1);
  if (name === undefined) return undefined;
  const family = names.at(-2)?.toLowerCase();
  if (family !== undefined && FAMILIES.has(family)) return ofFamily(call, name);
  const isError = call.creates === true && ERROR_CLASS.test(name);
  if (!isError && !(BUILDERS.has(name) && names.length <= 2)) return undefined;
  const status = statusAmong(call.args) ?? (isError ? statusByName(name.replace(ERROR_CLASS, "")) : undefined);
  const kind = DENIALS.test(name) ? "denied" : undefined;
  if (status === undefined && kind === undefined) return undefined;
  return { ...(status === undefined ? {} : { status }), ...(kind === undefined ? {} : { kind }), says: call.args };
}

function ofFamily(call: CallExpr, name: string): End | undefined {
  const status = statusByName(name.replace(ERROR_CLASS, "")) ?? statusAmong(call.args);
  return status === undefined || status < 400 ? undefined : { status, says: call.args };
}

/** A status as an argument of its own, or under `status`, `statusCode`, `code` of an options object; only those of errors. */
function statusAmong(args: readonly Expr[]): number | undefined {
  for (const arg of args) {
    const status = statusOf(arg.kind === "record" ? entryOf(arg, "statusCode", "status", "httpStatus", "code") : arg);
    if (status !== undefined && status >= 400 && isStatusLike(arg)) return status;
  }
  return undefined;
}

/** Text is a message even where it reads like a reason phrase: `new AppError("Not found")`. */
function isStatusLike(arg: Expr): boolean {
  return arg.kind !== "literal" || typeof arg.value === "number";
}

/**
 * `throw Object.assign(new Error(), { statusCode: 401 })`, the spelling without a library.
 */
export function assignedErrorOf(call: CallExpr): End | undefined {
  if (methodOf(call) !== "assign" || namesOf(call.callee)[0] !== "Object") return undefined;
  const [target, fields] = call.args;
  if (target === undefined || bare(target).kind !== "call") return undefined;
  const status = statusOf(entryOf(fields, "statusCode", "status"));
  return status === undefined ? undefined : { status };
}

/** `err.statusCode = 401` before `throw err`. */
export function statusOnError(assign: AssignExpr): End | undefined {
  const property = propertyAssigned(assign);
  const [root, name, ...deeper] = property?.names ?? [];
  if (property === undefined || root === undefined || deeper.length > 0) return undefined;
  if (!/^(?:e|err|error|\w+Err(?:or)?)$/.test(root) || !/^(?:status|statusCode)$/.test(name ?? "")) return undefined;
  const status = statusOf(property.value);
  return status === undefined ? undefined : { status };
}
