import { ecs } from "../ecs.ts";
import { ocsf } from "../ocsf.ts";
import type { EventDefinition } from "./definition.ts";
import { oneOf, optionalText, text } from "./detail-kinds.ts";
import { created, list, phrases, updated } from "./words.ts";

const identifiers = list`
  email e_mail email_address mail_address primary_email login_email phone phone_number mobile
  mobile_number username login_name recovery_email recovery_phone
`;
const identities = list`
  identity account social_account social_login social_identity oauth_account oauth_identity
  oauth_provider sso_account sso_identity saml_identity external_account external_identity
  external_login federated_identity provider github_account google_account
`;
const impersonations = list`
  impersonation impersonation_session support_impersonation masquerade user_session_impersonation
`;

export const identityEvents = {
  authn_identifier_changed: {
    category: "authn",
    level: "WARN",
    description: "The address or name that recovers or identifies an account was changed.",
    details: { userid: text, onuserid: text, kind: oneOf("email", "phone", "username") },
    ecs: ecs(["iam"], ["user", "change"], "success"),
    ocsf: ocsf("Entity Management", "Update", "Success", { entity_type: "user" }),
    ocsf_next: ocsf("User Management", "Update", "Success"),
    attack: ["T1098"],
    aliases: [
      ...phrases(identifiers, updated),
      ...list`
        email_change_confirmed email_change_completed email_reset confirm_email_change
        user_changed_email new_email_confirmed update_email_success
        devise_registrations_update_needs_confirmation
      `,
    ],
    extension: "The step between a stolen session and a lasting takeover.",
  },
  authn_identity_linked: {
    category: "authn",
    level: "WARN",
    description: "An outside identity (OAuth, SAML, passkey) was tied to an account.",
    details: { userid: text, provider: text },
    ecs: ecs(["iam"], ["user", "change"], "success"),
    ocsf: ocsf("Entity Management", "Update", "Success", { entity_type: "user" }),
    ocsf_next: ocsf("User Management", "Add Programmatic Credentials", "Success"),
    attack: ["T1098", "T1199"],
    aliases: [
      ...phrases(identities, ["link", "linked", "connect", "connected"]),
      ...phrases(
        list`
          passkey passkeys webauthn webauthn_credential webauthn_key security_key fido2_key social_account
          oauth_identity external_login identity_provider_account
        `,
        ["register", "registered", "registration", "enrolled", ...created],
      ),
      ...list`
        identity_provider_link_account federated_identity_link federated_identity_link_success
        oauth_account_added account_linking
      `,
    ],
    extension: "Persistence after a takeover.",
  },
  authn_impersonation_start: {
    category: "authn",
    level: "CRITICAL",
    description: "An operator began to act as another user.",
    details: { userid: text, onuserid: text, reason: optionalText },
    ecs: ecs(["authentication"], ["start"], "success"),
    ocsf: ocsf("Authentication", "Account Switch", "Success"),
    attack: ["T1078"],
    aliases: [
      ...impersonations,
      ...phrases(impersonations, list`start started begin began initiate initiated grant enter entered`),
      ...list`
        impersonate impersonated impersonate_user user_impersonated user_impersonate impersonating
        impersonating_user started_impersonation login_as login_as_user logged_in_as signin_as
        switch_user user_switched authentication_switch authentication_switch_user security_switch_user
        staff_fake_login become_user assume_user
      `,
    ],
    extension: "Without it, what support staff do is attributed to the user; OCSF has Account Switch.",
  },
  authn_impersonation_end: {
    category: "authn",
    level: "INFO",
    description: "The operator stopped acting as another user.",
    details: { userid: text, onuserid: text },
    ecs: ecs(["authentication"], ["end"], "success"),
    ocsf: ocsf("Authentication", "Logoff", "Success"),
    attack: [],
    aliases: [
      ...phrases(impersonations, list`end ended stop stopped finish finished exit exited terminated`),
      ...list`
        stop_impersonating stopped_impersonating stop_impersonate unimpersonate leave_impersonation
        switch_user_exit revert_impersonation
      `,
    ],
    extension: "Bounds the impersonation that authn_impersonation_start began.",
  },
} as const satisfies Record<string, EventDefinition>;
