import type { CallExpr, Expr } from "../ir/nodes.ts";
import type { CallSite, End, FileView, Framework, HandlerFound } from "./framework.ts";
import { handedOn } from "./http/answers.ts";
import { assignedErrorOf, httpErrorOf, statusOnError } from "./http/errors.ts";
import { runsOnEveryRequest } from "./http/token-strategies.ts";
import { isNothing, methodOf, namesOf, stringOf } from "./reading.ts";
import { found } from "./routers/found.ts";
import { mayBeFunction } from "./routers/functions.ts";

/** Packages of strategies: `passport-local`, `@node-saml/passport-saml`; the name is the last group. */
const PACKAGE = /^(?:@[\w-]+\/)?passport-(?:(?:http|oauth)-)?([\w-]+?)(?:-?oauth2?0?|-?oidc|-2)?$/;
/** Names of the function that a verify callback answers with. */
const DONE = /^(?:done|cb|callback|verified|verify|next|authDone|doneCallback)$/;

function handlers(view: FileView): readonly HandlerFound[] {
  return view.calls.flatMap((site) => (isStrategy(view, site.call) ? ofStrategy(view, site) : []));
}

/** `new LocalStrategy(…)`, `new Strategy(…)` of a passport package, `new passportJwt.Strategy(…)`. */
function isStrategy(view: FileView, call: CallExpr): boolean {
  const names = namesOf(call.callee);
  if (call.creates !== true || names.at(-1)?.endsWith("Strategy") !== true) return false;
  const source = view.importOf(names[0] ?? "")?.source;
  if (source !== undefined) return /passport/.test(source);
  return view.file.imports.some((one) => /passport/.test(one.source));
}

function ofStrategy(view: FileView, { call, scope, container }: CallSite): readonly HandlerFound[] {
  const entry = call.args.findLast((arg) => mayBeFunction(arg, view, scope));
  if (entry === undefined || !isVerify(entry, call)) return [];
  const name = strategyName(view, call);
  const handler = found(view, { kind: "callback", path: `passport:${name}`, name: `${name} strategy`, entry, scope, container, at: call });
  const source = view.importOf(namesOf(call.callee)[0] ?? "")?.source;
  return [source !== undefined && runsOnEveryRequest(source) ? { ...handler, everyRequest: true } : handler];
}

/** The verify callback comes after the options, or alone; a name alone may as well be the options. */
function isVerify(entry: Expr, call: CallExpr): boolean {
  return (
    entry.kind === "function" || entry !== call.args[0] || /verif|auth|login|strategy|callback|handler/i.test(namesOf(entry).at(-1) ?? "")
  );
}

/** The name it is registered under, else that of the class, else that of the package: `local`, `jwt`, `google`. */
function strategyName(view: FileView, call: CallExpr): string {
  const use = view.calls.find((site) => methodOf(site.call) === "use" && site.call.args.includes(call));
  const written = stringOf(use?.call.args[0]);
  if (written !== undefined) return written;
  const names = namesOf(call.callee);
  const imported = view.importOf(names[0] ?? "");
  const own = (names.at(-1) ?? "").replace(/Strategy$/, "");
  const word = own === "" ? (PACKAGE.exec(imported?.source ?? "")?.[1] ?? "custom") : own;
  return word.replaceAll(/([a-z])([A-Z])/g, "$1-$2").toLowerCase();
}

/** `done(err)` raises, `done(null, false)` refuses, `done(null, user)` lets in. https://www.passportjs.org/concepts/authentication/strategies/. */
function endOfCall(call: CallExpr): End | undefined {
  const raised = handedOn(call, DONE);
  if (raised !== undefined) return raised;
  const [error, user, info] = call.args;
  if (call.callee.kind === "name" && DONE.test(call.callee.name) && error !== undefined && user !== undefined) {
    const says = info === undefined ? [] : [info];
    const refused = isNothing(user) || (user.kind === "literal" && user.value === false);
    return refused ? { kind: "denied", sent: true, says } : { sent: true, says };
  }
  return assignedErrorOf(call) ?? httpErrorOf(call);
}

export const passport: Framework = {
  id: "passport",
  title: "Passport",
  docs: "https://www.passportjs.org/concepts/authentication/strategies/",
  languages: ["javascript"],
  enabledBy: { npm: ["passport", /^passport-/, "koa-passport", "@fastify/passport"] },
  mayHold: /Strategy\b/,
  handlers,
  endOfCall,
  endOfAssign: statusOnError,
  request: {
    // With `passReqToCallback: true` the request is the first parameter.
    ip: "req.ip",
    actor: null,
    requestId: 'req.get("x-request-id")',
    userAgent: 'req.get("user-agent")',
  },
};
