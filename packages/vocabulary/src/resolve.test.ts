import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { events, resolveEvent } from "./index.ts";
import type { EventName } from "./index.ts";
import { normalise } from "./resolve.ts";

const names = Object.keys(events) as EventName[];

/** The names in a template literal, separated by commas. */
function spellings(names: TemplateStringsArray): string[] {
  return names
    .join("")
    .split(",")
    .map((name) => name.trim());
}

/** Names as sources spell them. */
const samples: Partial<Record<EventName, readonly string[]>> = {
  authn_login_success: spellings`
    user.login.success, AUTH_SUCCESS, LOGIN, LoginSuccess, loginSucceeded, user_logged_in,
    ConsoleLogin, Successful Login, AuthenticationSuccessEvent,
    InteractiveAuthenticationSuccessEvent, AUTHENTICATION_SUCCESS, UserLoginSuccessEvent,
    security.interactive_login, user:signed-in, audit/auth/login_ok, user.session.start, sign in,
    OAuth Login Success, sso.login.success
  `,
  authn_login_fail: spellings`
    login.failed, LOGIN_FAILURE, auth_failure, LOGIN_ERROR, user_login_failed, FailedLogin,
    failed-login, AuthenticationFailureBadCredentialsEvent, BadCredentialsException,
    auth:login:fail, Failed Login, invalid_credentials, wp_login_failed, UserLoginFailed,
    security.login.failed, signInFailed, authentication.password_failed, devise.failure.invalid,
    invalid login, login attempt failed
  `,
  authn_login_fail_max: spellings`
    too_many_login_attempts, loginThrottled, BRUTE_FORCE_DETECTED
  `,
  authn_login_lock: spellings`
    account.locked, ACCOUNT_LOCKOUT, user_locked_out, USER_DISABLED_BY_TEMPORARY_LOCKOUT, Lockout,
    user.account.lock
  `,
  authn_login_unlock: spellings`
    user_unlocked, unlockAccount, user.account.unlock
  `,
  authn_impossible_travel: spellings`
    impossibleTravel, GEO_VELOCITY
  `,
  authn_password_change: spellings`
    password.update, password_changed, UPDATE_PASSWORD, ChangePassword, user.password.changed,
    changeUserPassword, user.account.update_password
  `,
  authn_password_change_fail: spellings`
    UPDATE_PASSWORD_ERROR, password.change.failed, failed_password_change
  `,
  authn_password_reset_requested: spellings`
    forgot_password, passwordResetRequested, SEND_RESET_PASSWORD, password.reset.email_sent,
    user_recovery_requested
  `,
  authn_password_reset: spellings`
    PasswordReset, RESET_PASSWORD, reset-password, password.reset.completed, Reset user password,
    user.account.reset_password
  `,
  authn_password_reset_fail: spellings`
    RESET_PASSWORD_ERROR, invalid_reset_token, resetTokenExpired
  `,
  authn_mfa_success: spellings`
    mfa.verified, 2FA_SUCCESS, otp_verified, gd_auth_succeed, user.authentication.auth_via_mfa
  `,
  authn_mfa_fail: spellings`
    mfa.failed, 2fa_failure, invalid_otp, totp.incorrect, gd_auth_failed, MFA challenge failed
  `,
  authn_mfa_enabled: spellings`
    UPDATE_TOTP, mfa.enabled, EnableMFADevice, two_factor_authentication.enabled,
    user.mfa.factor.activate, 2sv_enroll
  `,
  authn_mfa_disabled: spellings`
    REMOVE_TOTP, mfa_disabled, DeactivateMFADevice, TwoFactorAuthenticationDisabled,
    user.mfa.factor.reset_all
  `,
  authn_recovery_used: spellings`
    recovery_code.used, backupCodeUsed
  `,
  authn_identifier_changed: spellings`
    UPDATE_EMAIL, email_changed, user.email.updated, changeEmail, recovery_email_edit
  `,
  authn_identity_linked: spellings`
    account.linked, social_account_added, passkey_registered, IDENTITY_PROVIDER_LINK_ACCOUNT
  `,
  authn_impersonation_start: spellings`
    IMPERSONATE, user.impersonated, impersonation.started, SwitchUserEvent, login_as
  `,
  authn_impersonation_end: spellings`
    impersonation_ended, stopImpersonating, user.session.impersonation.end
  `,
  authn_token_created: spellings`
    api_key.created, token.create, CreateAccessKey, personal_access_token.created, apiKeyGenerated,
    oauth_access.create, system.api_token.create, TokenIssuedSuccessEvent
  `,
  authn_token_revoked: spellings`
    token_revoked, apiKey.revoke, revoke-token, TokenRevokedSuccessEvent,
    organization.api_key.revoked
  `,
  authn_token_reuse: spellings`
    refresh_token_reused, token.replay
  `,
  authn_token_delete: spellings`
    api_key.deleted, DeleteAccessKey, destroy_token
  `,
  authn_token_invalid: spellings`
    invalid_token, TokenExpired, jwt.invalid, api_key_invalid, INVALID_SIGNATURE,
    token_verification_failed
  `,
  authz_fail: spellings`
    access_denied, PermissionDenied, AUTHORIZATION_FAILURE, AuthorizationDeniedEvent, forbidden,
    unauthorized_access, AccessDeniedException, NotAuthorizedError, insufficient scope
  `,
  authz_change: spellings`
    role_changed, user.role.updated, RoleAssigned, permission.granted, AddUserToGroup,
    AttachUserPolicy, org.add_member, team.member.removed, member_invited, invitation.accepted,
    set_user_role, user.account.privilege.grant, Add member to role, change_user_role
  `,
  authz_admin: spellings`
    admin_action, AdminAction, privileged.operation
  `,
  authz_success: spellings`
    access_granted, AuthorizationGrantedEvent, access.allowed
  `,
  authz_elevation: spellings`
    AssumeRole, sudo_mode, break-glass, privilege_elevation
  `,
  privilege_permissions_changed: spellings`
    permissions_changed, PutBucketPolicy, acl.updated, chmod
  `,
  session_created: spellings`
    session.start, SESSION_CREATED, HttpSessionCreatedEvent
  `,
  session_renewed: spellings`
    REFRESH_TOKEN, token.refreshed, session_extended
  `,
  session_expired: spellings`
    session.timeout, session_revoked, user.session.revoked, SessionDestroyedEvent,
    OtherDeviceLogout
  `,
  session_logout: spellings`
    logout, user.logged_out, LogoutSuccessEvent, sign_out, user.session.end, LOGOUT_SUCCESS
  `,
  session_use_after_expire: spellings`
    expired_session_used, sessionReplay
  `,
  user_created: spellings`
    user.create, create_user, AccountCreated, REGISTER, user_signed_up, Add user, signup,
    user.lifecycle.create, users.created
  `,
  user_updated: spellings`
    profile_update, user.edited, UpdateUser, UPDATE_PROFILE, account.modified, user_activated,
    user_settings_updated, email.verified
  `,
  user_archived: spellings`
    user.suspended, deactivate_user, account_disabled, userBanned, user.lifecycle.suspend
  `,
  user_deleted: spellings`
    account.delete, user.destroy, DeleteUser, DELETE_ACCOUNT, users-removed, account_closed,
    deleted user
  `,
  sensitive_read: spellings`
    GetSecretValue, secret.viewed, api_key.revealed, pii_accessed
  `,
  sensitive_delete: spellings`
    project.deleted, repo.destroy, delete_organization
  `,
  sensitive_export: spellings`
    data.export, users_exported, csv_export, DownloadPersonalData
  `,
  sensitive_import: spellings`
    bulk_import, users.imported
  `,
  sensitive_bulk_delete: spellings`
    bulk_delete, MassDeletion, delete_all
  `,
  config_changed: spellings`
    settings.updated, webhook.created, sso_enabled, password_policy_changed, team.settings.update,
    hook.create, policy.lifecycle.update
  `,
  audit_log_accessed: spellings`
    audit_log.viewed, export_audit_log
  `,
  audit_log_cleared: spellings`
    log.cleared, audit_logs_deleted
  `,
  sys_monitor_disabled: spellings`
    StopLogging, DeleteTrail, audit_disabled
  `,
  sys_startup: spellings`
    app.started, server_started, ApplicationStartedEvent
  `,
  sys_crash: spellings`
    uncaughtException, kernel panic, process.crashed
  `,
  excess_rate_limit_exceeded: spellings`
    rate_limit_exceeded, TooManyRequests, throttle.rack_attack, http_429
  `,
  input_validation_fail: spellings`
    validation.failed, ValidationError, invalid_input
  `,
  upload_complete: spellings`
    file.uploaded, UPLOAD_SUCCESS
  `,
  upload_delete: spellings`
    file_deleted, deleteFile
  `,
  malicious_excess_404: spellings`
    malicious_excess404, malicious_excess_404, forced-browsing
  `,
  malicious_csrf: spellings`
    csrf_failure, InvalidAuthenticityToken, csrf.token.mismatch
  `,
  malicious_extraneous: spellings`
    unpermitted_parameters.action_controller
  `,
  malicious_sqli: spellings`
    sql_injection_attempt, SQLi detected
  `,
  mcp_prompt_injection: spellings`
    promptInjectionDetected
  `,
  legal_consent_changed: spellings`
    GRANT_CONSENT, consent.revoked, terms_accepted, ConsentGrantedEvent
  `,
};

