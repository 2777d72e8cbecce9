/** Why it failed, as one word, and what applications write for it: lower case, letters and digits only. */
const reasons = {
  bad_password: `badpassword wrongpassword invalidpassword incorrectpassword passwordmismatch passwordincorrect passwordinvalid
    passwordwrong badcredentials wrongcredentials invalidcredentials incorrectcredentials invalidlogin invalidloginorpassword
    invalidusernameorpassword incorrectusernameorpassword invalidemailorpassword incorrectemailorpassword wrongemailorpassword
    passworddoesnotmatch passwordnotmatch invalidgrant invalidusercredentials badcredentialsexception 52e`,
  unknown_user: `unknownuser usernotfound nosuchuser userunknown unknownaccount accountnotfound nosuchaccount invaliduser
    invalidusername userdoesnotexist usernotexist unknownusername unknownemail emailnotfound usernamenotfound
    usernamenotfoundexception nouser notfound invalidemail unregistered notregistered 525`,
  locked: `locked accountlocked userlocked lockedout accountlockedout userlockedout accountislocked lockedexception toomanyfailures
    toomanyattempts toomanyfailedattempts toomanyfailedlogins maxattempts maxattemptsexceeded accounttemporarilylocked lockout 775`,
  disabled: `disabled accountdisabled userdisabled inactive accountinactive userinactive suspended accountsuspended usersuspended
    deactivated accountdeactivated blocked accountblocked userblocked banned userbanned disabledexception notactive 533`,
  mfa_failed: `mfafailed mfafail mfafailure badmfa badotp invalidotp wrongotp otpinvalid otpfailed otpmismatch invalidcode wrongcode
    badcode invalidmfa invalidmfacode wrongmfacode invalidtotp wrongtotp totpfailed totpinvalid secondfactorfailed
    invalidsecondfactor twofactorfailed invalidtwofactor invalidtwofactorcode 2fafailed invalid2fa invalid2facode
    invalidverificationcode mfadenied`,
  mfa_required: `mfarequired otprequired totprequired twofactorrequired 2farequired secondfactorrequired needmfa`,
  password_expired: `passwordexpired expiredpassword credentialsexpired credentialsexpiredexception passwordchangerequired 532`,
  account_expired: `accountexpired userexpired accountexpiredexception 701`,
  unconfirmed: `unconfirmed notconfirmed unverified notverified emailnotverified emailnotconfirmed emailunverified usernotconfirmed
    usernotverified accountnotverified accountnotconfirmed accountunconfirmed`,
  rate_limited: `ratelimited ratelimit ratelimitexceeded toomanyrequests throttled slowdown 429`,
  bad_token: `badtoken invalidtoken tokeninvalid wrongtoken malformedtoken tokenmalformed invalidsignature badsignature jwtmalformed
    invalidjwt jsonwebtokenerror unknowntoken tokennotfound invalidrefreshtoken`,
  token_expired: `tokenexpired expiredtoken jwtexpired tokenexpirederror sessionexpired refreshtokenexpired expired`,
  not_allowed: `notallowed forbidden accessdenied permissiondenied insufficientpermissions insufficientprivileges insufficientscope
    notauthorized notauthorised unauthorized unauthorised notpermitted missingpermission`,
} as const;

export type Reason = keyof typeof reasons;

const byText: ReadonlyMap<string, string> = new Map(
  Object.entries(reasons).flatMap(([reason, texts]) =>
    [reason.replaceAll("_", ""), ...texts.split(/\s+/)].map((text): [string, string] => [text, reason]),
  ),
);

const REMEMBERED = 1024;
const memory = new Map<string, string | undefined>();

/** No known reason is longer, blanks and all. */
const LONGEST = 80;

/**
 * The word for a reason: `Invalid password`, `bad-credentials` and `BadCredentialsException` are `bad_password`. Undefined for a
 * text that says something else. A text that leaves open whether the user or the password was wrong counts as `bad_password`.
 */
export function reasonWord(text: string): string | undefined {
  if (text.length > LONGEST) return undefined;
  const remembered = memory.get(text);
  if (remembered !== undefined || memory.has(text)) return remembered;
  if (memory.size >= REMEMBERED) memory.clear();
  const word = byText.get(
    text
      .toLowerCase()
      .replace(/^(?:reason|error)[:=]\s*/, "")
      .replace(/[^a-z0-9]/g, ""),
  );
  memory.set(text, word);
  return word;
}
