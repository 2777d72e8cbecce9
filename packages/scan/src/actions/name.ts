import type { ActionName } from "@telltale/vocabulary";
import type { HandlerFound } from "../frameworks/framework.ts";
import type { EvidenceReport } from "../report/result.ts";
import { inEnglish } from "./chinese.ts";
import { matchWords } from "./match.ts";
import { METHODS, ROLES, VERBS } from "./name-words.ts";
import { phraseOf } from "./phrases.ts";
import { impliedBy, isOfAPart, linkCode, ownActions, staticSegments } from "./route-words.ts";
import { LOCKED_THINGS, READING } from "./table.ts";

/** A call of the handler that by its name does something sensitive. */
export interface DeedFact {
  readonly words: readonly string[];
  readonly path: string;
  /** Calls between it and the handler. */
  readonly depth: number;
  readonly line: number;
}

export interface Naming {
  readonly action: ActionName | "none";
  readonly evidence: readonly EvidenceReport[];
}

/** What each kind of evidence weighs; a pattern's strength (1 to 3) multiplies it. */
const WEIGHT = { name: 4, container: 3, route: 3, hint: 1, file: 2 } as const;
/** A closure without a name, or one that is named for its method only: route and calls must say all. */
const UNNAMED = { route: 4, deed: 4 } as const;
/** By the number of calls between the handler and the deed. */
const DEED_WEIGHT = [3, 2, 1.5, 1, 0.5] as const;
/** Below this the evidence is too thin: one strong name, or weak pieces that agree, reach it. */
const ENOUGH = 7;

/** Deleting only what is bound to the caller is no destruction of what others share. */
const OWN = 8;

/** Actions that a request which only reads may perform: links in mails, callbacks of providers, downloads. */
const BY_READING: ReadonlySet<ActionName> = new Set<ActionName>([
  "authn_sso",
  "authn_logout",
  "authn_login",
  "authn_password_reset",
  "token_created",
  "token_revealed",
  "sensitive_read",
  "user_created",
  "authn_mfa",
  "authz_admin",
  "user_updated",
  "authz_change",
  "authn_password_change",
  "user_deleted",
  "session_revoked",
  "token_revoked",
]);

/** Where evidence is equal, the action that says more comes first. */
const PRECEDENCE: readonly ActionName[] = [
  ...([
    "authn_password_reset",
    "authn_password_change",
    "authn_mfa",
    "authn_sso",
    "authn_logout",
    "session_revoked",
    "token_revealed",
    "token_revoked",
    "token_created",
  ] as const),
  ...([
    "authz_admin",
    "user_suspended",
    "user_deleted",
    "user_created",
    "authz_change",
    "security_config_change",
    "authn_login",
    "sensitive_read",
    "user_updated",
    "sensitive_delete",
    "authz_fail",
  ] as const),
];

/** Weighs what route, names and calls say, and keeps each piece. */
export function nameAction(
  found: HandlerFound,
  names: { readonly fn: string; readonly container: string },
  deeds: readonly DeedFact[],
): Naming {
  const all = allPieces(found, names, deeds);
  const looks = onlyLooks(found, names.fn);
  const totals = new Map<ActionName, number>();
  const counted = new Map<string, number>();
  for (const piece of all) {
    // Of each source the best piece counts in full; more deeds that agree add a little.
    const slot = `${piece.source}|${piece.action}`;
    const before = counted.get(slot) ?? 0;
    counted.set(slot, Math.max(before, piece.weight));
    totals.set(piece.action, (totals.get(piece.action) ?? 0) + Math.max(0, piece.weight - before));
  }
  if (deeds.some((deed) => deed.words.includes("own"))) totals.set("sensitive_delete", (totals.get("sensitive_delete") ?? 0) - OWN);
  let best: ActionName | "none" = "none";
  let most = 0;
  for (const action of PRECEDENCE) {
    const total = looks ? lookingWeight(action, totals.get(action) ?? 0, all, found, names.fn) : (totals.get(action) ?? 0);
    if (total >= ENOUGH && total > most) {
      best = action;
      most = total;
    }
  }
  best = besides(best, totals, all);
  // A login through a provider is one whatever the function is called.
  if (best === "authn_login" && (totals.get("authn_sso") ?? 0) >= 6) best = "authn_sso";
  const evidence = all
    .filter((piece) => piece.action === best)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, 6)
    .map(({ source, text, weight, line }) => ({ source, text, weight, ...(line === undefined ? {} : { line }) }));
  return { action: best, evidence };
}

