import { ecs } from "../ecs.ts";
import { ocsf } from "../ocsf.ts";
import type { EventDefinition } from "./definition.ts";
import { optionalText, text } from "./detail-kinds.ts";
import { failed, list, phrases, succeeded, updated } from "./words.ts";

const passwords = list`password passwords passwd pwd user_password account_password login_password`;
const changes = list`password_change change_password password_update update_password user_password_change`;
const resets = list`
  password_reset reset_password password_recovery recover_password user_password_reset account_recovery
`;

export const passwordEvents = {
  authn_password_change: {
    category: "authn",
    level: "INFO",
    description: "A password was changed; says for whom.",
    details: { userid: text },
    ecs: ecs(["iam"], ["user", "change"], "success"),
    ocsf: ocsf("Account Change", "Password Change", "Success"),
    ocsf_next: ocsf("User Management", "Password Change", "Success"),
    attack: ["T1098"],
    aliases: [
      ...phrases(passwords, [...updated, "set", "rotated"]),
      ...phrases(changes, succeeded),
      ...list`
        password_changed_by_user user_changed_password user_updated_password
        user_account_update_password changed_user_password change_user_password
        devise_registrations_password_updated
      `,
    ],
  },
  authn_password_change_fail: {
    category: "authn",
    level: "CRITICAL",
    description: "An attempt to change a password was refused.",
    details: { userid: text },
    ecs: ecs(["iam"], ["user", "change"], "failure"),
    ocsf: ocsf("Account Change", "Password Change", "Failure"),
    ocsf_next: ocsf("User Management", "Password Change", "Failure"),
    attack: ["T1098", "T1110"],
    aliases: [
      ...phrases(changes, failed),
      ...list`
        password_not_changed change_password_denied password_change_denied
        password_change_wrong_current_password current_password_mismatch invalid_current_password
        wrong_current_password invalid_old_password
      `,
    ],
    note: "CRITICAL in the OWASP vocabulary; a mistyped old password is common: alert on repetition, not on one.",
  },
  authn_password_reset_requested: {
    category: "authn",
    level: "INFO",
    description: "A reset was asked for; recorded alike for known and unknown accounts.",
    details: { userid: optionalText },
    ecs: ecs(["iam"], ["user", "info"], "unknown"),
    ocsf: ocsf("Account Change", "Password Reset", "Unknown"),
    ocsf_next: ocsf("User Management", "Password Reset", "Unknown"),
    attack: ["T1087", "T1098"],
    aliases: [
      ...phrases(
        resets,
        list`
          request requested initiated started sent email_sent link_sent instructions_sent token_created
          token_generated mail_sent
        `,
      ),
      ...list`
        forgot_password forgotten_password password_forgot password_forgotten lost_password
        send_reset_password send_password_reset send_password_reset_email reset_link_sent
        password_reset_created recovery_requested user_recovery_requested retrieve_password
        devise_passwords_send_instructions forgot_password_request forgot_password_requested
        reset_credentials_requested
      `,
    ],
    extension: "Accounts are enumerated over this endpoint; the OWASP vocabulary has a change but no reset.",
  },
  authn_password_reset: {
    category: "authn",
    level: "WARN",
    description: "A password was set by a reset link or by an administrator.",
    details: { userid: text },
    ecs: ecs(["iam"], ["user", "change"], "success"),
    ocsf: ocsf("Account Change", "Password Reset", "Success"),
    ocsf_next: ocsf("User Management", "Password Reset", "Success"),
    attack: ["T1098"],
    aliases: [
      ...resets,
      ...phrases(resets, [...succeeded, "done", "finished", "confirmed", "used"]),
      ...list`
        password_was_reset password_recovered account_recovered user_account_reset_password
        password_reset_by_admin admin_reset_password admin_password_reset reset_user_password
        user_reset_password password_forgot_success devise_passwords_updated update_login_profile
        reset_credentials
      `,
    ],
    extension: "A takeover path; OCSF has Password Reset.",
  },
  authn_password_reset_fail: {
    category: "authn",
    level: "WARN",
    description: "A reset token was wrong, old or used before.",
    details: { userid: optionalText, reason: text },
    ecs: ecs(["iam"], ["user", "change"], "failure"),
    ocsf: ocsf("Account Change", "Password Reset", "Failure"),
    ocsf_next: ocsf("User Management", "Password Reset", "Failure"),
    attack: ["T1098", "T1110"],
    aliases: [
      ...phrases(resets, failed),
      ...phrases(
        ["reset_token", "reset_password_token", "password_reset_token", "recovery_token"],
        list`invalid expired rejected not_found reused mismatch`,
      ),
      "password_reset_denied",
      "reset_credentials_error",
      "send_reset_password_error",
    ],
    extension: "Reset tokens can be guessed.",
  },
} as const satisfies Record<string, EventDefinition>;
