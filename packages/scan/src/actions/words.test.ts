import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { splitWords } from "./words.ts";

const SPELLINGS: readonly (readonly [identifier: string, words: string])[] = [
  ["createAPIKey", "create api key"],
  ["APIKeys", "api keys"],
  ["listAPIs", "list apis"],
  ["userIDs", "user ids"],
  ["APIkey", "api key"],
  ["OAuthToken", "oauth token"],
  ["oAuthCallback", "oauth callback"],
  ["handleOAuth2Callback", "handle oauth 2 callback"],
  ["OAUTH_CLIENT", "oauth client"],
  ["OAUTHCallback", "oauth callback"],
  ["oauthtoken", "oauthtoken"],
  ["SSOLogin", "sso login"],
  ["MFAenabled", "mfa enabled"],
  ["MFA_ENABLED", "mfa enabled"],
  ["verifyTOTPCode", "verify totp code"],
  ["JWTs", "jwts"],
  ["SAMLResponse", "saml response"],
  ["oidcSAMLBridge", "oidc saml bridge"],
  ["WebAuthnCredential", "webauthn credential"],
  ["webAuthN", "webauthn"],
  ["startWebAuthn", "start webauthn"],
  ["2fa", "2fa"],
  ["enable2FA", "enable 2fa"],
  ["is2faEnabled", "is 2fa enabled"],
  ["disable_2fa", "disable 2fa"],
  ["2FAController", "2fa controller"],
  ["12facts", "12 facts"],
  ["U2FKey", "u2f key"],
  ["sha256Hash", "sha256 hash"],
  ["SHA256Hash", "sha256 hash"],
  ["loginV2", "login v2"],
  ["login2", "login 2"],
  ["auth0Login", "auth0 login"],
  ["GitHubSignIn", "github sign in"],
  ["GITHUB_TOKEN", "github token"],
  ["emailAddress", "email address"],
  ["eMail", "email"],
  ["user.password-reset/confirm", "user password reset confirm"],
  ["AcmeWeb.LoginController", "acme web login controller"],
  ["__proto__", "proto"],
  ["HTMLElement", "html element"],
  ["isURLsafe", "is url safe"],
  ["", ""],
  ["_$-", ""],
];

describe("splitWords", () => {
  test.each(SPELLINGS)("%s", (identifier, words) => {
    expect(splitWords(identifier).join(" ")).toBe(words);
  });

  test("the words joined are the letters and digits in lower case, whatever the text", () => {
    const texts = fc.oneof(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }), fc.stringMatching(/^[A-Za-z0-9_.-]*$/));
    fc.assert(
      fc.property(texts, (text) => {
        const letters = Array.from(text.matchAll(/[\p{L}\p{N}]/gu), ([letter]) => letter.toLowerCase()).join("");
        expect(splitWords(text).join("")).toBe(letters);
      }),
    );
  });

  test("camel, snake and kebab case of the same plain words read alike", () => {
    const word = fc.stringMatching(/^[a-z]{2,8}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
        const camel = words.map((each, at) => (at === 0 ? each : each.charAt(0).toUpperCase() + each.slice(1))).join("");
        expect(splitWords(words.join("_"))).toEqual(words);
        expect(splitWords(words.join("-"))).toEqual(words);
        expect(splitWords(camel)).toEqual(words);
      }),
    );
  });
});
