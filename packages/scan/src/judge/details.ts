import type { ActionName } from "@telltale/vocabulary";
import type { Proposal } from "../loggers/logger.ts";
import { quoted } from "../loggers/write.ts";
import { inNamesOf, isGiven } from "./expressions.ts";
import { toneOf } from "../outcomes/thrown.ts";
import type { Judged } from "./handler.ts";
import type { Outcome } from "./verdict.ts";
import { boundNames } from "../ir/walk.ts";
import { boundFrom, boundUnder, isInScope, paramNames, type Room } from "./in-scope.ts";

/** Whether some text of the project holds this; asked for the ways in which applications reach the user. */
export type Seen = (pattern: RegExp) => boolean;

/**
 * What a line can say with the names that are in scope where it would stand. Nothing is made up: what is not there is left
 * out. `silent`: the outcomes that the line would record.
 */
export function detailsFor(
  judged: Judged,
  action: ActionName,
  kind: "success" | "failure",
  room: Room,
  seen: Seen,
  silent: readonly Outcome[],
): Proposal["details"] {
  const { framework, handler } = judged.found;
  const request = framework.requestOf?.(handler) ?? framework.request;
  const inScope = (expression: string | null): string | undefined => (expression === null ? undefined : inNamesOf(expression, room));
  const details: readonly (readonly [string, string | undefined])[] = [
    ["actor", actorOf(judged, action, kind, room, seen)],
    ["target", action === "authn_password_reset" ? resetFor(kind, room) : targetOf(judged, action, room)],
    ["outcome", quoted(kind)],
    [
      "reason",
      kind === "failure" ? reasonOf(silent.filter((outcome) => outcome.kind === "failure" && outcome.recorded === false)) : undefined,
    ],
    ["ip", inScope(request.ip)],
    ["request_id", inScope(request.requestId)],
  ];
  return details.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}

/** Until these have succeeded nobody has a name that is known to be theirs. */
const UNPROVEN: ReadonlySet<ActionName> = new Set<ActionName>(["authn_login", "authn_sso", "authn_password_reset"]);

/** How handlers write the person that acts; the first that the handler itself uses is taken. */
const ACTORS: readonly RegExp[] = [
  /(?<![\w$.])(?:ctx|context|session|auth|req|request|event|conn|socket)\b(?:\??\.(?:auth|data|state|session|locals|context|assigns|raw)(?:\(\))?)*\??\.(?:user|currentUser|current_user)!?\??\.(?:id|userId|uuid|username)\b/,
  /(?<![\w$.])(?:currentUser|current_user|loggedInUser|authUser|actingUser|sessionUser|viewer|me)\??\.(?:id|userId|uuid|username)\b/,
  /(?<![\w$.])(?:session|ctx|context|auth|req\.session)\??\.(?:userId|user_id|uid)\b/,
];

function actorOf(judged: Judged, action: ActionName, kind: "success" | "failure", room: Room, seen: Seen): string | undefined {
  if (UNPROVEN.has(action)) return (kind === "success" && action !== "authn_password_reset" ? signedIn(room) : undefined) ?? claimed(room);
  const own = textOf(room);
  for (const pattern of ACTORS) {
    const found = pattern.exec(own)?.[0];
    if (found !== undefined && rootInScope(found, room)) return found;
  }
  const verified = verifiedUser(own, room);
  if (verified !== undefined) return verified;
  const given = actorParam(room, seen);
  if (given !== undefined) return given;
  const { framework, handler } = judged.found;
  const { actor } = framework.requestOf?.(handler) ?? framework.request;
  if (actor === null) return undefined;
  // The framework's usual place for the user is none in an application that keeps it elsewhere.
  const tail = actor.replace(/\??\.id$/, "").replace(/^[\w$]+/, "");
  // Everything has a `.user` somewhere; only that of a request is meant.
  const holder = /^_?req(?:uest)?\b/.test(actor) ? "\\b\\w*[rR]eq(?:uest)?" : "\\b\\w+";
  if (!seen(new RegExp(`${holder}${escaped(tail).replace("\\?", "\\??")}(?!\\w)`))) return undefined;
  const adapted = inNamesOf(actor, room);
  return adapted === undefined ? undefined : idOf(adapted);
}

