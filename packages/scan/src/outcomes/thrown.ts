import { inEnglish } from "../actions/chinese.ts";
import { phraseOf } from "../actions/phrases.ts";
import { parents } from "./type-containers.ts";
import type { Walk } from "./walk.ts";
import type { Value } from "./values.ts";
import { textsOf } from "./value-words.ts";
import type { ContainerIR } from "../ir/nodes.ts";

/** What an error that was raised says about itself. */
export interface Thrown {
  readonly name: string | undefined;
  readonly status: number | undefined;
  readonly texts: readonly string[];
}

/** Names of statuses as errors and codes of the field spell them. */
const STATUS_NAMES: ReadonlyMap<string, number> = new Map([
  ["unauthorized", 401],
  ["unauthenticated", 401],
  ["unauthorised", 401],
  ["notauthenticated", 401],
  ["forbidden", 403],
  ["permissiondenied", 403],
  ["authorization", 403],
  ["accessdenied", 403],
  ["unauthorizedaccess", 401],
  ["notauthorized", 403],
  ["badrequest", 400],
  ["notfound", 404],
  ["conflict", 409],
  ["unprocessableentity", 422],
  ["unprocessablecontent", 422],
  ["toomanyrequests", 429],
  ["internalservererror", 500],
  ["internal", 500],
  ["baduserinput", 400],
  ["invalidargument", 400],
  ["badgateway", 502],
  ["serviceunavailable", 503],
  ["gone", 410],
  ["preconditionfailed", 412],
  ["methodnotallowed", 405],
  ["teapot", 418],
  ["notacceptable", 406],
  ["serverwebinput", 400],
  ["methodargumentnotvalid", 400],
]);

export function readThrown(walk: Walk, value: Value): Thrown {
  const texts = textsOf(value);
  if (value.kind === "instance")
    return {
      name: value.name,
      status:
        statusOfArgs(value.args) ?? (value.of === undefined ? undefined : statusOfClass(walk, value.of, 4)) ?? statusOfName(value.name),
      texts: [value.name, ...texts],
    };
  if (value.kind === "record") return { name: undefined, status: statusOfArgs([value]), texts };
  if (value.kind === "unknown") {
    const told = saidToFactory(value);
    const all = told.length > 0 && /(?:^|\.)Validation/.test(value.path ?? "") ? told : [...told, ...texts];
    return { name: value.path, status: statusOfArgs(value.args ?? []) ?? statusOfName(value.path ?? ""), texts: all };
  }
  return { name: undefined, status: undefined, texts };
}

/**
 * What an error that a method of its class makes is told: `InvalidToken.because("…")`. Of one that carries whatever is wrong
 * (`ValidationException.withMessages({ email: … })`) only that tells.
 */
function saidToFactory({ path, args }: Value & { readonly kind: "unknown" }): readonly string[] {
  if (args === undefined || !/(?:Exception|Error)\.[a-z]\w*$/.test(path ?? "")) return [];
  return args.flatMap((arg) => (arg.kind === "record" ? [...arg.entries.values()] : [arg])).flatMap((one) => textsOf(one));
}

function statusOfName(name: string): number | undefined {
  const last = name.slice(name.lastIndexOf(".") + 1);
  const bare = last
    .replace(/^(?:New|Err|Status)+(?=[A-Z])/, "")
    .replace(/(?:Error|Exception|Http|HTTP|_error|Response)/g, "")
    .replace(/[^A-Za-z]/g, "")
    .toLowerCase();
  return STATUS_NAMES.get(bare);
}

const STATUS_KEYS = ["status", "statusCode", "status_code", "code", "httpStatus", "httpCode", "http"];

