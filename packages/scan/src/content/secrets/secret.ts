import { guessableKinds, type Names, type NameVerdict } from "@telltale/vocabulary";
import { splitWords } from "../../actions/words.ts";
import { declaredType } from "../../ir/scope.ts";
import type { Origin } from "../flow/origin.ts";
import {
  ABOUT,
  HARMLESS_OWN,
  MADE_SAFE,
  MASKING_TYPES,
  LOGIN_PLACES,
  LOGIN_WORDS,
  NOT_GIVING,
  OTHER_CARDS,
  OTHER_TOKENS,
  SETTINGS,
  STAND_IN,
  TEXT_READERS,
  TEXT_TYPES,
  TOKENS_OF_TEXT,
  VALUE_MEMBERS,
} from "./context.ts";
import { verdictOfName } from "./names.ts";

/** A secret that a value holds, and how that is known. */
export interface Secret {
  readonly kind: NameVerdict["kind"] | "request";
  readonly origin: Origin;
  /** The name that says it: of the value itself, or the way to it. */
  readonly name: string;
  /** How it stands in a sentence: `req.body.password`. */
  readonly shown: string;
}

/** After these nothing of the value can be read. */
const HIDING: ReadonlySet<string> = new Set(["cuts", "digests", "encrypts", "masks", "measures"]);

/** Whether what the value went through leaves nothing of it. */
export const isHidden = (origin: Origin): boolean => origin.effects.some((effect) => HIDING.has(effect));

/** The secret that a value is by its names; undefined where nothing says so. */
export function secretByName(origin: Origin, names: Names): Secret | undefined {
  if (origin.kind === "caught" || isHidden(origin) || origin.names.some(isMadeSafe)) return undefined;
  if (origin.kind === "literal") return secretWritten(origin, names);
  if (isAbout(origin.path) || isOtherType(origin)) return undefined;
  if (/^new [^()]*\(\)$/.test(origin.path) || origin.names.some(isErrorName)) return undefined;
  if (SESSION_ID.test(origin.path)) return { kind: "session", origin, name: origin.path, shown: origin.path };
  const own = ownName(origin);
  if (saysOtherwise(own, names) || isCalledOtherwise(origin, names)) return undefined;
  const isCall = origin.kind === "call" && origin.path.endsWith("()");
  if (isCall && isQuestion(own)) return undefined;
  if (isPlaceOfFile(origin.path)) return undefined;
  const isNoToken = origin.names.some((name) => isOtherToken(name, names));
  const found = candidatesOf([own, ...origin.names.slice(1)], isCall).flatMap(({ judged, shown, ofCall }) => {
    const verdict = verdictOf(judged, origin, names);
    // What a cookie holds is told by its name, not by the function that reads cookies.
    return verdict === undefined || (isNoToken && verdict.kind === "token") || (ofCall && verdict.kind === "cookie")
      ? []
      : [{ kind: verdict.kind, origin, name: shown, shown: shownOf(origin, shown), ofCall }];
  });
  return found.find((one) => !one.ofCall) ?? found[0];
}

/** The last name of the path, or that of what it is the value of: `passwordField.value`. */
function ownName({ path, names }: Origin): string {
  const segments = path.split(".");
  const last = segments.at(-1)!;
  while (segments.length > 1 && VALUE_MEMBERS.has(segments.at(-1)!)) segments.pop();
  const found = segments.at(-1)!;
  return found === last || found.endsWith("()") ? (names[0] ?? "") : found;
}

/** The identifier of a session that a request carries. */
const SESSION_ID =
  /(?:^|\.)(?:req|request|httpSession|getSession\(\)|HttpContext|ctx)\b.*(?:session|Session)?.*\.(?:session_key|sessionID|getRequestedSessionId\(\))$|(?:\.|^)(?:getSession\(\)|httpSession|req(?:uest)?\.session|HttpContext\.Session)\.(?:getId\(\)|id|Id)$/;

const isMadeSafe = (name: string): boolean => splitWords(name).some((word) => MADE_SAFE.has(word));

/** The hash of what cannot be guessed tells nothing: `hashedAuthHeader`, not `hashedPassword`. */
const isSafeHash = (name: string, kind: NameVerdict["kind"]): boolean => splitWords(name).includes("hashed") && !GUESSABLE.has(kind);

const GUESSABLE: ReadonlySet<string> = new Set(guessableKinds);

/** A secret that stands in the source: a variable or field of that name with a text that could be one. */
function secretWritten(origin: Origin, names: Names): Secret | undefined {
  const { expr } = origin;
  if (expr.kind !== "literal" || typeof expr.value !== "string" || expr.symbol === true || !origin.names.some((name) => /\w/.test(name)))
    return undefined;
  const { value } = expr;
  for (const name of origin.names) {
    const verdict = name.endsWith("()") ? undefined : verdictOf(name, origin, names);
    if (verdict === undefined || value.length < 4 || STAND_IN.test(value.trim()) || saysName(value, name)) continue;
    if (verdict.kind !== "connection_string" && /\s/.test(value)) continue;
    return { kind: verdict.kind, origin, name, shown: name };
  }
  return undefined;
}

/** `PASSWORD = "password"` is the name of a field. */
function saysName(value: string, name: string): boolean {
  if (!/^[a-z_. :/-]+$/i.test(value)) return false;
  const letters = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, "");
  return letters(value) === letters(name) || splitWords(value).some((word) => splitWords(name).includes(word));
}

/** The name where the value began, or where it is logged, is that of an identifier, a type, a count. */
const saysOtherwise = (name: string, names: Names): boolean => HARMLESS_OWN.test(name) && names.verdict(name) === undefined;

