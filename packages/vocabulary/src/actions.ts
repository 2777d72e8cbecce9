import type { EventName } from "./events/index.ts";

/** How bad it is that an outcome leaves no record. */
export type ActionSeverity = "low" | "medium" | "high";

/** What a security-sensitive handler does, with the event of each of its outcomes. */
export interface Action {
  readonly name: ActionName;
  /** For people, lower case: `login`. */
  readonly title: string;
  /** The event of each outcome; null where the action has no such outcome worth a record. */
  readonly success: EventName | null;
  readonly failure: EventName | null;
  /** How bad a silent outcome is. */
  readonly severity: { readonly success: ActionSeverity; readonly failure: ActionSeverity };
  /** What an attacker gains when this outcome leaves no record: one sentence each. */
  readonly gain: { readonly success: string; readonly failure: string };
}

/**
 * The actions, in the order of a user's life: sign in, account, rights, credentials, data, settings.
 *
 * Where a handler of the action can only fail by refusing the caller, its failure event is `authz_fail`.
 */
const table = {
  authn_login: {
    name: "authn_login",
    title: "login",
    success: "authn_login_success",
    failure: "authn_login_fail",
    severity: { success: "medium", failure: "high" },
    gain: {
      success: "A login with stolen credentials cannot be told from one that never happened.",
      failure: "Passwords can be guessed for as long as it takes, and nothing shows it.",
    },
  },
  authn_logout: {
    name: "authn_logout",
    title: "logout",
    success: "session_logout",
    failure: null,
    severity: { success: "low", failure: "low" },
    gain: {
      success: "Nobody can say when a session ended, so later use of a stolen one looks like its owner.",
      failure: "Forged or replayed requests to end a session go unseen.",
    },
  },
  authn_mfa: {
    name: "authn_mfa",
    title: "second factor",
    success: "authn_mfa_success",
    failure: "authn_mfa_fail",
    severity: { success: "medium", failure: "high" },
    gain: {
      success: "A second factor that was phished, enrolled or removed after a takeover leaves no trace.",
      failure: "One-time codes can be guessed, and prompts repeated until one is accepted, unseen.",
    },
  },
  authn_password_change: {
    name: "authn_password_change",
    title: "password change",
    success: "authn_password_change",
    failure: "authn_password_change_fail",
    severity: { success: "high", failure: "medium" },
    gain: {
      success: "A hijacked session can lock the owner out, and nobody can say when.",
      failure: "The current password can be guessed from a hijacked session, unseen.",
    },
  },
  authn_password_reset: {
    name: "authn_password_reset",
    title: "password reset",
    success: "authn_password_reset",
    failure: "authn_password_reset_fail",
    severity: { success: "high", failure: "medium" },
    gain: {
      success: "An account taken over through recovery looks as if its owner had done it.",
      failure: "Reset tokens can be guessed and accounts enumerated, unseen.",
    },
  },
  authn_sso: {
    name: "authn_sso",
    title: "single sign-on",
    success: "authn_login_success",
    failure: "authn_login_fail",
    severity: { success: "medium", failure: "high" },
    gain: {
      success: "A login through a compromised identity provider cannot be traced to an account.",
      failure: "Forged assertions and replayed callbacks can be tried until one works, unseen.",
    },
  },
  user_created: {
    name: "user_created",
    title: "account creation",
    success: "user_created",
    failure: "authz_fail",
    severity: { success: "medium", failure: "medium" },
    gain: {
      success: "An account planted for a later return blends in with the others.",
      failure: "Attempts to create accounts without the right to, or with guessed invitations, go unseen.",
    },
  },
  user_deleted: {
    name: "user_deleted",
    title: "account deletion",
    success: "user_deleted",
    failure: "authz_fail",
    severity: { success: "high", failure: "medium" },
    gain: {
      success: "An account disappears with its traces, and nobody can say by whose hand.",
      failure: "Attempts to delete the accounts of others go unseen.",
    },
  },
  user_updated: {
    name: "user_updated",
    title: "account change",
    success: "user_updated",
    failure: "authz_fail",
    severity: { success: "medium", failure: "medium" },
    gain: {
      success: "An e-mail address can be swapped to take over the account for good, unseen.",
      failure: "Attempts to change the accounts of others go unseen.",
    },
  },
  user_suspended: {
    name: "user_suspended",
    title: "account suspension",
    success: "user_archived",
    failure: "authz_fail",
    severity: { success: "medium", failure: "medium" },
    gain: {
      success: "Defenders can be locked out, or a blocked account let in again, and nobody can say by whom.",
      failure: "Attempts to suspend or reinstate accounts without the right to go unseen.",
    },
  },
  authz_admin: {
    name: "authz_admin",
    title: "administrative action",
    success: "authz_admin",
    failure: "authz_fail",
    severity: { success: "medium", failure: "medium" },
    gain: {
      success: "A stolen administrator account can be used without leaving anything to review.",
      failure: "Administrative functions can be probed by anyone, unseen.",
    },
  },
  authz_change: {
    name: "authz_change",
    title: "permission change",
    success: "authz_change",
    failure: "authz_fail",
    severity: { success: "high", failure: "medium" },
    gain: {
      success: "Rights can be raised and lowered again after use, and nobody can say by whom.",
      failure: "Attempts to raise one's own rights go unseen until one works.",
    },
  },
  authz_fail: {
    name: "authz_fail",
    title: "access denied",
    success: null,
    failure: "authz_fail",
    severity: { success: "low", failure: "medium" },
    gain: {
      success: "What was reached before the first refusal cannot be told.",
      failure: "Forbidden resources can be probed one by one, unseen.",
    },
  },
  token_created: {
    name: "token_created",
    title: "token creation",
    success: "authn_token_created",
    failure: "authz_fail",
    severity: { success: "high", failure: "medium" },
    gain: {
      success: "A token made from a hijacked session outlives it, and nobody knows that it exists.",
      failure: "Attempts to obtain a token with more rights than allowed go unseen.",
    },
  },
  token_revoked: {
    name: "token_revoked",
    title: "token revocation",
    success: "authn_token_revoked",
    failure: "authz_fail",
    severity: { success: "medium", failure: "medium" },
    gain: {
      success: "Nobody can say until when a leaked token worked, or who cut off a service.",
      failure: "Attempts to revoke the tokens of others go unseen.",
    },
  },
  token_revealed: {
    name: "token_revealed",
    title: "secret disclosure",
    success: "sensitive_read",
    failure: "authz_fail",
    severity: { success: "high", failure: "medium" },
    gain: {
      success: "A secret can be read and used elsewhere, and nobody can say who has seen it.",
      failure: "Attempts to read secrets go unseen until one works.",
    },
  },
  session_revoked: {
    name: "session_revoked",
    title: "session revocation",
    success: "session_expired",
    failure: "authz_fail",
    severity: { success: "medium", failure: "medium" },
    gain: {
      success: "An intruder can throw the owner out, and nobody can say who ended the session.",
      failure: "Attempts to end the sessions of others go unseen.",
    },
  },
  sensitive_read: {
    name: "sensitive_read",
    title: "data export",
    success: "sensitive_export",
    failure: "authz_fail",
    severity: { success: "high", failure: "medium" },
    gain: {
      success: "Personal data can be carried off in bulk, and nobody can say which or by whom.",
      failure: "Attempts to reach the data of others go unseen until one works.",
    },
  },
  sensitive_delete: {
    name: "sensitive_delete",
    title: "destruction of data",
    success: "sensitive_delete",
    failure: "authz_fail",
    severity: { success: "medium", failure: "medium" },
    gain: {
      success: "Data can be destroyed for good, and nobody can say by whose hand.",
      failure: "Attempts to destroy the data of others go unseen.",
    },
  },
  security_config_change: {
    name: "security_config_change",
    title: "security setting change",
    success: "config_changed",
    failure: "authz_fail",
    severity: { success: "high", failure: "medium" },
    gain: {
      success: "Protection can be switched off, or data sent elsewhere, and nobody can say since when.",
      failure: "Attempts to weaken the protection go unseen until one works.",
    },
  },
} as const;

/** The name of an action; the same list as in the accuracy protocol. */
export type ActionName = keyof typeof table;

/** Every action by its name. */
export const actions: Readonly<Record<ActionName, Action>> = table;