function statusOfArgs(args: readonly Value[], depth = 2): number | undefined {
  for (const arg of args) {
    const direct = statusOf(arg);
    if (direct !== undefined && args.indexOf(arg) < 2) return direct;
    if (arg.kind === "instance" && depth > 0) {
      const carried = statusOfArgs(arg.args, depth - 1);
      if (carried !== undefined) return carried;
    }
    if (arg.kind !== "record" || depth === 0) continue;
    for (const key of STATUS_KEYS) {
      const given = arg.entries.get(key);
      const status =
        given === undefined ? undefined : (statusOf(given) ?? (given.kind === "record" ? statusOfArgs([given], depth - 1) : undefined));
      if (status !== undefined) return status;
    }
    const nested = arg.entries.get("extensions");
    const inner = nested === undefined ? undefined : statusOfArgs([nested], depth - 1);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** 401, "UNAUTHORIZED", HttpStatus.FORBIDDEN. */
export function statusOf(value: Value): number | undefined {
  if (value.kind === "literal" && typeof value.value === "number") return value.value >= 300 && value.value < 600 ? value.value : undefined;
  const name =
    value.kind === "literal" && typeof value.value === "string" ? value.value : value.kind === "unknown" ? (value.path ?? "") : "";
  return name === "" || name.length > 60 ? undefined : statusOfName(name);
}

/** Annotations that give the errors of a class their status. */
const MARKS_STATUS: ReadonlySet<string> = new Set(["ResponseStatus"]);

/** A class that carries its status as a field, a constructor's super(…) argument, or by the class it extends. */
function statusOfClass(walk: Walk, container: ContainerIR, depth: number): number | undefined {
  for (const field of container.fields) {
    if (!STATUS_KEYS.includes(field.name) || field.value === undefined) continue;
    const status = statusOf(walk.valueAt(field.value, container.file, null, container));
    if (status !== undefined) return status;
  }
  for (const { name, args } of container.decorators) {
    if (!MARKS_STATUS.has(name.slice(name.lastIndexOf(".") + 1))) continue;
    const given = args.flatMap((arg) => (arg.kind === "record" ? arg.entries.map((entry) => entry.value) : [arg]));
    const status = given.map((arg) => statusOf(walk.valueAt(arg, container.file, null, container))).find((one) => one !== undefined);
    if (status !== undefined) return status;
  }
  const own = statusOfName(container.name);
  if (own !== undefined) return own;
  for (const fn of container.functions) {
    if (fn.role !== "constructor") continue;
    for (const stmt of fn.body) {
      if (stmt.kind !== "expr" || stmt.value.kind !== "call" || stmt.value.callee.kind !== "name" || stmt.value.callee.name !== "super")
        continue;
      const status = statusOfArgs(stmt.value.args.map((arg) => walk.valueAt(arg, container.file, fn, container)));
      if (status !== undefined) return status;
    }
  }
  for (const parent of depth === 0 ? [] : parents(walk, container)) {
    const status = statusOfClass(walk, parent, depth - 1);
    if (status !== undefined) return status;
  }
  for (const type of container.extends) {
    const status = statusOfName(type.name);
    if (status !== undefined) return status;
  }
  return undefined;
}

/** Names of what a type of error extends, as far as the project and its own words say. */
export function ancestorNames(walk: Walk, container: ContainerIR, depth: number): string[] {
  const named = container.extends.map((type) => type.name);
  return depth === 0 ? named : [...named, ...parents(walk, container).flatMap((parent) => ancestorNames(walk, parent, depth - 1))];
}

/** Words with which code says that somebody may not. */
const DENIAL =
  /\b(?:unauthori[sz]ed|forbidden|denied|(?:no|not|without|lack\w*|missing|insufficient|require[sd]?) (?:have )?(?:the |sufficient |enough |necessary |required |any )*(?:permissions?|privileges?|access|rights?|authori[sz]ation)|not (?:allowed|permitted|authori[sz]ed|(?:an? |the )?(?:admin|owner|member|eligible))|must be (?:an? |the )?(?:admin|owner|logged|signed|authenticated)|not (?:logged|signed) in|unauthenticated|not authenticated|authentication required|illegal activity|login required|operation (?:not|denied)|only (?:admins?|owners?|members?) (?:can|may))\b/i;
/** Words with which code says that a credential was no good. */
const PROOF_WORDS =
  "pass ?words?|credentials?|log ?in|tokens?|codes?|otp|totp|pin|answers?|links?|signatures?|sessions?|secrets?|api ?keys?|jwt|invit\\w+|grant|refresh|assertion|verification|authenticat\\w+|challenge|2fa|mfa|passkey|(?:api|access|reset|verification|confirmation|activation|recovery|security|secret) ?keys?|oauth state|state (?:parameter|mismatch)|client (?:id|secret|credentials?)";
const BAD_WORDS =
  "invalid|incorrect|wrong|bad|expired|mismatch\\w*|does not match|do not match|don ?t match|didn ?t match|not match\\w*|not valid|no longer valid|locked|not verified|unverified|unrecogni[sz]ed|unconfirmed|not recognised";
/** These say so only where a proof is what was asked for; elsewhere a thing is merely not there. */
const WEAK_WORDS = "unknown|revoked|already (?:been )?used|missing|rejected|not found|failed|fail";
const IDENTITY =
  "(?:user ?names?|e ?mails?|users?|accounts?)\\b[^.]{0,30}\\b(?:incorrect|wrong|not verified|unverified|unconfirmed|not confirmed|not activated|locked|disabled|suspended|blocked|banned|inactive|deactivated)";
const BAD_ACCOUNT = new RegExp(`\\b${IDENTITY}\\b`, "i");
const BAD_PROOF = new RegExp(
  `\\b(?:${BAD_WORDS})\\b[^.]{0,40}\\b(?:${PROOF_WORDS})\\b|\\b(?:${PROOF_WORDS})\\b[^.]{0,60}\\b(?:${BAD_WORDS})\\b`,
  "i",
);
const WEAK_PROOF = new RegExp(
  `\\b(?:${WEAK_WORDS})\\b[^.]{0,40}\\b(?:${PROOF_WORDS})\\b|\\b(?:${PROOF_WORDS})\\b[^.]{0,60}\\b(?:${WEAK_WORDS})\\b`,
  "i",
);
const VALIDATION =
  /\b(?:(?:expiry|expiration|days?|label|title|length|range|size|limit|format|name|scopes?) (?:is )?(?:invalid|wrong|bad|missing)|invalid (?:expiry|expiration|label|title|length|range|size|name)|captcha|required|must (?:be at least|contain|have|not be empty)|too (?:short|long|weak)|cannot be empty|can ?t be empty|empty|missing (?:field|param|body)|already (?:exists?|taken|registered|in use)|at least \d|validation|invalid (?:input|body|payload|parameters?|json|data|id|format|type|email address|email format|file|page|date|query))\b/i;

const SUCCESS = /\bsuccess(?:ful(?:ly)?)?\b(?!:? ?false)/i;

/** `bad-account`: the proof may be good, the account is not to be used. */
export type Tone = "denied" | "bad-proof" | "weak-proof" | "bad-account" | "validation" | "none";

/** What texts say about why something ended: the first that says something decides. */
export function toneOf(texts: readonly string[]): Tone {
  for (const text of texts) {
    const plain = inEnglish(text.length > 400 ? text.slice(0, 400) : text);
    // Codes and class names are read as words: INVALID_TOKEN, PasswordMismatchError.
    const words = /\s/.test(plain) ? plain : phraseLike(plain);
    if (SUCCESS.test(words)) continue;
    if (VALIDATION.test(words)) return "validation";
    if (DENIAL.test(words)) return "denied";
    if (BAD_ACCOUNT.test(words)) return "bad-account";
    if (BAD_PROOF.test(words)) return "bad-proof";
    if (WEAK_PROOF.test(words)) return "weak-proof";
  }
  return "none";
}

const OTHER_ERROR: Value = { kind: "instance", name: "Error", args: [] };

/** The error itself where it says that somebody was refused; all others stand for one another. */
export function telling(walk: Walk, value: Value): Value {
  const { status, texts } = readThrown(walk, value);
  if (status === 401 || status === 403) return value;
  const tone = toneOf(texts);
  return tone === "none" || tone === "validation" || tone === "weak-proof" ? OTHER_ERROR : value;
}

function phraseLike(name: string): string {
  return `${name.replace(/[_\-./:]+/g, " ").replace(/([a-z])([A-Z])/g, "$1 $2")} ${phraseOf(name).join(" ")}`;
}
