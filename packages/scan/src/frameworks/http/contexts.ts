/** The context of Koa, and of frameworks that are built on it or after it. https://koajs.com/#context */
import type { AssignExpr, CallExpr, Expr } from "../../ir/nodes.ts";
import type { End } from "../framework.ts";
import { endByStatus, isNothing, methodOf, namesOf, propertyAssigned, rootName, statusOf } from "../reading.ts";
import { statusByName } from "./statuses.ts";

const CONTEXT = /^(?:ctx|context|koaCtx|c)$/;

/** `ctx.throw(401)` raises, `ctx.redirect(url)` answers, `ctx.assert(user, 401)` may raise; `ctx.unauthorized()` as in koa-respond and Strapi. */
export function contextEndOf(call: CallExpr): End | undefined {
  if (!CONTEXT.test(rootName(call.callee) ?? "") || namesOf(call.callee).length > 3) return undefined;
  const method = methodOf(call);
  if (method === "throw") return { ...thrownStatus(call.args), raises: call.args[0] ?? call.callee, stops: true, says: call.args };
  if (method === "assert") return { ...thrownStatus(call.args.slice(1)), raises: call.args[1] ?? call.callee, stops: true, perhaps: true };
  if (method === "redirect" || method === "back") return { sent: true, kind: "redirect", says: call.args };
  if (method === "send" || method === "render") return { sent: true, says: call.args };
  const status = /^[a-z]/.test(method) ? statusByName(method) : undefined;
  if (status === undefined || namesOf(call.callee).length !== 2) return undefined;
  return { status, sent: true, says: call.args, ...(status === 401 || status === 403 ? { kind: "denied" as const } : {}) };
}

function thrownStatus(args: readonly Expr[]): End {
  const status = args
    .map((arg) => (arg.kind === "literal" && typeof arg.value === "string" ? undefined : statusOf(arg)))
    .find((one) => one !== undefined);
  return status === undefined ? {} : { status };
}

/** `ctx.status = 401`, `ctx.body = …`, the same on `ctx.response`. */
export function contextAssigned(assign: AssignExpr): End | undefined {
  const property = propertyAssigned(assign);
  const names = property?.names ?? [];
  const isContext = CONTEXT.test(names[0] ?? "") && (names.length === 2 || (names.length === 3 && names[1] === "response"));
  const isResponse = names[0] === "response" && names.length === 2;
  if (property === undefined || !(isContext || isResponse)) return undefined;
  if (names.at(-1) === "status") return endByStatus(property.value);
  if (names.at(-1) !== "body") return undefined;
  return { sent: true, says: isNothing(property.value) ? [] : [property.value] };
}
