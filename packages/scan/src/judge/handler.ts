import type { ActionName } from "@telltale/vocabulary";
import { mayBeNamed, nameAction, type DeedFact, type Naming } from "../actions/name.ts";
import { deedMask } from "../actions/match.ts";
import { phraseOf } from "../actions/phrases.ts";
import type { Config } from "../config/config.ts";
import type { Found } from "../handlers/find.ts";
import type { FunctionIR, Span } from "../ir/nodes.ts";
import { aroundRecords } from "../outcomes/around.ts";
import { classify, type Ending } from "../outcomes/classify.ts";
import { enter } from "../outcomes/enter.ts";
import type { Walk } from "../outcomes/walk.ts";
import type { Deed, Exit, Record } from "../outcomes/way.ts";
import type { Verdict } from "../report/result.ts";
import { mayDeny, nameDenial } from "./own-denial.ts";
import { ownDeeds } from "./own-deeds.ts";
import { overrideFor } from "./override.ts";
import { lineAt } from "./places.ts";
import { outcomesOf, verdictOf, type Outcome } from "./verdict.ts";

/** A handler as it was judged. */
export interface Judged {
  readonly found: Found;
  /** The function that runs; absent where it could not be resolved. */
  readonly fn: FunctionIR | undefined;
  /** Where it is reported: the registration that holds the function, else the function itself. */
  readonly file: Found["handler"]["file"];
  readonly at: Span;
  readonly naming: Naming;
  readonly outcomes: readonly Outcome[];
  readonly verdict: Verdict;
}

/** What a thrown error leaves in the log, by the error handlers of the application or the framework's own. */
export type OnThrown = (found: Found, ending: Ending) => Record | undefined;

export function judgeHandler(walk: Walk, found: Found, config: Config, onThrown: OnThrown): Judged {
  const { handler } = found;
  const { fn: runs, subject: fn, exits, deeds, skipped } = enter(walk, handler, [], (subject) => isSuspect(found, subject, config));
  const inside = fn !== undefined && fn.file === handler.file && fn.start >= handler.at.start && fn.end <= handler.at.end;
  const where = fn === undefined || inside ? { file: handler.file, at: handler.at } : { file: fn.file, at: outermost(fn) };
  const naming: Naming = skipped ? { action: "none", evidence: [] } : nameOf(walk, found, fn, exits, deeds, config);
  const base = { found, fn, ...where, naming };
  if (naming.action === "none") return { ...base, outcomes: [], verdict: "not_sensitive" };
  if (runs === undefined) return { ...base, outcomes: [], verdict: "unknown" };
  const outcomes = judge(
    walk,
    found,
    runs === fn ? exits : exits.filter((exit) => exit.way.inside || !refuses(walk, exit)),
    naming,
    onThrown,
  );
  return { ...base, outcomes, verdict: verdictOf(outcomes) };
}