/** Who is let in is logged out first, wherever a session is left over: that alone makes no logout of a login. */
function besides(best: ActionName | "none", totals: ReadonlyMap<ActionName, number>, all: readonly Piece[]): ActionName | "none" {
  if (best !== "authn_logout" || all.some(({ action, source }) => action === "authn_logout" && source !== "call")) return best;
  const [said] = LETTING_IN.filter((action) => all.some((piece) => piece.action === action && piece.source !== "call"));
  return said === undefined || (totals.get(said) ?? 0) < ENOUGH ? best : said;
}
const LETTING_IN: readonly ActionName[] = ["authn_sso", "authn_login", "authn_mfa", "authn_password_reset", "user_created"];

/**
 * Whether more evidence from deeper calls could still name an action: false is certain, since deeds below the handler
 * alone never weigh enough. It spares walking what is plainly ordinary.
 */
export function mayBeNamed(
  found: HandlerFound,
  names: { readonly fn: string; readonly container: string },
  ownDeeds: readonly DeedFact[],
): boolean {
  const looks = onlyLooks(found, names.fn);
  return allPieces(found, names, ownDeeds).some(({ action }) => !looks || BY_READING.has(action));
}

/** All that route, names, file, hints and calls say, action by action. */
function allPieces(
  found: HandlerFound,
  names: { readonly fn: string; readonly container: string },
  deeds: readonly DeedFact[],
): readonly Piece[] {
  const unnamed = isUnnamed(names.fn);
  const said = [...namePieces(found, names), ...routePieces(found, unnamed), ...filePieces(found), ...hintPieces(found)];
  const done = deedPieces(deeds, unnamed);
  return [
    ...said,
    ...done.filter(
      (piece) => !isSaved(found, said, piece) && !isMarginal(names.fn, piece) && !isTurned(said, piece) && !isPutAway(names.fn, piece),
    ),
  ].filter(({ action }) => action !== "user_created" || !isSentAgain(names.fn));
}

/** Whoever saves a user has one already, unless something beside the call says that it is new. */
function isSaved(found: HandlerFound, said: readonly Piece[], { action, text }: Piece): boolean {
  if (action !== "user_created" || phraseOf(text.slice(text.lastIndexOf(".") + 1))[0] !== "save") return false;
  return found.method === "PUT" || found.method === "PATCH" || !said.some((piece) => piece.action === "user_created");
}

/** What turns a thing into a row or an answer is called an export as well: only a handler that says so hands data out. */
function isTurned(said: readonly Piece[], { action }: Piece): boolean {
  return action === "sensitive_read" && !said.some((piece) => piece.action === "sensitive_read");
}

/** Whoever makes or changes a thing puts something else of it away on the way: an old file, rows that are written anew. */
function isPutAway(name: string, { action, weight }: Piece): boolean {
  return action === "sensitive_delete" && weight < 9 && PUTTING.has(phraseOf(name)[0] ?? "");
}
const PUTTING = new Set(["store", "update", "create", "save", "edit", "add", "import", "upsert"]);

/** What a handler of somebody's own display settings calls is about these, whatever row they stand in. */
function isMarginal(name: string, { weight }: Piece): boolean {
  return weight < 9 && phraseOf(name).some((word) => DISPLAYED.has(word));
}

const DISPLAYED = new Set(["preference", "onboarding", "locale", "language", "theme", "layout", "tour", "bookmark", "favorite"]);

/** A link that is sent again activates nobody. */
function isSentAgain(name: string): boolean {
  return phraseOf(name).includes("resend");
}

interface Piece extends EvidenceReport {
  readonly action: ActionName;
}

function pieces(words: readonly string[], source: string, text: string, weight: number, line?: number): Piece[] {
  return matchWords(words).map(({ action, strength }) => ({
    action,
    source,
    text,
    weight: strength * weight,
    ...(line === undefined ? {} : { line }),
  }));
}