/** Names of what somebody says who they are, before it is proven. */
const CLAIM = "(?:username|userName|user_name|email|login|identifier)";
const CLAIMED = new RegExp(
  `(?<![\\w$.])(?:(?:req|request)\\.body|ctx\\.request\\.body|input|credentials|body|data|args|dto|\\w+Dto|\\w+DTO|payload)\\??\\.${CLAIM}\\b(?!\\s*(?:=[^=]|\\())`,
);

/** Who tries to get in, by the name that was given: a failed login says whose door it was. Only where a line is written. */
function claimed(room: Room): string | undefined {
  if (!room.inner) return undefined;
  const own = new Set(room.file.body.flatMap((stmt) => (stmt.kind === "let" ? boundNames(stmt.target) : [])));
  const isOwn = (one: string): boolean => !own.has(one) && !room.file.imports.some(({ local }) => local === one);
  const name = ["username", "userName", "email", "identifier"].find((one) => isOwn(one) && isInScope(one, room));
  if (name !== undefined) return name;
  const read = CLAIMED.exec(textOf(room))?.[0];
  return read !== undefined && rootInScope(read, room) ? read : undefined;
}

/** `const user = await verifyUser(…)`: who was let in is who acts, where its id is read. */
const VERIFIED =
  /\b(?:const|let)\s+(\w*(?:[uU]ser|[sS]ession|[aA]uth|[aA]ccount))\s*=\s*(?:await\s+)?(?:this\.)?(?:\w+\.)*(?:verify|require|ensure|authenticate|authorize|validate|getCurrent|getAuth|getSession|getLoggedIn|current|auth)\w*\(/g;

function verifiedUser(own: string, room: Room): string | undefined {
  if (!room.inner) return undefined;
  for (const [, name] of own.matchAll(VERIFIED)) {
    const read = new RegExp(`(?<![\\w$.])${name}(?:\\??\\.user)?\\??\\.(?:id|userId|uuid|username)\\b`).exec(own)?.[0];
    if (read !== undefined && rootInScope(read, room)) return read;
  }
  return undefined;
}

/** Parameters that hold who acts: by their name alone, or where a decorator fills them. */
const ACTOR_PARAM = /^(?:auth|session|currentUser|actor|viewer|me)$/;
const ACTOR_DECORATOR = /^(?:CurrentUser|GetUser|AuthUser|ReqUser|User|Auth|GqlUser|ActiveUser)$/;

/** `auth.user.id` of a parameter `auth`, where the project writes it so. */
function actorParam({ fn }: Room, seen: Seen): string | undefined {
  const decorated = fn?.params.find(({ decorators }) => decorators.some(({ name }) => ACTOR_DECORATOR.test(name)))?.pattern;
  const name = decorated?.kind === "bind" ? decorated.name : fn && paramNames(fn).find((one) => ACTOR_PARAM.test(one));
  if (name === undefined) return undefined;
  return ["user.id", "userId", "user.uuid", "id", "uid", "uuid"]
    .map((path) => `${name}.${path}`)
    .find((expression) => seen(new RegExp(`(?<![\\w$.])${escaped(expression)}\\b`)));
}

/** A whole user in a log line brings its password hash along: of a bare user, the id. */
function idOf(user: string): string {
  if (/current_user\]?$/.test(user)) return `${user} && ${user}.id`;
  return /\.\w*user$/i.test(user) ? `${user}?.id` : user;
}

/** Names of the one whose account it is, where only the identifier is at hand. */
const OWNER_IDS = ["userId", "user_id", "accountId", "account_id"] as const;

/** Whose login or password it is: `user.id`, where the handler speaks of it, or an identifier that it has. */
function signedIn(room: Room): string | undefined {
  const found = /(?<![\w$.])(?:user|account|member)\.(?:id|uuid|username)\b/.exec(textOf(room))?.[0];
  return found !== undefined && rootInScope(found, room) ? found : undefined;
}

/** Whose password was set: a token that was of use says whose it is. */
function resetFor(kind: "success" | "failure", room: Room): string | undefined {
  return signedIn(room) ?? (kind === "success" ? OWNER_IDS.find((name) => isInScope(name, room)) : undefined);
}

function rootInScope(expression: string, room: Room): boolean {
  const root = /^[A-Za-z_$][\w$]*/.exec(expression)?.[0];
  return root !== undefined && isInScope(root, room);
}

