import { phraseOf } from "./phrases.ts";

/** Verbs that ask whether something is right. */
const ASKING = new Set([
  "verify",
  "check",
  "compare",
  "match",
  "authenticate",
  "auth",
  "confirm",
  "ensure",
  "assert",
  "test",
  "challenge",
  "valid",
  "consume",
  "authorize",
  "introspect",
  "decode",
  "equal",
]);
/** What a person or program proves itself with. */
const PROOF = new Set([
  "password",
  "passcode",
  "token",
  "code",
  "credential",
  "otp",
  "totp",
  "hotp",
  "2fa",
  "mfa",
  "tfa",
  "secret",
  "pin",
  "signature",
  "hash",
  "recoverycode",
  "jwt",
  "session",
  "apikey",
  "accesstoken",
  "apitoken",
  "refreshtoken",
  "magiclink",
  "passkey",
  "webauthn",
  "assertion",
  "authenticate",
  "login",
  "key",
  "sudo",
  "u2f",
  "answer",
  "bearer",
  "digest",
  "proof",
]);
/** Library calls by their last two names, which say it without a second word. */
const LIBRARY_CHECKS = new Set([
  "bcrypt.compare",
  "bcrypt.comparesync",
  "bcryptjs.compare",
  "argon2.verify",
  "jwt.verify",
  "jsonwebtoken.verify",
  "scrypt.verify",
  "crypto.timingsafeequal",
  "bcrypt.verify_pass",
  "argon2.verify_pass",
  "pbkdf2.verify_pass",
  "bcrypt.check_pass",
  "speakeasy.totp.verify",
  "totp.verify",
  "authenticator.check",
  "authenticator.verify",
  "nimbletotp.valid?",
  "bcrypt.checkpw",
  "phoenix.token.verify",
  "plug.crypto.secure_compare",
  "passwordhasher.verify",
  ...[
    "auth.attempt",
    "guard.attempt",
    "auth.attemptwhen",
    "auth.once",
    "auth.validate",
    "guard.validate",
    "this.attemptlogin",
    "hash.check",
  ],
]);
/** A check of the form only, or of what no one can get wrong on purpose. */
/** `validate` checks a form where it names a password, and decides where it names what only a user can have. */
const VALIDATED = new Set(["token", "credential", "otp", "totp", "code", "2fa", "mfa", "signature", "session", "apikey", "user"]);
const FORM_ONLY = new Set([
  "schema",
  "strength",
  "policy",
  "format",
  "input",
  "body",
  "params",
  "param",
  "form",
  "csrf",
  "captcha",
  "expiry",
  "length",
  "type",
  "status",
  "required",
  "exist",
  "unique",
  "breach",
  "pwned",
  "reuse",
  "history",
  "setting",
  "enabled",
  "enable",
  "config",
  "provider",
  "set",
  "put",
  "mark",
  "update",
  "change",
  "delete",
  "remove",
  "assign",
  "save",
  "send",
  "resend",
  "revoke",
  "clear",
  "log",
  "start",
  "refresh",
  "allowed",
  "header",
  "rule",
  "generate",
  "create",
  "new",
  "field",
]);

const memo = new Map<string, boolean>();

/** Verbs that, given a proof, decide on it whatever else they are called. */
const JUDGING = new Set(["verify", "authenticate", "auth", "login", "signin", "attempt"]);
/** Checks that somebody is a human or the same browser, not who they are. */
const NOT_A_PERSON = /captcha|turnstile|csrf|xsrf/i;

/** Whether a file is there to tell people from machines: its checks say nothing of who somebody is. */
export function tellsHumans(file: string): boolean {
  return /captcha/i.test(file);
}

const GIVEN_PROOF = new Set(["password", "otp", "totp", "code", "passcode", "pin", "token", "recoverycode"]);

/** Whether a call decides if a credential is good: by its name, or by what it is given. */
export function isCheckOf(path: string, argNames: readonly string[]): boolean {
  if (NOT_A_PERSON.test(path)) return false;
  if (isCredentialCheck(path)) return true;
  const verb = phraseOf(path.slice(path.lastIndexOf(".") + 1))[0];
  return (
    verb !== undefined &&
    JUDGING.has(verb) &&
    argNames.some((name) => phraseOf(name.slice(name.lastIndexOf(".") + 1)).some((word) => GIVEN_PROOF.has(word)))
  );
}

/** Whether the check is one of a password: what a login turns on. */
export function isPasswordCheck(path: string, argNames: readonly string[]): boolean {
  const words = [path, ...argNames].flatMap((name) => name.split(".").slice(-2)).flatMap((name) => phraseOf(name));
  return words.some((word) => ["password", "credential", "bcrypt", "argon2", "passcode", "scrypt", "bcryptj"].includes(word));
}

/** Whether a call of this name decides if a credential is good. */
function isCredentialCheck(path: string): boolean {
  const known = memo.get(path);
  if (known !== undefined) return known;
  const result = decide(path);
  if (memo.size < 100_000) memo.set(path, result);
  return result;
}

function decide(path: string): boolean {
  const names = path.split(".");
  const lower = names.map((name) => name.toLowerCase());
  if (LIBRARY_CHECKS.has(lower.slice(-2).join(".")) || LIBRARY_CHECKS.has(lower.slice(-3).join("."))) return true;
  // `passwordEncoder.matches(given, stored)`, whatever the encoder is called.
  if (names.at(-1) === "matches" && /(?:encoder|password|hasher|credential\w*)$/i.test(names.at(-2) ?? "")) return true;
  const words = phraseOf(names.at(-1) ?? "");
  // `smtp_client.authentication(mechanisms)`: how the application itself signs in at a server.
  if (words.join(" ") === "authenticate" && /(?:smtp|mail|transport|builder)\w*$/i.test(names.at(-2) ?? "")) return false;
  if (words.some((word) => FORM_ONLY.has(word))) return false;
  if (words[0] === "validate") return words.slice(1).some((word) => VALIDATED.has(word));
  const asks = words.findIndex((word) => ASKING.has(word));
  if (asks < 0) return false;
  if (words.some((word, i) => i !== asks && PROOF.has(word))) return true;
  // `auth.authenticate(user, password)`, `Pow.authenticate_user`: the verb alone is enough for this one.
  return words[asks] === "authenticate" && !words.includes("request");
}
