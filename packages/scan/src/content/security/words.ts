import type { ActionName } from "@telltale/vocabulary";

/** Calls that may leave something of an error, whatever they do: logging, tracking, handing on, refusing by a helper. */
export const SPEAKS =
  /log(?!in|out)|audit|record|report|capture|track|notify|emit|dispatch|publish|handle|err(?:or)?s?$|warn|alert|reject|raise|throw|fail|abort|deny|denied|panic|trace|debug|print|sentry|event|metric|increment|exception|unauthorized|forbidden|refuse|monitor|rescue|toast|message/i;

/** Names of functions that may or may not find somebody: their catch is the answer "nobody". */
export const OPTIONAL =
  /optional|maybe|try|soft|guest|anonym|public|silent|attempt|if_?present|populate|load|session_?user|current_?user|get_?user/i;

/** Names of functions that say yes or no to somebody. */
export const GRANTS = /verif|check|valid|auth|allow|can(?=[A-Z_])|permit|access|match|^is(?=[A-Z_])|^has(?=[A-Z_])|guard|confirm/i;
/** Names of those whose yes is bad news. */
export const NEGATIVE =
  /expir|invalid|revok|block|lock|den[iy]|need|require|fail|miss|ban|limit|reject|stale|compromis|pwned|breach|throttle|captcha|duplicate|exists|taken/i;

/** Members that say who somebody is. */
export const IDENTITIES = /user|auth|session|claims|decoded|token|identity|account|principal|viewer|member|payload|subject|actor/i;

/** Actions that protect somebody: where they silently fail, whoever was to be kept out is still in. */
export const UNDONE: ReadonlySet<ActionName> = new Set<ActionName>([
  "session_revoked",
  "token_revoked",
  "user_suspended",
  "authz_change",
  "authn_password_change",
  "authn_password_reset",
]);
