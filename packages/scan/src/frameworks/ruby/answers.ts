/** What calls say about the answer, as Rails spells it. https://api.rubyonrails.org/classes/ActionController/Rendering.html */
import type { AssignExpr, CallExpr, Expr } from "../../ir/nodes.ts";
import type { End } from "../framework.ts";
import { statusByName } from "../http/statuses.ts";
import { entryOf, methodOf, namesOf, statusOf } from "../reading.ts";

const REDIRECTS: ReadonlySet<string> = new Set(["redirect_to", "redirect_back", "redirect_back_or_to", "redirect_back_or_default"]);
const SENDS: ReadonlySet<string> = new Set(["send_file", "send_data", "respond_with", "stream", "render_to_body"]);
/** Checks of a permission that raise where they refuse. https://github.com/varvet/pundit, https://github.com/CanCanCommunity/cancancan */
const AUTHORIZES: Readonly<Record<string, string>> = {
  authorize: "Pundit.NotAuthorizedError",
  "authorize!": "CanCan.AccessDenied",
  "authorize_action!": "NotAuthorized",
  load_and_authorize_resource: "CanCan.AccessDenied",
};
/** https://github.com/heartcombo/devise#controller-filters-and-helpers, https://github.com/wardencommunity/warden/wiki/Authentication */
const ASKS_WARDEN: ReadonlySet<string> = new Set(["authenticate!"]);
/** https://api.rubyonrails.org/classes/ActionController/HttpAuthentication/Basic/ControllerMethods.html */
const ASKS_HTTP: ReadonlySet<string> = new Set([
  "authenticate_or_request_with_http_basic",
  "authenticate_or_request_with_http_token",
  "http_basic_authenticate_or_request_with",
]);
const REQUESTS_HTTP: ReadonlySet<string> = new Set(["request_http_basic_authentication", "request_http_token_authentication"]);

/** Functions that applications and gems write to refuse, named after what they answer: `render_unauthorized`, `render_403`. */
const RENDERS =
  /^(?:render|respond_with|respond|send|return)_(?:(?:http|api|json|error)_)*(\d{3}|[a-z_]+?)(?:_(?:error|response|status|json|page))?[!?]?$/;
/** https://github.com/lynndylanhurley/devise_token_auth, https://github.com/thoughtbot/clearance */
const REFUSES: Readonly<Record<string, number>> = {
  "unauthorized!": 401,
  "forbidden!": 403,
  access_denied: 403,
  deny_access: 403,
  not_authorized: 403,
  render_access_denied: 403,
  render_create_error_bad_credentials: 401,
  render_authenticate_error: 401,
};

/** The status of a helper by its name, or by the status that it is given first. */
function helperStatus(method: string, args: readonly Expr[]): number | undefined {
  if (Object.hasOwn(REFUSES, method)) return REFUSES[method];
  const named = RENDERS.exec(method)?.[1];
  if (named === undefined) return undefined;
  const status = /^\d+$/.test(named) ? Number(named) : statusByName(named);
  return status ?? (/error|fail|problem/.test(method) ? statusOf(args[0]) : undefined);
}

function isOwn(call: CallExpr): boolean {
  const names = namesOf(call.callee);
  return names.length === 1 || (names.length === 2 && names[0] === "this");
}

/** The end that a call in a controller says. */
export function railsEnd(call: CallExpr): End | undefined {
  const method = methodOf(call);
  if (ASKS_WARDEN.has(method) && namesOf(call.callee).includes("warden")) return { throws: "Unauthenticated" };
  if (!isOwn(call)) return undefined;
  const status = statusOf(
    entryOf(
      call.args.findLast((arg) => arg.kind === "record"),
      "status",
    ),
  );
  const said = { ...(status === undefined ? {} : { status }), sent: true, says: call.args };
  if (method === "render") return said;
  if (method === "head") return { ...withStatus(call.args[0]), sent: true };
  if (REDIRECTS.has(method)) return { ...said, kind: "redirect" };
  if (SENDS.has(method)) return said;
  if (ASKS_HTTP.has(method)) return { status: 401, sent: true, perhaps: true };
  if (REQUESTS_HTTP.has(method)) return { status: 401, sent: true };
  if (Object.hasOwn(AUTHORIZES, method)) return { throws: AUTHORIZES[method]! };
  const helper = helperStatus(method, call.args);
  return helper === undefined || helper < 400 ? undefined : { status: helper, sent: true, helper: true, says: call.args };
}

function withStatus(expr: Expr | undefined): { readonly status?: number } {
  const status = statusOf(expr);
  return status === undefined ? {} : { status };
}

/** `flash[:alert] = "…"` is what the next page says; `response.status = 401`. */
export function railsAssigned(assign: AssignExpr): End | undefined {
  if (assign.target.kind !== "member") return undefined;
  const names = namesOf(assign.target);
  if (names.includes("flash")) return { says: [assign.value] };
  const last = names.at(-1);
  if ((last === "status" && names.includes("response")) || (last === "status" && names.length === 2 && names[0] === "this"))
    return withStatus(assign.value);
  return undefined;
}