/** What is called an identifier where it is logged; an address or a message may well have the secret in it. */
function isCalledOtherwise({ names, spliced }: Origin, known: Names): boolean {
  const last = names.at(-1) ?? "";
  return saysOtherwise(last, known) && !(spliced && /(?:url|path|message|msg|title|description|reason|label)$/i.test(last));
}

/** Somewhere it is called a token of another sort, which the vocabulary knows: `nextPageToken`, `extractSyncToken()`. */
function isOtherToken(name: string, names: Names): boolean {
  const noun = name.endsWith("()") ? nounOf(name.slice(0, -2), true) : nounOf(name, true);
  return /.token$/i.test(noun) && names.verdict(noun) === undefined;
}

/** The names to judge: a function goes by what it gives. */
function candidatesOf(names: readonly string[], isCall: boolean) {
  return names.map((name, i) => {
    const ofCall = name.endsWith("()") || (i === 0 && isCall);
    const bare = name.replace(/\(\)$/, "");
    return { judged: ofCall ? nounOf(bare) : name, shown: ofCall ? `${bare}()` : name, ofCall };
  });
}

/** Where a secret is kept: `keyFile`, `config.privateKeyPath`, `path.withExtension()`. */
const isPlaceOfFile = (path: string): boolean =>
  /(?:path|file|filename|dir|directory|folder|extension|location)(?:$|[.()])|trim_start_matches|getParent/i.test(path);

/** What went wrong, whatever was done: `err := touchToken(…)`. */
export const isErrorName = (name: string): boolean =>
  /^_?(?:err|errs?|error|errors|ex|exc|exception|failure|reason|cause|e)$|[a-z](?:Err|Error|Exception)$|_err(?:or)?$/.test(name);

function verdictOf(name: string, origin: Origin, names: Names): NameVerdict | undefined {
  const verdict = verdictOfName(name, names);
  if (verdict === undefined || isSafeHash(name, verdict.kind)) return undefined;
  if (verdict.kind === "authorization" && !HEADER.test(origin.path) && !HEADER.test(name)) return undefined;
  if (verdict.kind === "card" && OTHER_CARDS.test(`${origin.file.path} ${origin.path}`)) return undefined;
  if (verdict.kind === "session" && !isOfLogin(name, origin)) return undefined;
  return verdict.kind === "token" && isTextToken(name, origin) ? undefined : verdict;
}

/** Sessions are of many kinds (chats, uploads, payments): that of a login says so, or stands where logins are dealt with. */
function isOfLogin(name: string, { file, path }: Origin): boolean {
  const before = splitWords(name).slice(0, splitWords(name).indexOf("session"));
  if (before.some((word) => !LOGIN_WORDS.has(word) && !NOT_GIVING.has(word) && word !== "get")) return false;
  return before.some((word) => LOGIN_WORDS.has(word)) || LOGIN_PLACES.test(`${file.path} ${path}`);
}

const HEADER = /header|bearer|basic|META|HTTP_|^(?:_?req(?:uest)?|r|c|ctx|conn|context)\b/i;
/** Members of lists of messages, types and the like, and constants of a type: `errors.password`, `TokenType.ACCESS`. */
function isAbout(path: string): boolean {
  const segments = path.split(".");
  if (segments.slice(0, -1).some((one) => ABOUT.has(one.toLowerCase().replace("()", "")))) return true;
  const [root = ""] = segments;
  const last = segments.at(-1)!;
  return segments.length > 1 && /^\p{Lu}/u.test(root) && /^\p{Lu}/u.test(last) && !last.endsWith("()") && !SETTINGS.test(root);
}

/** Its declared type is no text: it masks itself, is a number, or is an object that shows what it shows. */
function isOtherType({ expr, file, fn, path }: Origin): boolean {
  const type = expr.kind === "name" && path === expr.name ? declaredType(file, fn, expr.name)?.name : undefined;
  if (type === undefined) return false;
  return (
    MASKING_TYPES.has(type) || MASKING_TYPES.has(type.slice(type.lastIndexOf(".") + 1)) || !TEXT_TYPES.test(type.replace(/^[*&]+/, ""))
  );
}

/** `verifyToken()`, `resetPassword()`: what it gives is an answer or a row. */
function isQuestion(name: string): boolean {
  const words = splitWords(name);
  return NOT_GIVING.has(words[0] ?? "") || NOT_GIVING.has(words.slice(0, 2).join("_"));
}

const PREPOSITIONS: ReadonlySet<string> = new Set(["by", "for", "from", "with", "of", "in", "to", "and", "on", "if", "or", "via", "using"]);

/** What a function gives by its name, without what it is got by: `getUserByToken` gives a user. */
function nounOf(name: string, always = false): string {
  if ((!always && isQuestion(name)) || (/^\p{Lu}\p{Ll}/u.test(name) && splitWords(name).length === 1)) return "";
  const words = splitWords(name);
  const end = words.findIndex((word, i) => i > 0 && PREPOSITIONS.has(word));
  return words.slice(0, end < 0 ? words.length : end).join("_");
}

/** A token of a parser or of a language model. */
function isTextToken(name: string, { file, path, names }: Origin): boolean {
  if (splitWords(name).at(-1) === "headers") return true;
  if (OTHER_TOKENS.test(`${file.path} ${path}`)) return true;
  if (splitWords(name).length > 1) return false;
  return TOKENS_OF_TEXT.test(file.path) || TEXT_READERS.test(path) || names[0] === "tokens";
}

/** The path where it is short and speaks for itself, else the name. */
function shownOf({ path, names }: Origin, name: string): string {
  const isReadable = path !== "" && path.length <= 48 && !path.includes("()");
  if (isReadable && path.toLowerCase().includes(name.toLowerCase())) return path;
  return names.includes(name) || path === "" || path.length > 48 ? name : path;
}
