/**
 * Words whose spelling hides where they begin and end: digits inside, or a capital that starts no word.
 * Spelled in lower case; every mixed spelling in use (`OAuth`, `WebAuthN`) is told apart by letters alone.
 */
const MIXED = ["oauth", "webauthn", "openid", "github", "gitlab", "bitbucket", "linkedin", "email", "graphql", "paypal"] as const;

/** Words with digits that are one word: `2fa`, `sha256`, `v2`. Sources of regular expressions, in lower case. */
const WITH_DIGITS = [
  "[234]fa",
  "u2f",
  "fido2",
  "auth0",
  "argon2",
  "x509",
  "md5",
  "sha\\d+",
  "base\\d+",
  "utf\\d+",
  "ipv[46]",
  "http[23]",
  "s3",
  "ec2",
  "k8s",
  "i18n",
  "l10n",
  "a11y",
  "e2e",
  "v\\d+",
] as const;

/** Acronyms that some write straight before a lower-case word: `APIkey`, `MFAenabled`. */
const ACRONYMS = [
  "API",
  "SSO",
  "MFA",
  "OTP",
  "TOTP",
  "HOTP",
  "JWT",
  "SAML",
  "OIDC",
  "LDAP",
  "SCIM",
  "CSRF",
  "RBAC",
  "URL",
  "HTTP",
  "HTTPS",
  "SSH",
  "GPG",
] as const;

const LOWER = "[\\p{L}--\\p{Lu}]";

/**
 * Any capitals will do, but a lower-case letter after it means a longer word (`oauthtoken`), and so does a capital
 * after capitals that starts no word of its own (`OAUTHX`, as against `OAUTHCallback`).
 */
function known(sources: readonly string[]): string {
  return `(?:${sources.map(anyCase).join("|")})(?!${LOWER})(?!\\p{Lu}(?!${LOWER})(?<=\\p{Lu}\\p{Lu}))`;
}

function anyCase(source: string): string {
  return source.replace(/\\d\+|\[[^\]]*\]|[a-z]/g, (part) => (part.length === 1 ? `[${part}${part.toUpperCase()}]` : part));
}

const WORD = new RegExp(
  [
    `(?<!\\p{N})${known(WITH_DIGITS)}(?!\\p{N})`,
    known(MIXED),
    // `APIs`, `IDs`: the plural belongs to the acronym.
    `\\p{Lu}{2,}s(?!${LOWER})`,
    `(?:${ACRONYMS.join("|")})(?=${LOWER})`,
    // `APIKey`: the last capital starts the next word.
    `\\p{Lu}+(?=\\p{Lu}${LOWER})`,
    `\\p{Lu}?${LOWER}+`,
    "\\p{Lu}+",
    "\\p{N}+",
  ].join("|"),
  "gv",
);

/**
 * The words of an identifier in lower case, in order: `createAPIKey` → `create api key`, `enable2FA` → `enable 2fa`.
 * camelCase, snake_case, kebab-case, dots, slashes and spaces all part words; everything but letters and digits is
 * dropped, so the words joined are the letters and digits of the identifier in lower case. Never throws.
 */
export function splitWords(identifier: string): readonly string[] {
  const known = memo.get(identifier);
  if (known !== undefined) return known;
  const words = (identifier.match(WORD) ?? []).map(lower);
  if (memo.size < 100_000) memo.set(identifier, words);
  return words;
}

/** Every call on every way asks for the words of the same names. */
const memo = new Map<string, readonly string[]>();

const ASCII = /^[A-Za-z0-9]*$/;

/** Letter by letter: the lower case of a letter must not depend on its neighbours (`Σ` at the end of a word). */
function lower(word: string): string {
  if (ASCII.test(word)) return word.toLowerCase();
  return Array.from(word, (letter) => letter.toLowerCase()).join("");
}