/** What a gate that refuses cannot do without. */
const REFUSING =
  /40[13]|unauth|forbid|den[iy]|reject|redirect|throw|raise|halt|error|false|fail|auth|login|signin|permission|abort|next\(/i;

/** Whether a handler is worth a walk: what it says itself, in name, route and own calls, could come to a sensitive action. */
function isSuspect(found: Found, subject: FunctionIR, config: Config): boolean {
  const { handler } = found;
  const whole = outermost(subject);
  if (handler.kind === "gate") return handler.decides !== undefined || REFUSING.test(whole.file.text.slice(whole.start, whole.end));
  if (handler.kind === "callback" || overrideFor(config, handler) !== undefined) return true;
  return mayBeNamed(handler, namesOf(found, subject), ownDeeds(whole)) || mayDeny(found, whole);
}

/** Whether an exit is a refusal: one that comes before the handler is reached belongs to what wraps it. */
function refuses(walk: Walk, exit: Exit): boolean {
  return classify(walk, exit, "authz_fail", "gate", false).kind === "failure";
}

/** A closure that a factory returns is reported as the factory, which is what people know by name. */
function outermost(fn: FunctionIR): FunctionIR {
  let at = fn;
  while (at.name === "" && at.parent !== undefined) at = at.parent;
  return at;
}

function judge(walk: Walk, found: Found, exits: readonly Exit[], naming: Naming, onThrown: OnThrown): Outcome[] {
  const action = naming.action as ActionName;
  const kind = found.handler.kind;
  // Where a proof is checked, passing the check is the deed.
  const decides = action.startsWith("authn_") && exits.some((exit) => exit.way.rejected !== null);
  const needsDeed = exits.some((exit) => performs(exit, action) && (!decides || exit.way.rejected === null));
  const all = endingsOf(walk, exits, action, kind, needsDeed);
  const endings = found.handler.refusesByThrow === true ? all.map(withoutQuietFailure) : all;
  const own = new Set(phraseOf(found.handler.name).filter((word) => word.length > 3 && !COMMON.has(word)));
  const refusalsOnly = kind === "gate" || found.handler.everyRequest === true;
  const around = aroundRecords(walk, found.handler);
  return outcomesOf(endings, { action, own, around, refusalsOnly, onThrown: (ending) => onThrown(found, ending) });
}

/** Where no way that does the deed ends well (the walk lost it), the others stand for the handler. */
function endingsOf(walk: Walk, exits: readonly Exit[], action: ActionName, kind: Found["handler"]["kind"], needsDeed: boolean): Ending[] {
  const endings = exits.map((exit) => classify(walk, exit, action, kind, needsDeed));
  return needsDeed && endings.every((ending) => ending.kind === "neutral") ? endingsOf(walk, exits, action, kind, false) : endings;
}

function withoutQuietFailure(ending: Ending): Ending {
  const quiet = ending.kind === "failure" && ending.thrown === undefined && ending.way.answer === null && ending.text === "returns";
  return quiet ? { ...ending, kind: "neutral" } : ending;
}

/** Words of handler names that any line may hold. */
const COMMON = new Set([
  "create",
  "update",
  "delete",
  "remove",
  "handler",
  "controller",
  "service",
  "action",
  "this",
  "request",
  "route",
  "post",
  "resolver",
  "with",
  "from",
  "user",
  "page",
  "data",
  "api",
  "error",
  "handle",
  "context",
  "router",
]);

function performs(exit: Exit, action: ActionName): boolean {
  return (exit.way.did & deedMask(action)) !== 0;
}

function nameOf(
  walk: Walk,
  found: Found,
  fn: FunctionIR | undefined,
  exits: readonly Exit[],
  deeds: readonly Deed[],
  config: Config,
): Naming {
  const { handler } = found;
  const given = overrideFor(config, handler);
  if (given !== undefined)
    return { action: given.action, evidence: [{ source: "config", text: given.reason ?? "set in the configuration", weight: 10 }] };
  const names = namesOf(found, fn);
  if (handler.kind === "gate") return nameGate(walk, found, names.fn, exits);
  const naming = nameAction(
    handler,
    names,
    deeds.map((deed) => deedFact(deed, fn)),
  );
  if (naming.action !== "none") return naming;
  return handler.kind === "callback"
    ? { action: "authn_login", evidence: [{ source: "hint", text: `${found.framework.title} decides logins here`, weight: 8 }] }
    : (nameDenial(walk, found, fn, exits) ?? naming);
}

function namesOf(found: Found, fn: FunctionIR | undefined): { fn: string; container: string } {
  const last = (name: string): string => name.slice(name.lastIndexOf(".") + 1);
  const container = (found.handler.container ?? fn?.container)?.name ?? "";
  // A closure without a name says nothing beyond its route, which is weighed by itself.
  const named = /[\s/]/.test(found.handler.name) ? "" : last(found.handler.name);
  return { fn: fn === undefined || fn.name === "" ? named : fn.name, container: last(container) };
}

/** Names of gates that ask who somebody is. */
const WHO = new Set([
  "authenticate",
  "auth",
  "login",
  "signin",
  "jwt",
  "bearer",
  "apikey",
  "basic",
  "passport",
  "session",
  "token",
  "apitoken",
  "accesstoken",
]);
/** What a gate must speak of to check a proof, and not merely whether a session is there. */
const PROVING = /password|basic_?auth|token|jwt|api[_-]?key|bearer|verif|credential|secret/i;
/** Names of gates that ask what somebody may do. */
const WHAT = new Set([
  "authorize",
  "permission",
  "role",
  "admin",
  "owner",
  "member",
  "require",
  "ensure",
  "can",
  "policy",
  "access",
  "scope",
  "acl",
  "rbac",
  "allow",
  "restrict",
  "only",
]);

/** Middleware is judged by what it refuses: an authentication where it checks a credential, else an authorization. */
function nameGate(walk: Walk, found: Found, name: string, exits: readonly Exit[]): Naming {
  const refusals = exits.map((exit) => classify(walk, exit, "authz_fail", "gate", false)).filter((ending) => ending.kind === "failure");
  const first = refusals[0];
  if (first === undefined) return { action: "none", evidence: [] };
  const words = new Set([...phraseOf(name), ...phraseOf(namesOf(found, undefined).container), ...phraseOf(found.handler.name)]);
  const asksWho =
    refusals.some((ending) => ending.way.rejected !== null) ||
    ([...words].some((word) => WHO.has(word)) && PROVING.test(first.at.file.text.slice(found.handler.at.start, found.handler.at.end)));
  const proves = asksWho && ![...words].some((word) => WHAT.has(word));
  const line = lineAt(first.at.file, first.at.span.start).line;
  return {
    action: proves ? "authn_login" : "authz_fail",
    evidence: [
      { source: "gate", text: `refuses requests: ${first.text}`, weight: 9, line },
      { source: "name", text: found.handler.name, weight: 1 },
    ],
  };
}

function deedFact(deed: Deed, fn: FunctionIR | undefined): DeedFact {
  // What stands inside the handler is its own deed, also where it is handed over to be called.
  const own = fn !== undefined && deed.file === fn.file && deed.span.start >= fn.start && deed.span.end <= fn.end;
  return { words: deed.words, path: deed.path, depth: own ? 0 : deed.depth, line: lineAt(deed.file, deed.span.start).line };
}
