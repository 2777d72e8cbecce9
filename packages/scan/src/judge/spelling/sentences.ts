import type { ActionName } from "@telltale/vocabulary";
import type { Told } from "./named-records.ts";

/** What a line says where a project writes sentences. Actions that are done both ways (suspended, reinstated) have none that is true of both. */
const SUCCESS: Readonly<Partial<Record<ActionName, string>>> = {
  authn_login: "User logged in",
  authn_logout: "User logged out",
  authn_mfa: "Second factor accepted",
  authn_password_change: "Password changed",
  authn_password_reset: "Password reset",
  authn_sso: "User logged in with single sign-on",
  user_created: "User created",
  user_deleted: "User deleted",
  user_updated: "User updated",
  authz_admin: "Administrative action performed",
  authz_change: "Permissions changed",
  token_created: "Credential created",
  token_revoked: "Credential revoked",
  token_revealed: "Secret viewed",
  session_revoked: "Session revoked",
  sensitive_read: "Data exported",
  sensitive_delete: "Data deleted",
  security_config_change: "Security settings changed",
};

const FAILURE: Readonly<Partial<Record<ActionName, string>>> = {
  authn_login: "User login failed",
  authn_mfa: "Second factor rejected",
  authn_password_change: "Password change failed",
  authn_password_reset: "Password reset failed",
  authn_sso: "Single sign-on login failed",
};

/** Where an action can only fail by refusing the caller. */
const REFUSED = "Access denied";

export function sentenceFor({ action, kind, event }: Told): string | undefined {
  if (kind === "success") return SUCCESS[action];
  return event === "authz_fail" ? REFUSED : FAILURE[action];
}
