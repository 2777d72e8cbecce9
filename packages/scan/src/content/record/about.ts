import type { ActionName } from "@telltale/vocabulary";
import { actions, events } from "@telltale/vocabulary";
import { saidBy } from "./said.ts";
import { toneOf, type Tone } from "../../outcomes/thrown.ts";
import { eventOf, polarityOf, spokenBy } from "../../outcomes/topics.ts";
import type { Record } from "../../outcomes/way.ts";

const PERSON =
  "users?|accounts?|members?|customers?|admins?|owners?|profiles?|registrations?|e-?mails?|invit\\w+|people|collaborators?|staff|employees?";
const SECRET = "tokens?|api ?keys?|keys?|secrets?|credentials?|certificates?|consents?|grants?|oauth\\w*|clients?|service accounts?";
const JOINED = "creat\\w*|regist\\w*|sign(?:ed)? ?up|signup|add(?:ed)?|invited|provision\\w*|join(?:ed)?|accepted";
const MADE = `${JOINED}|issued?|generated?|rotated?|regenerated?`;
const GONE =
  "delet\\w*|remov\\w*|eras\\w*|destroy\\w*|purg\\w*|revok\\w*|drop(?:ped)?|wiped?|cleared|taken|withdrawn|terminated|closed|anonymi[sz]\\w*|deprovision\\w*";
const CHANGED = "updat\\w*|chang\\w*|edit\\w*|modif\\w*|saved?|set|enabl\\w*|disabl\\w*|configur\\w*|verified|confirmed|switched|turned";

const both = (one: string, other: string): RegExp =>
  new RegExp(`\\b(?:${one})\\b[^.]{0,60}\\b(?:${other})\\b|\\b(?:${other})\\b[^.]{0,60}\\b(?:${one})\\b`, "i");

/**
 * What a line must speak of to be the record of an action, not merely a line on its way. Narrower than `topics.ts`, which decides
 * whether an outcome is silent: here a line is held to what it says. Words from the messages of open-source applications.
 */
