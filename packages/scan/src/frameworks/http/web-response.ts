import type { CallExpr, Expr } from "../../ir/nodes.ts";
import type { End } from "../framework.ts";
import { bare, dotted, entryOf, methodOf, statusOf } from "../reading.ts";

/**
 * What a call that builds a response of the Fetch API says: `new Response(body, { status })`, `Response.json(body, init)`,
 * `NextResponse.redirect(url)`. Source: https://fetch.spec.whatwg.org/#response-class
 */
export function webResponseOf(call: CallExpr): End | undefined {
  const name = dotted(call.callee);
  if (call.creates) return /^(?:Next)?Response$/.test(name) ? sentWith(call.args) : undefined;
  if (/^(?:Next)?Response\.json$/.test(name)) return sentWith(call.args);
  if (/^(?:Next)?Response\.redirect$/.test(name)) return redirectTo(call.args[0], call.args[1]);
  return name === "Response.error" ? { kind: "error", sent: true } : undefined;
}

/** `json(body, init)` and its like as plain functions; `names` are those of the framework. */
export function responseHelper(call: CallExpr, names: ReadonlySet<string>): End | undefined {
  return call.callee.kind === "name" && names.has(methodOf(call)) ? sentWith(call.args) : undefined;
}

export function redirectTo(target: Expr | undefined, init: Expr | undefined): End {
  const status = statusIn(init);
  return { ...(status === undefined ? {} : { status }), kind: "redirect", sent: true, says: target === undefined ? [] : [target] };
}

/** The status of an `init`: a record's `status`, or the status itself. */
export function statusIn(init: Expr | undefined): number | undefined {
  return init?.kind === "record" ? statusOf(entryOf(init, "status", "statusCode")) : statusOf(init);
}

function sentWith([body, init]: readonly Expr[]): End {
  const status = init === undefined || withoutStatus(init) ? 200 : statusIn(init);
  return { ...(status === undefined ? {} : { status }), sent: true, says: body === undefined ? [] : [bare(body)] };
}

function withoutStatus(init: Expr): boolean {
  if (init.kind !== "record" || init.base !== undefined) return false;
  return init.entries.every((entry) => entry.key !== null && entry.key !== "status" && entry.key !== "statusCode");
}
