/** How PHP's frameworks answer: Laravel's helpers and facades, responses of Symfony and PSR-7. */
import type { CallExpr, Expr } from "../../ir/nodes.ts";
import { httpErrorOf } from "../http/errors.ts";
import type { End } from "../framework.ts";
import { endByStatus, entryOf, methodOf, namesOf, statusOf, stringOf } from "../reading.ts";

/** https://laravel.com/docs/helpers, https://laravel.com/docs/responses */
export function laravelEnd(call: CallExpr): End | undefined {
  const names = namesOf(call.callee);
  const method = methodOf(call);
  if (names.length === 1 && call.creates !== true) return ofHelper(method, call.args);
  return authorizing(names, method, call.args) ?? answerOf(names, method, call) ?? symfonyAnswer(call);
}

/** Methods of Symfony's `AbstractController`. https://symfony.com/doc/current/controller.html */
export function symfonyEnd(call: CallExpr): End | undefined {
  const names = namesOf(call.callee);
  const method = methodOf(call);
  if (names.length === 1 && call.creates !== true) return method === "exit" || method === "die" ? { stops: true } : undefined;
  if (method === "denyAccessUnlessGranted") return { throws: "AccessDeniedException" };
  if (method === "setStatusCode") return endByStatus(call.args[0]);
  if (method === "addFlash") return flashed(call.args);
  if (names[0] !== "this" || names.length !== 2) return symfonyAnswer(call);
  switch (method) {
    case "json":
      return { ...given(call.args, 1), sent: true, says: call.args.slice(0, 1) };
    case "render":
    case "renderForm":
      return { sent: true, says: call.args.slice(1) };
    case "redirectToRoute":
    case "redirect":
    case "forward":
      return { sent: true, kind: "redirect", says: call.args };
    case "createAccessDeniedException":
      return { status: 403, kind: "denied", says: call.args };
    default:
      return undefined;
  }
}

/** Responses that are made by a class: `new JsonResponse($data, 401)`. https://symfony.com/doc/current/components/http_foundation.html */
export function symfonyAnswer(call: CallExpr): End | undefined {
  const name = namesOf(call.callee).at(-1) ?? "";
  if (call.creates !== true) return undefined;
  if (/^Redirect(?:Response)?$/.test(name)) return { sent: true, kind: "redirect", says: call.args };
  if (/^(?:\w*Json|Streamed|BinaryFile|Html|Text|Empty|Xml)?Response$/.test(name)) {
    const status =
      statusOf(entryOf(call.args.at(-1), "status")) ??
      call.args
        .slice(0, 2)
        .map(statusOf)
        .find((one) => one !== undefined);
    return { sent: true, says: call.args, ...(status === undefined ? {} : { status }) };
  }
  return httpErrorOf(call);
}

/** The status among the arguments, at its place or by its name. */
function given(args: readonly Expr[], at: number): End {
  const named = args.at(-1);
  const status = statusOf(entryOf(named, "status", "code")) ?? statusOf(args[at]);
  return status === undefined ? {} : { status };
}

function ofHelper(name: string, args: readonly Expr[]): End | undefined {
  switch (name) {
    case "abort":
      return { ...endByStatus(args[0]), sent: true, stops: true, says: args.slice(1) };
    case "abort_if":
    case "abort_unless":
      return { ...endByStatus(args[1]), sent: true, stops: true, perhaps: true, says: args.slice(2) };
    case "exit":
    case "die":
      return { stops: true };
    case "response":
      return args.length === 0 ? undefined : { ...given(args, 1), sent: true, says: args };
    case "view":
    case "inertia":
      return args.length === 0 ? undefined : { sent: true, says: args.slice(1) };
    case "redirect":
    case "to_route":
    case "back":
      return args.length === 0 && name !== "back" ? undefined : { sent: true, kind: "redirect", says: args };
    default:
      return undefined;
  }
}

/** Checks that throw where they refuse. https://laravel.com/docs/authorization */
function authorizing(names: readonly string[], method: string, args: readonly Expr[]): End | undefined {
  const owner = names.at(-2);
  if (/^authorize(?:ForUser|Resource)?$/.test(method) && args.length > 0 && /^(?:this|Gate|forUser|inspect)$/.test(owner ?? ""))
    return { throws: "AuthorizationException" };
  if (method === "denyAccessUnlessGranted") return { throws: "AccessDeniedException" };
  return undefined;
}

const RESPONSES: ReadonlySet<string> = new Set(["response", "Response", "ResponseFacade"]);
const REDIRECTS: ReadonlySet<string> = new Set(["redirect", "Redirect", "back", "to_route"]);
/** Flash messages under these keys say that something went wrong. */
const WRONG = /error|danger|fail|warning|denied/i;

function answerOf(names: readonly string[], method: string, { args }: CallExpr): End | undefined {
  const [root = ""] = names;
  if (RESPONSES.has(root)) return ofResponse(method, args);
  if (method === "setStatusCode" || method === "withStatus") return endByStatus(args[0]);
  if (method === "flash" && /^(?:session|Session|request|flash)$/.test(names.at(-2) ?? "")) return flashed(args);
  if (method === "withErrors") return { sent: true, kind: "invalid", says: args };
  if (REDIRECTS.has(root)) return ofRedirect(method, args);
  if ((root === "Inertia" || root === "View") && /^(?:render|make)$/.test(method)) return { sent: true, says: args.slice(1) };
  if (root === "Inertia" && method === "location") return { sent: true, kind: "redirect", says: args };
  return undefined;
}

function ofResponse(method: string, args: readonly Expr[]): End | undefined {
  switch (method) {
    case "json":
    case "make":
    case "jsonp":
    case "view":
      return { ...given(args, method === "view" ? 2 : 1), sent: true, says: args };
    case "noContent":
      return { status: 204, sent: true };
    case "deny":
      return { kind: "denied", says: args };
    case "denyWithStatus":
      return { ...endByStatus(args[0]), kind: "denied", says: args };
    case "download":
    case "file":
    case "stream":
    case "streamDownload":
    case "streamJson":
      return { sent: true };
    case "setStatusCode":
      return endByStatus(args[0]);
    default:
      return method.startsWith("redirect") ? { sent: true, kind: "redirect", says: args } : undefined;
  }
}

function ofRedirect(method: string, args: readonly Expr[]): End | undefined {
  if (/^(?:to|route|action|away|back|intended|guest|home|refresh|signedRoute|secure)$/.test(method))
    return { sent: true, kind: "redirect", says: args };
  return method === "with" ? flashed(args) : undefined;
}

/** A message for the next page, under a key: `with('error', 'No')`, `flash('status', 'Done')`, `with(['error' => 'No'])`. */
function flashed(args: readonly Expr[]): End {
  const key = stringOf(args[0]) ?? (args[0]?.kind === "record" ? args[0].entries.map((entry) => entry.key ?? "").join(" ") : "");
  return { says: args.slice(args.length > 1 ? 1 : 0), ...(WRONG.test(key) ? { kind: "invalid" } : {}) };
}