const SPEAKS_OF: Readonly<globalThis.Record<ActionName, RegExp>> = {
  authn_login:
    /\b(?:log(?:ged|ging|s)?[ -]?(?:in|on)|sign(?:ed|ing|s)?[ -]?(?:in|on)|authenticat\w*(?! (?:\w+ )?(?:sources?|settings?|providers?|methods?|config\w*|created|changed|updated|deleted|removed|added))|credentials?|pass ?words?|sudo|session (?:started|created))\b/i,
  authn_logout: /\b(?:log(?:ged|ging)?[ -]?(?:out|off)|sign(?:ed|ing)?[ -]?(?:out|off)|session (?:ended|destroyed|closed))\b/i,
  authn_mfa:
    /\b(?:m ?fa|2 ?fa|two[ -]?factor|multi[ -]?factor|second factor|t?otp|one[ -]?time|recovery codes?|backup codes?|pass ?keys?|web ?authn|authenticators?|verification codes?)\b/i,
  authn_password_change: /\b(?:pass ?words?|credentials?)\b/i,
  authn_password_reset: /\b(?:pass ?words?|account recovery|reset (?:tokens?|links?|requests?))\b/i,
  authn_sso:
    /\b(?:sso|saml|o ?auth2?|oidc|open ?id|single sign|log(?:ged|ging|s)?[ -]?(?:in|on)|sign(?:ed|ing|s)?[ -]?(?:in|on)|authenticat\w*|identity provider|idp|ldap)\b/i,
  user_created: both(PERSON, JOINED),
  user_deleted: both(PERSON, GONE),
  user_updated: both(`${PERSON}|user ?names?|phones?`, CHANGED),
  user_suspended: both(
    PERSON,
    "(?:un)?suspend\\w*|reinstat\\w*|ban(?:ned|s)?|block\\w*|lock\\w*|unlock\\w*|disabl\\w*|deactivat\\w*|enabl\\w*|activat\\w*|unban\\w*|unblock\\w*|reactivat\\w*",
  ),
  authz_admin: /\b(?:impersonat\w*|maintenance|admin(?:istrat\w+)?|masquerad\w*)\b/i,
  authz_change: both(
    "roles?|permissions?|members?|memberships?|admins?|owners?|privileges?|access|collaborators?|teams?|groups?|rights?",
    `${MADE}|${GONE}|${CHANGED}|grant\\w*|assign\\w*|unassign\\w*|promot\\w*|demot\\w*|transfer\\w*|left|leaves|leaving|shar(?:ed|ing)`,
  ),
  authz_fail:
    /\b(?:unauthori[sz]ed|forbidden|den(?:y|ied|ying)|not (?:allowed|authori[sz]ed|permitted)|permissions?|access|reject\w*|invalid (?:\w+ )?(?:tokens?|api ?keys?|keys?|signatures?|sessions?|jwts?)|authenticat\w*|no (?:token|session|credentials)|missing (?:\w+ )?(?:tokens?|headers?|api ?keys?))\b/i,
  token_created: both(SECRET, MADE),
  token_revoked: both(SECRET, GONE),
  token_revealed: both(SECRET, "view\\w*|reveal\\w*|read|retriev\\w*|show\\w*|access\\w*|export\\w*|download\\w*|fetch\\w*"),
  session_revoked: both("sessions?|devices?", `${GONE}|ended|expired|invalidated|log(?:ged)? ?out`),
  sensitive_read: /\b(?:export\w*|download\w*|dump\w*|backups?)\b/i,
  sensitive_delete: new RegExp(`\\b(?:${GONE})\\b`, "i"),
  security_config_change: both(
    "config\\w*|settings?|sso|saml|oidc|providers?|web ?hooks?|integrations?|polic(?:y|ies)|ldap|scim|connections?|authentication|security|plugins?|add-?ons?|allow ?lists?|registration",
    `${MADE}|${GONE}|${CHANGED}`,
  ),
};

/** Lines about a fault of the technology say nothing of somebody who was refused. */
const FAULT =
  /\b(?:fail(?:ed|ure|s)? to (?!log|sign|authenticate|verify|validate)|could(?: not|n'?t)|unable to (?!log|sign|authenticate|verify|validate)|errors? (?!log|sign)\w+ing\b|exception|unexpected|unhandled|uncaught|internal (?:server )?error|time(?:d)? ?out|redis|database|connection|unreachable|(?:not |mis)?configur\w*|(?:is|are) (?:empty|not set|unset|undefined)|empty or missing|environment|skipp(?:ed|ing)|ignor(?:ed|ing)|does not support|deprecated|unsupported)\b/i;

/** Words of a line that is written before anything was done: `Deleting user`, `trying to log in`. */
const UNDERWAY =
  /^(?:\W*(?:\[[^\]]*\]|\w+:)\W*)?(?:attempt(?:ing)?|try(?:ing)?|start(?:ing|ed)?|begin(?:ning)?|about to|request(?:ed)? (?:to|for)|(?!(?:us|dur|accord|follow)ing)[a-z]{3,}ing)\b/i;

/** Names of events that begin something: `login.start`, `LOGIN_ATTEMPT`. */
const UNDERWAY_NAME = /[._:-](?:start(?:ed)?|begin|attempt(?:ed)?|init\w*)$/i;
const FAILED_NAME = /(?:^|[._:-])(?:fail\w*|denied|rejected|invalid|error|refused)(?:[._:-]|$)/i;

/** Whether a row of an audit trail may tell of such an outcome by what it names. */
export function mayTellOf(record: Record, kind: "success" | "failure"): boolean {
  return kind === "failure" || !FAILED_NAME.test(saidBy(record).event ?? "");
}

/** Whether a line says that something begins, and not how it ended. */
export function isUnderway(text: string): boolean {
  return (
    UNDERWAY.test(text.trim()) ||
    /\bwill (?:now )?be\b/i.test(text) ||
    /\b(?:log ?in|sign ?in|\w+) attempts?\W*$|\.\.\.\s*$|…\s*$/i.test(text)
  );
}

/** A line that says what was not done records no success. */
const NEGATED = /\b(?:not|never|no|nothing|without|cannot|failed|failure|error|only|must|required?)\b|n't\b/i;

/** A line about what was read on the way is no record of what was then done with it. */
const READ = /^\W*(?:\[[^\]]*\]\W*)?(?:fetch(?:ed|ing)|found|load(?:ed|ing)|retriev(?:ed|ing)|quer(?:ied|ying)|look(?:ed|ing) up)\b/i;
const READS: ReadonlySet<ActionName> = new Set<ActionName>(["sensitive_read", "token_revealed"]);

