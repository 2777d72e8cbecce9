import { ecs } from "../ecs.ts";
import { ocsf } from "../ocsf.ts";
import type { EventDefinition } from "./definition.ts";
import { flag, text, texts } from "./detail-kinds.ts";
import { created, deleted, list, phrases, succeeded, updated } from "./words.ts";

const accounts = list`
  user users account accounts user_account account_user login_account service_account customer_account
  member_account admin_user
`;
const registrations = ["signup", "register", "registration", "self_registration"];
const consents = list`
  consent consents gdpr_consent cookie_consent marketing_consent terms terms_of_service terms_of_use
  terms_and_conditions tos privacy_policy user_agreement eula
`;

export const userEvents = {
  user_created: {
    category: "user",
    level: "WARN",
    description: "An account was created, by whom and with which rights.",
    details: { userid: text, newuserid: text, attributes: texts },
    ecs: ecs(["iam"], ["user", "creation"], "success"),
    ocsf: ocsf("Account Change", "Create", "Success"),
    ocsf_next: ocsf("User Management", "Create", "Success"),
    attack: ["T1136"],
    aliases: [
      ...phrases(accounts, created),
      ...registrations,
      ...phrases(registrations, succeeded),
      ...list`
        registered signed_up user_signed_up user_signedup user_registered account_registered
        new_user_registered new_account_created user_provisioned provision_user user_lifecycle_create
        devise_registrations_signed_up user_joined create_iam_user invited_user_created
      `,
    ],
    note: "Self-registration: userid equals newuserid.",
  },
  user_updated: {
    category: "user",
    level: "WARN",
    description: "An account was changed: which attributes, by whom.",
    details: { userid: text, onuserid: text, attributes: texts },
    ecs: ecs(["iam"], ["user", "change"], "success"),
    ocsf: ocsf("Entity Management", "Update", "Success", { entity_type: "user" }),
    ocsf_next: ocsf("User Management", "Update", "Success"),
    attack: ["T1098"],
    aliases: [
      ...phrases(
        [
          ...accounts,
          ...list`
            profile user_profile account_profile account_settings user_settings user_setting
            user_preferences account_preferences user_attribute user_attributes user_details
          `,
        ],
        updated,
      ),
      ...list`
        user_account_update_profile user_lifecycle_update user_saved user_activated activate_user
        account_activated user_activation account_activation user_lifecycle_activate user_enabled
        enable_user account_enabled enable_account user_reactivated user_reactivate reactivate_user
        account_reactivated user_lifecycle_reactivate user_restored restore_user account_restored
        user_undeleted user_unsuspended unsuspend_user user_unsuspend account_unsuspended
        user_lifecycle_unsuspend user_unbanned unban_user user_unblocked unblock_user account_unblocked
        user_unarchived email_verified verify_email email_verification email_confirmed confirm_email
        user_confirmed account_confirmed account_verified user_verified devise_confirmations_confirmed
      `,
    ],
    note: "Account Change 3001 has no plain update; User Management 3007 does.",
  },
  user_archived: {
    category: "user",
    level: "WARN",
    description: "An account was put away without being deleted.",
    details: { userid: text, onuserid: text },
    ecs: ecs(["iam"], ["user", "change"], "success"),
    ocsf: ocsf("Account Change", "Disable", "Success"),
    ocsf_next: ocsf("User Management", "Disable", "Success"),
    attack: ["T1531"],
    aliases: [
      ...phrases(
        accounts,
        list`
          archive archived suspend suspended suspension disable disabled deactivate deactivated
          deactivation inactivated ban banned block blocked freeze frozen soft_delete soft_deleted
        `,
      ),
      "user_lifecycle_deactivate",
      "user_lifecycle_suspend",
      "account_disabled_password_leak",
      "account_disabled_hijacked",
    ],
  },
  user_deleted: {
    category: "user",
    level: "WARN",
    description: "An account was deleted.",
    details: { userid: text, onuserid: text },
    ecs: ecs(["iam"], ["user", "deletion"], "success"),
    ocsf: ocsf("Account Change", "Delete", "Success"),
    ocsf_next: ocsf("User Management", "Delete", "Success"),
    attack: ["T1531"],
    aliases: [
      ...phrases(accounts, deleted),
      ...list`
        close_account account_closed account_close account_closure account_terminated account_cancelled
        account_canceled cancel_account delete_own_account user_deprovisioned deprovision_user
        user_lifecycle_delete user_lifecycle_delete_initiated user_lifecycle_delete_completed
        devise_registrations_destroyed user_self_deleted user_forgotten user_anonymized user_anonymised
        account_deletion_completed
      `,
    ],
  },
  legal_consent_changed: {
    category: "legal",
    level: "INFO",
    description: "A user gave or withdrew consent.",
    details: { userid: text, document: text, accepted: flag },
    ecs: ecs(["iam"], ["user", "change"], "success"),
    ocsf: ocsf("Entity Management", "Update", "Success", { entity_type: "consent" }),
    attack: [],
    aliases: [
      ...phrases(consents, [
        ...list`
          accept accepted agreed agree decline declined give given grant granted deny denied revoke
          revoked withdraw withdrawn
        `,
        ...updated,
      ]),
      ...list`
        consent_created consent_deleted opt_in opted_in opt_out opted_out application_consent_granted
        consent_to_application revoke_consent_grant
      `,
    ],
    extension: "OWASP Logging Cheat Sheet: legal and other opt-ins.",
  },
} as const satisfies Record<string, EventDefinition>;
