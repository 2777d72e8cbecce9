import { actions, events, resolveEvent, type ActionName, type EventName } from "@telltale/vocabulary";
import { inEnglish } from "../actions/chinese.ts";
import { phraseOf } from "../actions/phrases.ts";
import type { Record } from "./way.ts";

/** Words that a record of an action may use for it, in the form of `phrases.ts`. Any one will do. */
const TOPICS: Readonly<globalThis.Record<ActionName, readonly string[]>> = {
  authn_login: [
    "login",
    "loggedin",
    "signin",
    "logon",
    "authenticate",
    "auth",
    "password",
    "credential",
    "session",
    "user",
    "account",
    "sudo",
    "token",
    "authorize",
  ],
  authn_logout: ["logout", "signout", "session", "user"],
  authn_mfa: [
    "mfa",
    "2fa",
    "totp",
    "otp",
    "tfa",
    "recoverycode",
    "authenticate",
    "factor",
    "code",
    "passkey",
    "webauthn",
    "security",
    "login",
    "signin",
    "session",
    "authenticator",
  ],
  authn_password_change: ["password", "credential"],
  authn_password_reset: ["password", "reset", "recover", "forgot", "token"],
  authn_sso: [
    "sso",
    "saml",
    "oauth",
    "oauth2",
    "oidc",
    "login",
    "loggedin",
    "signin",
    "authenticate",
    "auth",
    "callback",
    "provider",
    "session",
    "user",
    "identity",
    "account",
  ],
  user_created: ["user", "account", "signup", "register", "member", "customer", "create", "invite", "activate", "verify", "email"],
  user_deleted: ["user", "account", "delete", "remove", "erase", "destroy", "customer", "member"],
  user_updated: ["user", "account", "email", "update", "change", "username", "phone", "profile", "member"],
  user_suspended: ["user", "account", "suspend", "ban", "block", "lock", "unlock", "disable", "deactivate", "enable", "activate"],
  authz_admin: ["admin", "impersonate", "maintenance", "config", "setting"],
  authz_change: [
    "role",
    "permission",
    "member",
    "membership",
    "admin",
    "owner",
    "invite",
    "grant",
    "privilege",
    "access",
    "collaborator",
    "promote",
    "demote",
    "user",
    "team",
    "group",
  ],
  authz_fail: [
    "unauthorized",
    "forbidden",
    "denied",
    "deny",
    "permission",
    "access",
    "authorize",
    "authenticate",
    "auth",
    "token",
    "role",
    "allowed",
    "reject",
    "block",
    "session",
    "key",
  ],
  token_created: [
    "token",
    "apikey",
    "key",
    "secret",
    "credential",
    "accesskey",
    "accesstoken",
    "apitoken",
    "grant",
    "authorize",
    "consent",
    "client",
    "session",
    "refresh",
    "certificate",
  ],
  token_revoked: [
    "token",
    "apikey",
    "key",
    "secret",
    "credential",
    "accesskey",
    "accesstoken",
    "apitoken",
    "revoke",
    "consent",
    "grant",
    "session",
    "certificate",
  ],
  token_revealed: ["token", "apikey", "key", "secret", "credential", "reveal", "privatekey"],
  session_revoked: ["session", "revoke", "logout", "device"],
  sensitive_read: ["export", "download", "csv", "dump", "report", "archive"],
  sensitive_delete: ["delete", "remove", "destroy", "purge", "erase", "drop", "revert", "archive"],
  security_config_change: [
    "config",
    "setting",
    "sso",
    "saml",
    "oidc",
    "provider",
    "webhook",
    "integration",
    "addon",
    "plugin",
    "security",
    "policy",
    "allowlist",
    "ldap",
    "scim",
    "connection",
    "identity",
    "update",
    "enable",
    "disable",
    "configure",
  ],
};

/** Lines about the post, the cache, the network or a deprecation say nothing of the action that they accompany. */
const OTHER_MATTER =
  /\b(?:e-?mails?|mails?|mailer|sms|notifications?|analytics|posthog|metrics?|slack|redis|cache|queue|webhook deliver\w+|smtp)\b[^.]{0,40}\b(?:sen[dt]|deliver\w*|queued?|enqueue\w*|fail\w*|error|not|connect\w*|could|unable)\b|\b(?:send(?:ing)?|sent|deliver\w*|enqueue\w*|queue)\b[^.]{0,60}\b(?:e-?mails?|mails?|sms|notifications?|messages?|webhooks?|slack|events? to)\b|\bdeprecat\w+|\bwill be removed in\b/i;

