/** What a secret is. Written in place of it: `[redacted:jwt]` names a pattern, a name's kind is used by reports. */
export type SecretKind =
  | "password"
  | "otp"
  | "recovery_code"
  | "token"
  | "key"
  | "authorization"
  | "cookie"
  | "session"
  | "connection_string"
  | "hash"
  | "card"
  | "bank_account"
  | "government_id";

/**
 * How far a sensitive phrase reaches:
 * `strong`: also with a word behind it that nobody listed (`passwordFoo`), and glued to others (`userpassword`);
 * `weak`: only at the end of the name (`proxyAuthorization`, not `authorizationFoo`), glued too;
 * `exact`: only as the whole name (`sid`, not `accountSid`).
 */
export type NameReach = "strong" | "weak" | "exact";

export interface SensitiveNames {
  readonly kind: SecretKind;
  readonly reach: NameReach;
  /** Normal form: lower case, words parted by spaces, singular, no accents. */
  readonly names: readonly string[];
}

const list = (text: string): readonly string[] =>
  text
    .trim()
    .split(/\s*[,\n]\s*/)
    .filter((name) => name !== "");

/**
 * Names of fields that hold what no log may hold.
 * Sources: OWASP Logging Cheat Sheet ("Data to exclude"), ASVS 5.0 16.2.5, PCI DSS 4.0 3.3 and 3.4 (cards), RFC 6749, 6819 and
 * 7636 (OAuth parameters), RFC 7519 (JWT), RFC 7518 section 6 (JWK), session cookies by the defaults of the frameworks that set them.
 */
export const sensitiveNames: readonly SensitiveNames[] = [
  {
    kind: "password",
    reach: "strong",
    names: list(`
      password, passwd, passwrd, passwort, kennwort, passphrase, contrasena, mot de passe, senha, wachtwoord, losenord, salasana, parola, haslo, adgangskode, db pass, user pass, smtp pass, admin pass, mail pass,
      ldap pass, proxy pass, root pass, login pass, bind pw, user pw, admin pw, user pwd, db pwd
    `),
  },
  { kind: "password", reach: "exact", names: list(`pass, pwd, pw, psw, auth pass, requirepass, htpasswd, unix crypt`) },
  {
    kind: "otp",
    reach: "weak",
    names: list(`
      otp, totp, hotp, otp code, totp code, mfa code, 2fa code, tfa code, two factor code, sms code, one time password,
      one time passcode, one time code, one time pin, passcode, verification code, verify code, security code,
      access code, auth code, authorization code, authentication code, login code, signin code, device code, user code, pin code,
      pin, card pin, pin block, magic link, magic url, login link, reset link, reset url, password reset url, password reset link,
      verification link, verification url, activation link, confirmation link, invite link, invitation link, token code
    `),
  },
  {
    kind: "recovery_code",
    reach: "weak",
    names: list(`
      recovery code, backup code, scratch code, reset code, password reset code, recovery phrase, seed phrase, recovery key,
      mnemonic, mnemonic phrase, security answer, secret answer, challenge answer, recovery answer
    `),
  },
  {
    kind: "token",
    reach: "strong",
    names: list(`
      token, jwt, bearer token, access token, refresh token, id token, auth token, api token, secret, client secret, app secret,
      shared secret, signing secret, webhook secret, session secret, totp secret, mfa secret, otp secret, credential, creds,
      cred secret, secret id
    `),
  },
  {
    kind: "token",
    reach: "weak",
    names: list(`
      bearer, csrf, xsrf, saml response, saml assertion, saml request, client assertion, code verifier, otp uri,
      provisioning uri, otpauth url, otpauth uri, shared access signature
    `),
  },
  {
    kind: "key",
    reach: "strong",
    names: list(`
      api key, private key, secret key, access key, encryption key, decryption key, signing key, master key, account key,
      hmac key, session key, license key, licence key, ssh key, deploy key, shared key, subscription key, auth key,
      app key, application key, consumer key, service account key, service key, root key, data key, wrapping key, server key,
      crypto key, cipher key, aes key, rsa key, jwt key, priv key, api secret, key material, key pair
    `),
  },
  { kind: "key", reach: "exact", names: list(`pem, pfx, pkcs12, pepper, private pem, keystore, netrc, kubeconfig`) },
  {
    kind: "authorization",
    reach: "weak",
    names: list(`
      authorization, proxy authorization, authorization header, auth header, basic auth, http auth, digest auth, x auth,
      authentication header, amz credential
    `),
  },
  { kind: "cookie", reach: "weak", names: list(`cookie, set cookie, cookie header, cookie jar, cookie string`) },
  {
    kind: "session",
    reach: "weak",
    names: list(`
      session id, sessid, session cookie, phpsessid, jsessionid, aspsessionid, net sessionid, connect sid,
      laravel session, gitlab session, rack session, remember user, remember me value, session identifier, session handle
    `),
  },
  { kind: "session", reach: "exact", names: list(`sid, ssid, session, sess, koa sess, aspxauth, xs`) },
  {
    kind: "connection_string",
    reach: "weak",
    names: list(`connection string, conn string, conn str, connection uri, connection url`),
  },
  { kind: "hash", reach: "exact", names: list(`shadow`) },
  { kind: "hash", reach: "weak", names: list(`ntlm, nt hash, lm hash, ntlm hash, crypt hash, bcrypt, argon`) },
  {
    kind: "card",
    reach: "weak",
    names: list(`
      card number, card no, card num, cc number, cc num, credit card, debit card,
      credit card number, primary account number, cvv, cvc, cvn, card security code, cc cvv, card cvc, card cvv, track data,
      magnetic stripe, card data
    `),
  },
  { kind: "card", reach: "exact", names: list(`pan, csc, track1, track2`) },
  {
    kind: "bank_account",
    reach: "weak",
    names: list(`iban, bank account, bank account number, account iban, routing and account`),
  },
  {
    kind: "government_id",
    reach: "weak",
    names: list(`
      ssn, social security number, social security, social insurance number, national id, national id number,
      national identification number, national identity number, national insurance number, nino, bsn, burgerservicenummer, cpf,
      pesel, codice fiscale, personnummer, personal identity number, aadhaar, aadhar, passport number, passport no, tax id,
      tax identification number, taxpayer id, itin, driver license, drivers license, driver licence, driving licence,
      driver license number, drivers license number, identity card number, identity number, id card number, curp, steuer id,
      steuernummer, sozialversicherungsnummer, fodselsnummer, cpr number, henkilotunnus, hetu, nir number, numero de securite sociale,
      nric, rijksregisternummer
    `),
  },
  { kind: "government_id", reach: "exact", names: list(`sin, tin, dni, nie, nif, cpr, nir`) },
];

/**
 * Names that carry a secret only as a parameter of a URL or of a form: `code` of OAuth (RFC 6749, 4.1.2), signatures that
 * authorise by themselves (AWS Signature Version 4 query parameters, Azure SAS `sig`, CloudFront), keys of Google's interfaces,
 * tickets of CAS.
 */
export const sensitiveParameters: readonly string[] = list(`
  code, key, assertion, sig, signature, x amz signature, x goog signature, x amz credential, ticket, auth, pass, pw, sid, session, access, hmac,
  oauth verifier, oauth signature, policy signature, magic, pgt iou
`);
