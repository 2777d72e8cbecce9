import type { CallExpr, ContainerIR, FunctionIR, TypeRef } from "../ir/nodes.ts";
import { decoratorHints, methodsOf, wholeOf } from "./classes/decorated.ts";
import type { End, FileView, Framework, HandlerFound } from "./framework.ts";
import { statusByName } from "./http/statuses.ts";
import { containerOf, isOf, lastOf, memberName } from "./jvm/annotations.ts";
import { endByStatus, methodOf, namesOf } from "./reading.ts";

/** Annotations that tell nothing of what an action does. */
const KNOWN: ReadonlySet<string> = new Set(["Override", "Inject", "Singleton", "With", "BodyParser.Of", "Of"]);
const CONTROLLER = /^(?:play\.mvc\.)?Controller$/;
/** https://www.playframework.com/documentation/3.0.x/JavaActionsComposition */
const COMPOSED = /^(?:play\.mvc\.)?Action(?:\.Simple)?$/;
const AUTHENTICATOR = /^(?:play\.mvc\.)?Security\.Authenticator$/;
/** https://www.playframework.com/documentation/3.0.x/JavaErrorHandling */
const ERROR_HANDLER = /^(?:Default|Json|Html)?HttpErrorHandler$/;
/** How far parents of a class are followed. */
const DEEPEST = 4;

/**
 * Play for Java: actions of controllers, composed actions, authenticators and the error handler. Which verb and path lead to
 * an action stands in `conf/routes`, which is not read: every public method that gives a result is taken for an action.
 */
export const play: Framework = {
  id: "play",
  title: "Play (Java)",
  docs: "https://www.playframework.com/documentation/3.0.x/JavaActions",
  languages: ["java"],
  enabledBy: { maven: [/^(?:com\.typesafe\.play|org\.playframework):/], imports: ["play.mvc", "play.http"] },
  mayHold: /\bResult\b/,
  handlers: (view) => view.file.containers.filter((one) => one.sort === "class").flatMap((one) => ofClass(view, one)),
  endOfCall,
  // Every error handler of Play writes what nobody catches at error: `DefaultHttpErrorHandler.logServerError`.
  logsUnhandled: (status) => status === undefined || status >= 500,
  request: {
    ip: "request.remoteAddress()",
    actor: 'request.session().get("user").orElse(null)',
    requestId: 'request.header("X-Request-Id").orElse(null)',
    userAgent: 'request.header("User-Agent").orElse(null)',
  },
};

function ofClass(view: FileView, container: ContainerIR): readonly HandlerFound[] {
  const is = (name: RegExp): boolean => extendsPlay(view, container, name, DEEPEST);
  const [isController, isComposed, isAuthenticator, isErrors] = [CONTROLLER, COMPOSED, AUTHENTICATOR, ERROR_HANDLER].map(is);
  return methodsOf(container).flatMap((fn): readonly HandlerFound[] => {
    if (!givesResult(fn.returns) || fn.isPrivate === true) return [];
    const own = { name: memberName(container, fn), entry: { fn }, file: fn.file, container, at: wholeOf(fn) };
    if (isController) return [{ ...own, kind: "route", hints: decoratorHints(container, fn, KNOWN) }];
    if (isComposed && fn.name === "call") return [{ ...own, kind: "gate" }];
    if (isAuthenticator && fn.name === "onUnauthorized") return [{ ...own, kind: "gate" }];
    return isErrors && fn.name === "onServerError" ? [{ ...own, kind: "errors" }] : [];
  });
}

/** A class of Play by that name stands above this one: other libraries have a `Controller` as well. */
function extendsPlay(view: FileView, container: ContainerIR, name: RegExp, depth: number): boolean {
  return container.extends.some((type) => {
    if (name.test(type.name) && isPlays(container, type)) return true;
    const parent = depth === 0 ? undefined : containerOf(view, container.file, type.name);
    return parent !== undefined && parent !== container && extendsPlay(view, parent, name, depth - 1);
  });
}

function isPlays(container: ContainerIR, type: TypeRef): boolean {
  const first = type.name.split(".")[0]!;
  return first === "play" || isOf(container.file, first, "play.");
}

/** `Result`, `CompletionStage<Result>`, `CompletableFuture<Result>`. */
function givesResult(type: FunctionIR["returns"]): boolean {
  if (type === undefined) return false;
  return lastOf(type.name) === "Result" || (/Completion|Completable/.test(type.name) && givesResult(type.args?.[0]));
}

const REDIRECTS: ReadonlySet<string> = new Set([
  "redirect",
  "seeOther",
  "found",
  "movedPermanently",
  "temporaryRedirect",
  "permanentRedirect",
]);

/** `unauthorized("no")`, `Results.forbidden()`, `status(403, "no")`, `redirect("/")`, `….flashing("error", "no")`. */
function endOfCall(call: CallExpr): End | undefined {
  const names = namesOf(call.callee).filter((name) => name !== "this");
  const method = methodOf(call);
  if (method === "flashing") return { says: call.args };
  if (names.length > 2 || (names.length === 2 && names[0] !== "Results")) return undefined;
  if (method === "status") return { ...endByStatus(call.args[0]), sent: true, says: call.args.slice(1) };
  if (REDIRECTS.has(method)) return { kind: "redirect", sent: true, says: call.args };
  const status = statusByName(method);
  return status === undefined ? undefined : { status, sent: true, says: call.args };
}
