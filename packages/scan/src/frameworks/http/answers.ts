import type { AssignExpr, CallExpr, Expr } from "../../ir/nodes.ts";
import type { End } from "../framework.ts";
import { endByStatus, isNothing, methodOf, namesOf, propertyAssigned, statusOf, stringOf } from "../reading.ts";
import { statusByName } from "./statuses.ts";

/** Names of the response in handlers of Node's shape `(req, res)`, alone or as a field: `ctx.res`, `this.response`. */
export const RESPONSES = /^_?(?:res|resp|response|reply|rep|serverResponse|httpResponse)$/;

type Reading = (call: CallExpr) => End;

const sends: Reading = (call) => ({ ...oldStatus(call.args), sent: true, says: call.args });
const says: Reading = (call) => endByStatus(call.args[0]);

/** Methods of Express's, Restify's and Node's response. Sources: https://expressjs.com/en/api.html#res, https://nodejs.org/api/http.html#class-httpserverresponse. */
const METHODS: Readonly<Record<string, Reading>> = {
  status: says,
  code: says,
  writeHead: says,
  sendStatus: (call) => ({ ...endByStatus(call.args[0]), sent: true }),
  // Without arguments it reads the body of a response that `fetch` gave.
  json: (call) => (call.args.length === 0 ? {} : sends(call)),
  jsonp: sends,
  send: sends,
  end: sends,
  sendRaw: sends,
  render: sends,
  sendFile: sends,
  sendfile: sends,
  download: sends,
  redirect: (call) => ({ ...endByStatus(call.args.find(isNumber)), sent: true, kind: "redirect", says: call.args }),
};

/** What a call on the response says: `res.status(401)`, `res.status(401).json(body)`, `res.unauthorized()`. */
export function answerOf(call: CallExpr): End | undefined {
  const names = namesOf(call.callee).slice(0, -1);
  if (!names.some((name) => RESPONSES.test(name))) return undefined;
  const method = methodOf(call);
  if (Object.hasOwn(METHODS, method)) return METHODS[method]?.(call);
  return statusMethod(call, method);
}

/** `res.unauthorized()`, `res.forbidden("no")`: responses of Sails, Restify, boom plugins and many an application. */
function statusMethod(call: CallExpr, method: string): End | undefined {
  const status = /^[a-z]/.test(method) ? statusByName(method) : undefined;
  if (status === undefined || status < 400) return undefined;
  return { status, sent: true, says: call.args, ...(status === 401 || status === 403 ? { kind: "denied" as const } : {}) };
}

/** `res.statusCode = 401`, `response.status = 401`. */
export function statusAssigned(assign: AssignExpr): End | undefined {
  const property = propertyAssigned(assign);
  const name = property?.names.at(-1);
  if (property === undefined || (name !== "statusCode" && name !== "status")) return undefined;
  if (!property.names.slice(0, -1).some((one) => RESPONSES.test(one))) return undefined;
  const status = statusOf(property.value);
  return status === undefined ? undefined : { status };
}

/**
 * `next(err)`, `done(err)`, `cb(err)`: the first argument goes where a throw goes. Not so for `next()`, `done(null, user)`, and
 * `next("route")`, which leaves the handlers of this route out.
 */
export function handedOn(call: CallExpr, names: RegExp = /^next$/): End | undefined {
  const [error] = call.args;
  if (error === undefined || call.callee.kind !== "name" || !names.test(call.callee.name)) return undefined;
  const word = stringOf(error);
  if (isNothing(error) || word === "route" || word === "router") return undefined;
  return { raises: error };
}

/** Express 3 and Restify: `res.json(401, body)`, `res.send(401)`. */
function oldStatus(args: readonly Expr[]): End {
  return isNumber(args[0]) && args.length <= 2 ? endByStatus(args[0]) : {};
}

function isNumber(expr: Expr | undefined): boolean {
  return expr?.kind === "literal" && typeof expr.value === "number";
}
