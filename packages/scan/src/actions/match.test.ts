import { expect, test } from "vitest";
import { matchWords } from "./match.ts";
import { phraseOf } from "./phrases.ts";

const strengthOf = (name: string, action: string): number => matchWords(phraseOf(name)).find((one) => one.action === action)?.strength ?? 0;

test.each([
  ["Auth.authenticate_user", "authn_login", 2],
  ["Auth.set_user_locale", "authn_login", 0],
  ["activateAccount", "user_created", 2],
  ["confirm_token", "user_created", 1],
  ["deleteUser", "user_deleted", 3],
  ["removeHiddenUserProperties", "user_deleted", 0],
  ["createShareLink", "authz_change", 2],
  ["shareLinkPage", "authz_change", 0],
  ["unlockSession", "authn_mfa", 2],
  ["terminateAppSession", "session_revoked", 0],
  ["terminateSession", "session_revoked", 3],
  ["getSecret", "token_revealed", 2],
  ["getSecretMessage", "token_revealed", 0],
] as const)("%s: %s %i", (name, action, strength) => {
  expect(strengthOf(name, action)).toBe(strength);
});

test.each([
  ["setSharePassword", "authn_password_change", 0],
  ["setPassword", "authn_password_change", 3],
  ["newSyncToken", "token_created", 0],
  ["newToken", "token_created", 2],
  ["addTokenHeaders", "token_created", 0],
  ["addModToCommunity", "authz_change", 2],
  ["updateModTime", "authz_change", 0],
  ["transferWorkspace", "authz_change", 2],
  ["transferProjectData", "authz_change", 0],
  ["addOwners", "authz_change", 2],
  ["deletePackageOwner", "authz_change", 2],
  ["createOwner", "authz_change", 0],
  ["confirmVerification", "user_created", 2],
  ["requestVerification", "user_created", 0],
  ["authWithOAuth2", "authn_sso", 2],
  ["deactivatePasscode", "user_suspended", 0],
  ["clearSession", "authn_logout", 2],
  ["Session.clear_file_entry_cache", "authn_logout", 0],
] as const)("%s: %s %i", (name, action, strength) => {
  expect(strengthOf(name, action)).toBe(strength);
});