const nearMisses = [
  "",
  " ",
  "._-",
  "created",
  "updated",
  "failed",
  "success",
  "event",
  "user",
  "user.event",
  "login_attempt",
  "auth",
  "auth_attempt",
  "login_page_viewed",
  "login_form_rendered",
  "logo",
  "logins_per_day",
  "user_list",
  "users.index",
  "password",
  "password_strength_checked",
  "session",
  "token_count",
  "role",
  "order.created",
  "order.export",
  "comment_deleted",
  "event.registered",
  "heartbeat",
  "keepalive",
  "cart_updated",
  "email_sent",
  "notification.created",
  "file",
  "login, failed",
  "authn_login_fail:joebob1",
  "user_deletedd",
  "xlogin.failed",
  "authn",
  "settings",
  "mfa",
  "webhook.delivered",
  "http_200",
  "cache_cleared",
  "page.viewed",
  "newsletter_signup_clicked",
];

describe("resolveEvent", () => {
  it.each(Object.entries(samples).flatMap(([event, spellings]) => spellings.map((name) => [name, event] as const)))(
    "%s is %s",
    (name, event) => {
      expect(resolveEvent(name)).toBe(event);
    },
  );

  it.each(nearMisses)("does not know %j", (name) => {
    expect(resolveEvent(name)).toBeUndefined();
  });

  it.each(["__proto__", "constructor", "toString", "hasOwnProperty", "prototype", "user.constructor", "valueOf"])(
    "does not take %s from a prototype",
    (name) => {
      expect(resolveEvent(name)).toBeUndefined();
    },
  );

  it("finds every name and alias of every event", () => {
    for (const name of names) {
      expect(resolveEvent(name)).toBe(name);
      for (const alias of events[name].aliases) expect([alias, resolveEvent(alias)]).toEqual([alias, name]);
    }
  });

  it("does not mind case and separators", () => {
    const spelling = fc.record({
      name: fc.constantFrom(...names),
      separator: fc.constantFrom(".", "_", "-", ":", "/", " ", "\t"),
    });
    fc.assert(
      fc.property(spelling, fc.boolean(), ({ name, separator }, upper) => {
        const joined = name.split("_").join(separator);
        expect(resolveEvent(upper ? joined.toUpperCase() : joined)).toBe(name);
        expect(resolveEvent(name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()))).toBe(name);
      }),
    );
  });

  it("answers any string without throwing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        const event = resolveEvent(name);
        expect(event === undefined || Object.hasOwn(events, event)).toBe(true);
      }),
    );
  });

  it("reads a long name in time", () => {
    expect(resolveEvent("user.".repeat(100_000) + "nothing")).toBeUndefined();
  });
});

describe("normalise", () => {
  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        expect(normalise(normalise(name))).toBe(normalise(name));
      }),
    );
  });
});
