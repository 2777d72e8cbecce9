import { ecs } from "../ecs.ts";
import { ocsf } from "../ocsf.ts";
import type { EventDefinition } from "./definition.ts";
import { text } from "./detail-kinds.ts";
import { created, deleted, failed, list, phrases, succeeded, updated } from "./words.ts";

const factors = list`
  mfa 2fa two_factor two_factor_authentication multi_factor multi_factor_authentication second_factor
  2sv two_step two_step_verification otp totp mfa_factor mfa_device totp_device authenticator factor
`;
const challenges = [
  ...factors,
  ...list`
    mfa_login mfa_challenge mfa_verification mfa_code mfa_check 2fa_login 2fa_challenge 2fa_verification
    2fa_code two_factor_login two_factor_challenge two_factor_verification two_factor_code otp_login
    otp_challenge otp_verification otp_code otp_check totp_verification totp_code totp_login verify_otp
    verify_totp verify_mfa verify_2fa authentication_mfa
  `,
];

export const mfaEvents = {
  authn_mfa_success: {
    category: "authn",
    level: "INFO",
    description: "A second factor was accepted.",
    details: { userid: text, factor: text },
    ecs: ecs(["authentication"], ["info"], "success"),
    ocsf: ocsf("Authentication", "Logon", "Success", { is_mfa: true }),
    attack: ["T1078"],
    aliases: [
      ...phrases(challenges, [...succeeded, ...list`verified verify validated accepted satisfied`]),
      ...list`
        gd_auth_succeed user_authentication_auth_via_mfa mfa_code_login
        valid_two_factor_authentication_code_provided auth_otp_verified challenge_verified
      `,
    ],
    extension: "ASVS 5.0 16.3.1 wants every authentication operation, with its factor.",
  },
  authn_mfa_fail: {
    category: "authn",
    level: "WARN",
    description: "A second factor was refused.",
    details: { userid: text, factor: text },
    ecs: ecs(["authentication"], ["info"], "failure"),
    ocsf: ocsf("Authentication", "Logon", "Failure", { is_mfa: true }),
    attack: ["T1621", "T1110"],
    aliases: [
      ...phrases(challenges, [...failed, ...list`denied wrong bad not_verified mismatch`]),
      ...list`
        gd_auth_failed gd_auth_rejected mfa_fraud_reported mfa_push_denied
        user_mfa_okta_verify_deny_push invalid_verification_code wrong_verification_code
        two_factor_authentication_failed
      `,
    ],
    extension: "ASVS 5.0 16.3.1; repeated prompts and guessed codes are invisible without it.",
  },
  authn_mfa_enabled: {
    category: "authn",
    level: "WARN",
    description: "A second factor was enrolled.",
    details: { userid: text, onuserid: text, factor: text },
    ecs: ecs(["iam"], ["user", "change"], "success"),
    ocsf: ocsf("Account Change", "MFA Factor Enable", "Success"),
    ocsf_next: ocsf("User Management", "Enable MFA Factors", "Success"),
    attack: ["T1556.006", "T1098.005"],
    aliases: [
      ...phrases(factors, [
        ...list`
          enable enabled enroll enrolled enrol enrolled_successfully enrollment enrolment activate
          activated setup set_up configured register registered turned_on
        `,
        ...created,
        ...updated,
      ]),
      ...list`
        gd_enrollment_complete enable_mfa_device user_mfa_factor_activate 2sv_enroll
        two_factor_confirmed two_factor_authentication_confirmed create_virtual_mfa_device
        user_registered_security_info
      `,
    ],
    extension: "A common first act after a takeover; OCSF has the activity.",
  },
  authn_mfa_disabled: {
    category: "authn",
    level: "CRITICAL",
    description: "A second factor was removed or reset.",
    details: { userid: text, onuserid: text, factor: text },
    ecs: ecs(["iam"], ["user", "change"], "success"),
    ocsf: ocsf("Account Change", "MFA Factor Disable", "Success"),
    ocsf_next: ocsf("User Management", "Disable MFA Factors", "Success"),
    attack: ["T1556.006"],
    aliases: [
      ...phrases(factors, [
        ...list`
          disable disabled unenroll unenrolled deactivate deactivated reset reset_all turned_off unset
          cleared
        `,
        ...deleted,
      ]),
      ...list`
        gd_unenroll deactivate_mfa_device delete_virtual_mfa_device user_mfa_factor_deactivate
        user_mfa_factor_reset_all user_deleted_security_info two_factor_authentication_turned_off
      `,
    ],
    extension: "Takes the protection away before or after a takeover; OCSF has the activity.",
  },
  authn_recovery_used: {
    category: "authn",
    level: "WARN",
    description: "A recovery code or other fallback took the place of a factor.",
    details: { userid: text, method: text },
    ecs: ecs(["authentication"], ["start"], "success"),
    ocsf: ocsf("Authentication", "Logon", "Success"),
    attack: ["T1556.006"],
    aliases: [
      ...phrases(
        list`
          recovery_code backup_code recovery_codes backup_codes recovery_key mfa_recovery emergency_code
        `,
        list`used use consumed redeemed accepted login verified replaced`,
      ),
      ...list`
        gd_recovery_succeed mfa_bypassed mfa_bypass two_factor_recovery two_factor_recovery_code_used
        account_recovery_code_used
      `,
    ],
    extension: "ASVS 5.0 16.3.1 wants every authentication operation, with its factor.",
  },
} as const satisfies Record<string, EventDefinition>;
