import { ecs, ecsAlert } from "../ecs.ts";
import { ocsf } from "../ocsf.ts";
import type { EventDefinition } from "./definition.ts";
import { count, oneOf, text } from "./detail-kinds.ts";
import { failed, list, phrases, succeeded } from "./words.ts";

/** What applications call a login. An attempt alone (`auth`, `login_attempt`) says nothing until an outcome is added. */
const logins = list`
  login signin logon session_login password_login web_login sso_login saml_login oauth_login oidc_login
  social_login ldap_login federated_login
`;
const attempts = [
  ...logins,
  ...list`
    sso auth authn authentication user_auth login_attempt signin_attempt auth_attempt
    authentication_attempt password_authentication credentials_login sso_authentication
    saml_authentication oauth_authentication oauth_callback sso_callback saml_assertion saml_response
  `,
];

export const loginEvents = {
  authn_login_success: {
    category: "authn",
    level: "INFO",
    description: "A login worked; success is recorded as well as failure, because a takeover shows only as a success.",
    details: { userid: text },
    ecs: ecs(["authentication"], ["start"], "success"),
    ocsf: ocsf("Authentication", "Logon", "Success"),
    attack: ["T1078"],
    aliases: [
      ...logins,
      ...phrases(attempts, succeeded),
      ...list`
        logged_in logged_on signed_in user_logged_in user_logged_on user_signed_in user_signin_success
        authenticated user_authenticated auth_granted login_granted login_accepted auth_accepted
        login_verified interactive_authentication_success interactive_login security_interactive_login
        wp_login console_login user_session_start client_login devise_sessions_signed_in
        session_login_succeeded authentication_password_succeeded authentication_oauth_succeeded
        authentication_sso_succeeded authentication_magic_auth_succeeded successful_login_for_user
        user_authentication_sso user_authentication_auth_via_social user_authentication_auth_via_idp
      `,
    ],
  },
  authn_login_successafterfail: {
    category: "authn",
    level: "INFO",
    description: "A login worked after this user had failed one or more times; the count of failures goes with it.",
    details: { userid: text, retries: count },
    ecs: ecs(["authentication"], ["start"], "success"),
    ocsf: ocsf("Authentication", "Logon", "Success"),
    attack: ["T1110", "T1078"],
    aliases: [
      ...phrases(list`after_fail after_failure after_failures after_failed_attempts after_failed_logins`, [
        "login_success",
        "successful_login",
        "login",
        "login_succeeded",
      ]),
    ],
    note: "Can be derived from authn_login_fail and authn_login_success; write it only where the application already keeps the counter.",
  },
  authn_login_fail: {
    category: "authn",
    level: "WARN",
    description: "A login was refused.",
    details: { userid: text },
    ecs: ecs(["authentication"], ["start"], "failure"),
    ocsf: ocsf("Authentication", "Logon", "Failure"),
    attack: ["T1110", "T1110.001", "T1110.003", "T1110.004"],
    aliases: [
      ...phrases(attempts, failed),
      ...list`
        login_denied signin_denied user_login_denied bad_login login_bad_password login_bad_credentials
        login_wrong_password login_unknown_user login_user_not_found login_blocked wrong_password
        invalid_password incorrect_password bad_password password_mismatch password_incorrect
        password_invalid bad_credentials invalid_credentials wrong_credentials incorrect_credentials
        user_not_authenticated authentication_failure_bad_credentials authentication_failure_locked
        authentication_failure_disabled authentication_failure_expired
        authentication_failure_credentials_expired authentication_failure_provider_not_found
        authentication_failure_service_exception authentication_failure_proxy_untrusted
        bad_credentials_exception authentication_exception authentication_failed_exception
        wp_login_failed client_login_error identity_provider_login_error user_error_login
        devise_failure_invalid devise_failure_not_found_in_database devise_failure_locked
        login_failed_with_standard_authentication authentication_password_failed
        authentication_oauth_failed authentication_sso_failed authentication_magic_auth_failed
        failed_login_invalid_password failed_login_incorrect_password failed_login_attempt
        failed_signin_attempt invalid_login_attempt unsuccessful_login_attempt
      `,
    ],
    note: "Detection needs a machine-readable reason (unknown_user, bad_password, bad_otp, locked, disabled) that is not shown to the client; the OWASP vocabulary has no such detail.",
  },
  authn_login_fail_max: {
    category: "authn",
    level: "WARN",
    description: "The allowed number of failed logins was used up.",
    details: { userid: text, maxlimit: count },
    ecs: ecs(["authentication"], ["info"], "failure"),
    ocsf: ocsf("Authentication", "Logon", "Failure"),
    attack: ["T1110"],
    aliases: list`
      too_many_login_attempts too_many_failed_logins too_many_failed_login_attempts
      too_many_attempts_login login_attempts_exceeded login_attempts_exhausted max_login_attempts
      max_login_attempts_exceeded max_login_attempts_reached max_failed_logins maximum_login_attempts
      login_limit_exceeded login_limit_reached login_throttled login_rate_limited
      login_rate_limit_exceeded failed_login_threshold failed_login_limit_reached brute_force
      brute_force_detected brute_force_attempt limit_wc
    `,
  },
  authn_login_lock: {
    category: "authn",
    level: "WARN",
    description: "An account was locked, with the reason code.",
    details: { userid: text, reason: oneOf("maxretries", "suspicious", "customer", "other") },
    ecs: ecs(["iam", "authentication"], ["user", "change"], "success"),
    ocsf: ocsf("Account Change", "Lock", "Success"),
    ocsf_next: ocsf("User Management", "Lock", "Success"),
    attack: ["T1110", "T1531"],
    aliases: [
      ...phrases(list`account user user_account login access user_access`, ["lock", "locked", "lockout", "locked_out"]),
      ...list`
        lockout locked_out user_account_lock max_attempts_lockout user_disabled_by_permanent_lockout
        user_disabled_by_temporary_lockout user_account_locked_out account_temporarily_locked
      `,
    ],
    note: "ECS authentication expects start/end/info only; user and change are expected for iam.",
  },
  authn_login_unlock: {
    category: "authn",
    level: "WARN",
    description: "A locked account was unlocked.",
    details: { userid: text, onuserid: text },
    ecs: ecs(["iam"], ["user", "change"], "success"),
    ocsf: ocsf("Account Change", "Unlock", "Success"),
    ocsf_next: ocsf("User Management", "Unlock", "Success"),
    attack: ["T1098"],
    aliases: [
      ...phrases(list`account user user_account login access user_access`, ["unlock", "unlocked"]),
      "lockout_cleared",
      "lockout_reset",
      "devise_unlocks_unlocked",
    ],
    extension: "The OWASP vocabulary has the lock, not the unlock.",
  },
  authn_impossible_travel: {
    category: "authn",
    level: "CRITICAL",
    description: "The same user was seen in two places too far apart for the time between.",
    details: { userid: text, region1: text, region2: text },
    ecs: ecsAlert(["authentication", "intrusion_detection"], ["info"], "unknown"),
    ocsf: ocsf("Detection Finding", "Create", "Unknown"),
    attack: ["T1078"],
    aliases: list`
      impossible_travel impossible_travel_detected impossible_travel_activity geo_velocity
      geo_velocity_anomaly geographic_improbable geographically_improbable_access improbable_location
      improbable_travel atypical_travel superhuman_speed
    `,
    note: "The result of a detection, not something that an application sees.",
  },
} as const satisfies Record<string, EventDefinition>;