/** What a record says of how it ended. */
const FAILURE_WORDS =
  /\b(?:fail\w*|invalid|den(?:y|ied)|reject\w*|wrong|incorrect|unauthori[sz]ed|forbidden|errors?|unable|could ?n[o']t|can ?not|can't|refus\w*|block(?:ed|ing)|mismatch\w*|expired|unsuccessful|not (?:found|allowed|valid|match\w*|authori[sz]ed)|bad|locked|missing|no (?:such|user|account|session)|unknown|nothing|unchanged|skipp\w+|ignor\w+|illegal|suspicious|excessive|too many|attempt\w*)\b/i;
const ATTEMPT_ONLY = /\battempt\w*\b/i;

/** `failure`: says that it went wrong. `success`: does not. `any`: an attempt, or nothing that can be read. */
export type Polarity = "success" | "failure" | "any";

export function polarityOf(record: Record): Polarity {
  if (record.outcome !== undefined) return record.outcome;
  const named = eventOf(record);
  if (named !== undefined) return outcomeOf(named);
  const text = spokenBy(record);
  if (record.level === "error" || record.level === "fatal") return "failure";
  if (text === "") return "any";
  const without = text.replace(ATTEMPT_ONLY, " ");
  if (FAILURE_WORDS.test(without)) return "failure";
  if (ATTEMPT_ONLY.test(text)) return record.level === "warn" ? "failure" : "any";
  return record.by === "audit" || record.level === "warn" ? "any" : "success";
}

/** The vocabulary's event that a record names, where it names one. */
export function eventOf(record: Record): EventName | undefined {
  for (const text of record.texts) {
    if (/^[A-Za-z][\w.:-]{3,60}$/.test(text) && /[_.:-]|[a-z][A-Z]/.test(text)) {
      const event = resolveEvent(text);
      if (event !== undefined) return event;
    }
  }
  return undefined;
}

function outcomeOf(event: EventName): Polarity {
  const outcome = events[event].ecs["event.outcome"];
  return outcome === "success" || outcome === "failure" ? outcome : "any";
}

/** Names of functions that are there to record something tell what; those that merely lie on the way do not. */
function speaks(name: string): boolean {
  return phraseOf(name).some((word) => ["log", "audit", "record", "track", "report", "event", "activity"].includes(word));
}

/** What a record says, in words: its texts, and the functions on its way that are there to record. */
export function spokenBy(record: Record): string {
  return [...record.texts.map(inEnglish), ...record.via.filter(speaks)]
    .map((text) => (/\s/.test(text) ? text : `${text} ${text.replace(/[_\-./:]+/g, " ").replace(/([a-z])([A-Z])/g, "$1 $2")}`))
    .join(" . ");
}

/** Functions between a handler and a line from which on the line is far. */
const FAR = 4;
/** Topic words that any line of an application may hold. */
const GENERIC = new Set([
  "user",
  "account",
  "session",
  "email",
  "update",
  "create",
  "change",
  "member",
  "token",
  "provider",
  "access",
  "key",
  "config",
  "setting",
  "enable",
  "disable",
  "connection",
  "identity",
  "client",
  "report",
  "customer",
  "profile",
  "auth",
  "integration",
  "plugin",
  "event",
  "group",
  "team",
  "code",
  "refresh",
  "grant",
  "security",
]);

/** Actions that are no change of a thing, though one may come along with them (the time of the last login). */
const CHANGES_NO_ROW: ReadonlySet<ActionName> = new Set([
  "authn_login",
  "authn_logout",
  "authn_sso",
  "authn_mfa",
  "authz_fail",
  "sensitive_read",
]);

/** Whether a record is about the action. `own`: further words that stand for it here, from the handler's name and evidence. */
export function isAbout(record: Record, action: ActionName, own: ReadonlySet<string>): boolean {
  if (record.ofRow && CHANGES_NO_ROW.has(action)) return false;
  if (record.by !== "log") return true;
  const event = eventOf(record);
  // A refusal is recorded by any event of a refusal, whatever the handler is for.
  if (event !== undefined && (event === actions[action].success || event === actions[action].failure || event === "authz_fail"))
    return true;
  const text = spokenBy(record);
  if (record.texts.length === 0) return record.level !== "error" && record.level !== "fatal";
  if (OTHER_MATTER.test(text)) return false;
  const words = text.split(/[^A-Za-z0-9]+/).flatMap((word) => (word === "" ? [] : phraseOf(word)));
  const pairs = phraseOf(text.replace(/[^A-Za-z0-9 ]+/g, " ").slice(0, 300));
  // A line far below the handler is about something else unless it names the very action.
  const far = record.via.length >= FAR;
  const topic = far ? TOPICS[action].filter((word) => !GENERIC.has(word)) : TOPICS[action];
  return [...words, ...pairs].some((word) => topic.includes(word) || (!far && own.has(word)));
}
