import type { CallExpr, RecordEntry } from "../ir/nodes.ts";
import { canBeFunction } from "./builders/chain.ts";
import type { CallSite, End, FileView, Framework, HandlerFound } from "./framework.ts";
import { httpErrorOf } from "./http/errors.ts";
import { statusByName } from "./http/statuses.ts";
import { webResponseOf } from "./http/web-response.ts";
import { entryAt, follow, type Placed } from "./modules/follow.ts";
import { bare, entryOf, isClosure, methodOf, stringOf } from "./reading.ts";

/**
 * Options that are functions of the application, by their dotted place. Hooks of the database (`session.create.after`) are read by
 * their shape. Source: https://www.better-auth.com/docs/reference/options
 */
const CALLBACKS: ReadonlySet<string> = new Set([
  "hooks.before",
  "hooks.after",
  "emailAndPassword.sendResetPassword",
  "emailAndPassword.onPasswordReset",
  "emailVerification.sendVerificationEmail",
  "emailVerification.afterEmailVerification",
  "emailVerification.onEmailVerification",
  "user.changeEmail.sendChangeEmailVerification",
  "user.changeEmail.sendChangeEmailConfirmation",
  "user.deleteUser.sendDeleteAccountVerification",
  "user.deleteUser.beforeDelete",
  "user.deleteUser.afterDelete",
]);
const DATABASE_HOOK = /^databaseHooks\.(user|session|account|verification)\.(create|update|delete)\.(before|after)$/;
const DEEPEST = 4;

export const betterAuth: Framework = {
  id: "better-auth",
  title: "Better Auth",
  docs: "https://www.better-auth.com/docs/concepts/hooks",
  languages: ["javascript"],
  enabledBy: { npm: ["better-auth"] },
  mayHold: /\bbetterAuth\s*\(|createAuthEndpoint\s*\(/,
  handlers: (view) => view.calls.flatMap((site) => [...instance(site, view), ...endpoint(site, view)]),
  endOfCall: (call) => apiError(call) ?? contextEnd(call) ?? webResponseOf(call) ?? httpErrorOf(call),
  // Errors with a status are answers; others are printed by its router. https://www.better-auth.com/docs/reference/options#onapierror
  logsUnhandled: (status) => status === undefined,
  answersByReturn: true,
  request: {
    ip: 'ctx.headers?.get("x-forwarded-for")',
    actor: "ctx.context.session?.user",
    requestId: 'ctx.headers?.get("x-request-id")',
    userAgent: 'ctx.headers?.get("user-agent")',
  },
};

/** `betterAuth({ … })`. */
function instance({ call, scope }: CallSite, view: FileView): readonly HandlerFound[] {
  const [options] = call.args;
  if (methodOf(call) !== "betterAuth" || options === undefined) return [];
  return callbacksIn(follow({ expr: options, file: view.file, scope }, view.project), "", view);
}

function callbacksIn(options: Placed, prefix: string, view: FileView, depth = 0): readonly HandlerFound[] {
  if (options.expr.kind !== "record" || depth > DEEPEST) return [];
  return options.expr.entries.flatMap((entry) => {
    if (entry.spread) return callbacksIn(follow({ ...options, expr: entry.value }, view.project), prefix, view, depth + 1);
    if (entry.key === null) return [];
    const place = prefix === "" ? entry.key : `${prefix}.${entry.key}`;
    if (place === "onAPIError.onError") return [{ ...callback(options, entry, place, place), kind: "errors" as const }];
    const path = pathOf(place);
    if (path !== undefined) return canBeFunction(entry.value) ? [callback(options, entry, place, path)] : [];
    const within = follow({ ...options, expr: entry.value }, view.project);
    return callbacksIn(within, place, view, depth + 1);
  });
}

/** `databaseHooks.session.create.after` → `session.create`. */
function pathOf(place: string): string | undefined {
  const [, model, operation] = DATABASE_HOOK.exec(place) ?? [];
  if (model !== undefined && operation !== undefined) return `${model}.${operation}`;
  return CALLBACKS.has(place) ? place : undefined;
}

function callback(options: Placed, entry: RecordEntry, place: string, path: string): HandlerFound {
  return {
    kind: "callback",
    name: place,
    path: `better-auth:${path}`,
    entry: entryAt({ ...options, expr: unwrapped(entry) }),
    file: options.file,
    at: { start: entry.start, end: entry.end },
    hints: place.split("."),
    // Hooks and callbacks stop a request by throwing an APIError. https://www.better-auth.com/docs/concepts/hooks
    refusesByThrow: true,
  };
}

/** `createAuthMiddleware(fn)` runs `fn`. */
function unwrapped(entry: RecordEntry): Placed["expr"] {
  const expr = bare(entry.value);
  if (expr.kind !== "call" || methodOf(expr) !== "createAuthMiddleware") return expr;
  return expr.args.findLast(canBeFunction) ?? expr;
}

/** Endpoints of plugins: `createAuthEndpoint("/sign-in/card", { method: "POST" }, async (ctx) => …)`. */
function endpoint({ call, scope }: CallSite, view: FileView): readonly HandlerFound[] {
  const path = stringOf(call.args[0]);
  const fn = call.args.at(-1);
  if (methodOf(call) !== "createAuthEndpoint" || path === undefined || !isClosure(fn)) return [];
  const method = stringOf(entryOf(call.args[1], "method"));
  const entry = entryAt({ expr: fn, file: view.file, scope });
  return [{ kind: "route", name: path, ...(method === undefined ? {} : { method }), path, entry, file: view.file, at: call }];
}

/** `new APIError("UNAUTHORIZED", { message })`: the status is given by its name. */
function apiError(call: CallExpr): End | undefined {
  if (!call.creates || methodOf(call) !== "APIError") return undefined;
  const status = statusByName(stringOf(call.args[0]) ?? "");
  return status === undefined ? undefined : { status, says: call.args.slice(1) };
}

/** `ctx.json(body)`, `ctx.redirect(url)` of an endpoint. */
function contextEnd(call: CallExpr): End | undefined {
  if (call.callee.kind !== "member" || call.callee.object.kind !== "name" || !/^(?:ctx|c|context)$/.test(call.callee.object.name))
    return undefined;
  if (call.callee.property === "json") return { sent: true, says: call.args.slice(0, 1) };
  return call.callee.property === "redirect" ? { kind: "redirect", sent: true, says: call.args } : undefined;
}