/** What leads to a login, an account or a new password and is none yet: codes and links that are sent out. */
const LEADS_TO: ReadonlySet<ActionName> = new Set<ActionName>([
  "authn_login",
  "authn_sso",
  "user_created",
  "user_updated",
  "authn_password_reset",
]);
const SENT_OUT =
  /\b(?:(?:login|verification|confirmation|registration|activation|reset|sign-?in|magic|one-time) (?:codes?|links?|urls?|tokens?|otps?)|otps?|urls?|nonces?|challenges?)\b/i;
const PRESENTED = /\b(?:verified|validated|accepted|valid|correct|used|consumed|confirmed)\b/i;

/** What somebody says who refuses. */
export const REFUSALS: ReadonlySet<Tone> = new Set<Tone>(["denied", "bad-proof", "bad-account"]);

/** Whether a record tells of this outcome of the action by what it says. */
export function tellsOf(record: Record, action: ActionName, kind: "success" | "failure"): boolean {
  if (record.technical === true || record.texts.length === 0) return false;
  const polarity = polarityOf(record);
  if (polarity !== "any" && polarity !== kind) return false;
  const { own, structured, event: name = "" } = saidBy(record);
  if (kind === "success" && UNDERWAY_NAME.test(name)) return false;
  // What a line is given to say beside its own words names no event.
  const event = eventOf(own === "" ? record : { ...record, texts: record.texts.filter((text) => text === name || own.includes(text)) });
  if (event !== undefined && (event === actions[action].success || event === actions[action].failure || event === "authz_fail"))
    return true;
  // A record that names another kind of event is about that.
  const mine = actions[action].success ?? actions[action].failure;
  if (event !== undefined && mine !== null && events[event].category !== events[mine].category) return false;
  // A line that only passes on what it is given is about whatever that is.
  if (record.by === "log" && !structured && !/\w{3}/.test(own)) return false;
  // What a line says counts, not what it is given to say beside it.
  const spoken: Record = /\w{3}/.test(own) ? { ...record, texts: [own] } : record;
  const text = spokenBy(spoken);
  if (kind === "success" && record.by === "log" && NEGATED.test(text)) return false;
  if (kind === "success" && record.by === "log" && READ.test(own) && !READS.has(action)) return false;
  if (kind === "success" && LEADS_TO.has(action) && SENT_OUT.test(text) && !PRESENTED.test(text)) return false;
  if (record.by === "log" && FAULT.test(text)) return false;
  // A level alone says nothing of how it ended.
  if (kind === "failure" && record.by === "log" && polarityOf({ ...spoken, level: "info" }) !== "failure") return false;
  // Where an action can only fail by refusing the caller, a line that it did not work is about something else.
  if (kind === "failure" && actions[action].failure === "authz_fail") return REFUSALS.has(toneOf(spoken.texts));
  return SPEAKS_OF[action].test(text) || (kind === "failure" && REFUSALS.has(toneOf(spoken.texts)));
}