function namePieces(found: HandlerFound, names: { readonly fn: string; readonly container: string }): Piece[] {
  const all = withoutMethod(found, phraseOf(names.fn));
  const own = all.filter((word) => !METHODS.has(word) || all.length > 1);
  const around = phraseOf(names.container).filter((word) => !ROLES.has(word));
  const verb = own.length === 0 && !around.some((word) => VERBS.has(word)) ? impliedBy(found, around) : [];
  return [
    ...pieces(own, "name", names.fn, WEIGHT.name),
    ...(around.length === 0
      ? []
      : pieces([...own, ...verb, ...around], "container", `${names.container}.${names.fn}`, WEIGHT.container)
    ).filter(
      // `AccountsController.PostKeys` posts keys.
      ({ action }) => action !== "user_created" || own.length < 2 || own[0] !== found.method?.toLowerCase(),
    ),
  ];
}

/** `PostVerifyEmail`, `EditUserPost` of a POST: the method stands before or behind what is done. */
function withoutMethod(found: HandlerFound, words: readonly string[]): readonly string[] {
  const method = found.method?.toLowerCase();
  const rest = words[0] === method ? words.slice(1) : words.at(-1) === method ? words.slice(0, -1) : words;
  return VERBS.has(rest[0] ?? "") ? rest : words;
}

function isUnnamed(name: string): boolean {
  const words = phraseOf(name);
  return words.every((word) => METHODS.has(word)) || (matchWords(words).length === 0 && !READING.has(words[0] ?? ""));
}

/** The file says what a handler is for where the framework gives it no route: `auth/logout.tsx`. */
function filePieces(found: HandlerFound): Piece[] {
  if (found.path !== undefined && found.path.includes("/")) return [];
  const names = found.file.path
    .replace(/\.[^/]*$/, "")
    .split("/")
    .filter((name) => !FILE_ROLES.test(name));
  return pieces(
    names.slice(-1).flatMap((name) => phraseOf(name)),
    "file",
    found.file.path,
    WEIGHT.file + 1,
  );
}

