import type { CallExpr, Expr } from "../../ir/nodes.ts";
import type { End } from "../framework.ts";
import { bare, endByStatus, entryOf, isNothing, methodOf, namesOf } from "../reading.ts";

/** Classes of the platform's response and its heirs. Source: https://fetch.spec.whatwg.org/#response-class. */
const CLASSES = /^(?:\w*Response)$/;

/**
 * A web-standard response: `new Response(body, { status })`, `Response.json(body, { status })`, `NextResponse.redirect(url)`,
 * `Response.error()`. It is an answer where it is returned; an unwritten status is left out (200).
 */
export function webResponseOf(call: CallExpr): End | undefined {
  const names = namesOf(call.callee);
  const method = methodOf(call);
  if (call.creates === true) return CLASSES.test(method) ? answered(call.args) : undefined;
  if (names.length !== 2 || !CLASSES.test(names[0] ?? "") || !/^[A-Z]/.test(names[0] ?? "")) return undefined;
  if (method === "json") return answered(call.args);
  if (method === "redirect" || method === "rewrite") {
    return { ...initStatus(call.args[1]), sent: true, kind: "redirect", says: call.args.slice(0, 1) };
  }
  return method === "error" ? { status: 500, sent: true, kind: "error" } : undefined;
}

function answered(args: readonly Expr[]): End {
  const [body, init] = args;
  const says = body === undefined || isNothing(body) ? [] : [body];
  return { ...initStatus(init), sent: true, says };
}

/** The status of a second argument: `{ status: 401 }`, or the number itself. */
export function initStatus(init: Expr | undefined): End {
  if (init === undefined) return {};
  const at = bare(init);
  return endByStatus(at.kind === "record" ? entryOf(at, "status") : at);
}