/** Actions about something other than the one who acts. */
const ON_ITSELF: ReadonlySet<ActionName> = new Set<ActionName>([
  "authn_login",
  "authn_logout",
  "authn_sso",
  "authn_mfa",
  "authn_password_change",
  "authn_password_reset",
]);
/** A parameter that names what is acted on. */
const NAMES_ONE = /^(?:id|uuid|[a-z]\w*(?:Id|_id))$/;
const ID = /^(?:id|uuid|\w*[_I][dD]|name|slug|username|login|key)$/;

/** What is acted on, as the handler reads it from the route: `req.params.id`, `@Param("id") id`, `%{"id" => id}`. */
function targetOf(judged: Judged, action: ActionName, room: Room): string | undefined {
  const { fn } = room;
  if (fn === undefined || ON_ITSELF.has(action)) return undefined;
  const inRoute = /:(\w+)[^:]*$/.exec(judged.found.handler.path ?? "")?.[1];
  if (inRoute !== undefined && isGiven(inRoute, room)) return inRoute;
  const decorated = fn.params.find(
    ({ decorators, pattern }) => pattern.kind === "bind" && decorators.some(({ name, args }) => name === "Param" && args.length > 0),
  );
  if (decorated?.pattern.kind === "bind") return decorated.pattern.name;
  const read =
    /(?<![\w$.])(?:(?:req|request|ctx|c|event)\.(?:params|query(?=\.(?:id|\w+Id)\b))(?:\.\w+|\["\w+"\]|\['\w+'\])|(?:c|ctx)\.req\.param\("\w+"\)|(?:params|input)\.(?:id|\w+Id)\b)/.exec(
      ownTextOf(room, judged),
    )?.[0];
  if (read !== undefined && rootInScope(read, room)) return read;
  const bound =
    boundFrom(fn, ID, /\bparams\)?$/) ??
    fn.params
      .slice(1)
      .map((param) => boundUnder(param.pattern, ID))
      .find((name) => name !== undefined);
  if (bound === undefined && room.inner)
    return fn.params.flatMap(({ pattern }) => (pattern.kind === "bind" && NAMES_ONE.test(pattern.name) ? [pattern.name] : [])).at(-1);
  return bound !== undefined && (isInScope(bound, room) || paramNames(fn).includes(bound)) ? bound : undefined;
}

/** What the failure says of itself, where all that are meant say the same and it is a text of the source. */
function reasonOf(silent: readonly Outcome[]): string | undefined {
  const texts = new Set(silent.map(({ ending }) => saidBy(ending.text)));
  const [text] = texts;
  if (texts.size !== 1 || text === undefined || !/\s/.test(text)) return undefined;
  // An answer without a status may hold any text of the page; it must speak of a refusal.
  if (silent.some(({ ending }) => !/^(?:throws|[45]\d\d)\b/.test(ending.text)) && toneOf([text]) === "none") return undefined;
  return silent.some(({ ending }) => ending.at.file.text.includes(text)) ? quoted(text) : undefined;
}

/** `401 wrong password` and `throws ForbiddenError (403) not yours` without what is not said. */
function saidBy(end: string): string {
  const said = end.replace(/^throws (?:an error|[\w.$:]+)\s*/, "").replace(/^\(?\d{3}\)?\s*/, "");
  // A body that is written out as text is none of its own.
  if (/^[{[<]/.test(said)) return "";
  // The first sentence; the end of a long text is cut off.
  return said.replace(/(?<=\w)[.!?](?:\s.*)?$/, "").trimEnd();
}

/** The text of the function; of a closure that of the function around it as well. */
function textOf({ file, fn, inner }: Room): string {
  let whole = fn;
  if (inner) while (whole?.parent !== undefined) whole = whole.parent;
  return whole === undefined ? "" : file.text.slice(whole.start, whole.end);
}

/** The same, no farther out than the handler: what is asked of other routes that stand beside it is none of this one. */
function ownTextOf(room: Room, judged: Judged): string {
  let whole = room.fn;
  for (let at = whole; room.inner === true && at !== undefined; at = at.parent) if (at === judged.fn) whole = at;
  return whole === undefined ? "" : room.file.text.slice(whole.start, whole.end);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