/** Names of files and folders that say what kind of code they hold, not what it is about. */
const FILE_ROLES =
  /^(?:index|route|page|layout|action|actions|handler|handlers|server|api|lib|src|app|routes|pages|_?\w*layout|\+\w+(?:\.server)?|\$.*|\[.*)$/;

function routePieces(found: HandlerFound, unnamed: boolean): Piece[] {
  const weight = unnamed ? UNNAMED.route : WEIGHT.route;
  if (found.path === undefined || found.path === "") return [];
  const segments = found.path.split(/[/.:]/).length > 1 && found.path.includes("/") ? staticSegments(found.path) : [found.path];
  const text = `${found.method ?? ""} ${found.path}`.trim();
  const last = segments.slice(-1).flatMap((segment) => phraseOf(segment));
  const two = segments.slice(-2).flatMap((segment) => phraseOf(segment));
  const three = segments.slice(-3).flatMap((segment) => phraseOf(segment));
  // A segment with a verb of its own needs none from the method: POST /user-get-key creates nothing.
  const implied = last.some((word) => VERBS.has(word)) ? [] : impliedBy(found, last);
  const said = [last, two].flatMap((words) => pieces(words, "route", text, weight));
  const meant = [
    [...implied, ...last],
    [...implied, ...two],
  ].flatMap((words) => pieces(words, "route", text, weight));
  const wide = pieces([...implied, ...three], "route", text, weight - 1);
  const byLink = pieces([...last, ...linkCode(found.path)], "route", text, weight);
  const isOwn = ownActions(found.path, segments, implied);
  const isPart = isOfAPart(segments, implied);
  return [...said, ...byLink, ...[...meant, ...wide].filter(({ action }) => !isPart(action))].filter(
    ({ action }) => isOwn(action) && !(action === "authn_password_change" && two.some((word) => LOCKED.has(word))),
  );
}

function hintPieces(found: HandlerFound): Piece[] {
  return (found.hints ?? []).flatMap((hint) => pieces(phraseOf(inEnglish(hint)), "hint", hint, WEIGHT.hint));
}

function deedPieces(deeds: readonly DeedFact[], unnamed: boolean): Piece[] {
  const weightOf = (depth: number): number =>
    depth === 0 && unnamed ? UNNAMED.deed : DEED_WEIGHT[Math.min(depth, DEED_WEIGHT.length - 1)]!;
  return deeds.flatMap((deed) => pieces(deed.words, "call", `calls ${deed.path}`, weightOf(deed.depth), deed.line));
}

const LOCKED: ReadonlySet<string> = new Set(LOCKED_THINGS);

const WRITES: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH", "DELETE", "mutation", "action"]);

/** A request that by its method or name only reads. */
function onlyLooks(found: HandlerFound, name: string): boolean {
  if (
    found.method === "GET" ||
    found.method === "HEAD" ||
    found.method === "query" ||
    found.method === "subscription" ||
    found.readOnly === true
  )
    return true;
  // An event of a form that is being filled in.
  if (found.method === "event" && READING.has(phraseOf(found.path ?? "")[0] ?? "")) return true;
  const first = phraseOf(name)[0];
  if (first === undefined || !READING.has(first) || first === "new") return false;
  // What shows the form answers what is sent with it, too.
  if (SHOWN.has(first) && WRITES.has(found.method ?? "")) return false;
  // To get a token by POST is to have one made, where the route is one of tokens.
  if (first === "get" && found.method === "POST" && routePieces(found, false).some(({ action }) => action === "token_created"))
    return false;
  // Checking the strength of a password decides nothing; checking a token or a code does.
  return !["check", "validate"].includes(first) || phraseOf(name).includes("password");
}

/** What is shown, and changed by what is sent to it. */
const SHOWN = new Set(["edit", "form", "profile"]);

/** Actions whose page, asked for by GET, bears their name: the form is not the deed. */
const FORMS: ReadonlySet<ActionName> = new Set<ActionName>(["authn_login", "authn_password_change"]);

/** Last words of names that only look, where the thing comes before the verb: `backupsList`. */
const LISTS = new Set(["list", "index", "count", "stat"]);
/** How the set-up of a second factor begins. */
const STARTS = new Set([
  "setup",
  "enroll",
  "enrol",
  "start",
  "begin",
  "qr",
  "qrcode",
  "challenge",
  "authenticate",
  "option",
  "pair",
  "new",
  "secret",
  "recoverycode",
]);

/** What links in mails and callbacks of providers do by GET, also where a form of the same path follows. */
const BY_LINK = new Set(["confirm", "verify", "check", "validate", "activate", "accept", "callback", "token"]);

/** For a request that reads, the calls must show the action too; a name alone ("show login") is the form or the list. */
function lookingWeight(action: ActionName, total: number, all: readonly Piece[], found: HandlerFound, fn: string): number {
  const { path = "" } = found;
  const name = found.method === "event" ? path : fn;
  if (!BY_READING.has(action)) return 0;
  if (action === "sensitive_read" || action === "token_revealed")
    return all.some((piece) => piece.action === action && piece.source !== "call") ? total : 0;
  const called = all.some((piece) => piece.action === action && piece.source === "call");
  // The page bears the name of what is done when its form is sent.
  if (found.showsForm === true && !called && !phraseOf(fn).some((word) => BY_LINK.has(word))) return 0;
  if (action === "authn_logout") return called || all.some((piece) => piece.action === action && piece.source === "name") ? total : 0;
  // A form that is being filled in does nothing yet.
  if (name === "validate") return 0;
  const words = phraseOf(name);
  if (LISTS.has(words.at(-1) ?? "") && !called) return 0;
  // Whether a second factor is set up is asked more often than it is changed.
  if (action === "authn_mfa" && !called && ![...words, ...phraseOf(path)].some((word) => VERBS.has(word) || STARTS.has(word))) return 0;
  // Whoever follows the link in a mail confirms by it.
  if (action === "user_created" && linkCode(path).length > 0) return total;
  // Who asks for the page of a registration gets the form; a link that confirms carries a token.
  if (action === "user_created" && !/[:{<[*]/.test(path) && !called) return 0;
  // A provider sends people back by a plain GET; the route of a callback says what it is.
  if (action === "authn_sso" && all.some((piece) => piece.action === action && piece.source !== "call" && piece.weight >= 9)) return total;
  const first = phraseOf(name)[0];
  // "show", "index", "new_session" are the form or the list; so is "create", where no call says more.
  if (first !== undefined && READING.has(first) && (!["check", "validate"].includes(first) || phraseOf(name).includes("password")))
    return 0;
  if (all.some((piece) => piece.action === action && piece.source === "call" && piece.weight >= 3)) return total;
  return FORMS.has(action) || first === "create" ? 0 : total - 6;
}
