/** What calls say about the answer, as the frameworks of Rust spell it. */
import type { CallExpr } from "../../ir/nodes.ts";
import type { End } from "../framework.ts";
import { statusByName } from "../http/statuses.ts";
import { methodOf, namesOf, statusOf } from "../reading.ts";

/** Types whose methods are named by a status: `HttpResponse::Unauthorized().json(…)`. */
const BUILDERS: ReadonlySet<string> = new Set(["HttpResponse", "HttpResponseBuilder", "Response", "ResponseBuilder"]);
/** Bodies that are the answer: `Json(user)`, `Html(text)`. */
const BODIES: ReadonlySet<string> = new Set(["Json", "Html", "NamedFile", "PlainText"]);
/** Methods of a builder that end it. */
const SENDS: ReadonlySet<string> = new Set(["json", "body", "finish", "streaming", "message_body", "sized_body", "finalize", "html"]);

/** `HttpResponse::Forbidden().finish()`, `Redirect::to("/")`, `Json(x)`, `status::Custom(Status::Gone, x)`, `Outcome::Error((status, e))`. */
export function endOfRustCall(call: CallExpr): End | undefined {
  const names = namesOf(call.callee);
  const [method, type] = [methodOf(call), names.at(-2) ?? ""];
  if (type === "Redirect" || method === "Redirect") return { kind: "redirect", sent: true, says: call.args };
  if (type === "Outcome" && /^(?:Error|Failure)$/.test(method)) return refused(call);
  if (names.length === 1 && BODIES.has(method)) return { sent: true, says: call.args };
  if (type === "status") return ofStatusType(call, method);
  const root = names.findIndex((name) => BUILDERS.has(name));
  if (root < 0) return undefined;
  const named = names
    .slice(root + 1)
    .map((name) => statusByName(name))
    .find((one) => one !== undefined);
  const status = method === "status" || method === "new" || method === "build" ? statusOf(call.args[0]) : named;
  const sent = SENDS.has(method) || named !== undefined;
  return status === undefined && !sent
    ? undefined
    : { ...(status === undefined ? {} : { status }), ...(sent ? { sent } : {}), says: call.args };
}

/** Types of `rocket::response::status`: `status::NotFound(body)`. */
function ofStatusType(call: CallExpr, name: string): End | undefined {
  const status = name === "Custom" ? statusOf(call.args[0]) : statusByName(name);
  return status === undefined ? undefined : { status, sent: true, says: call.args };
}

/** A request guard refuses: https://api.rocket.rs/v0.5/rocket/request/trait.FromRequest.html */
function refused(call: CallExpr): End {
  const [given] = call.args;
  const status = given?.kind === "list" ? given.items.map((item) => statusOf(item)).find((one) => one !== undefined) : undefined;
  return { ...(status === undefined ? {} : { status }), sent: true, says: call.args };
}
