import { ecs } from "../ecs.ts";
import { ocsf } from "../ocsf.ts";
import type { EventDefinition } from "./definition.ts";
import { oneOf, optionalText, text, texts } from "./detail-kinds.ts";
import { created, deleted, failed, list, phrases } from "./words.ts";

const tokens = list`
  token tokens api_token api_tokens api_key api_keys access_token access_key personal_access_token pat
  service_token service_account_key oauth_token oauth_access_token oauth_access refresh_token
  client_secret app_secret api_secret credential credentials app_password application_password
  deploy_key deploy_token ssh_key public_key bearer_token jwt machine_token bot_token system_api_token
`;
const issued = [
  ...created,
  ...list`
    generate generated generation issue issued mint minted regenerate regenerated rotate rotated
    rotation
  `,
];

export const tokenEvents = {
  authn_token_created: {
    category: "authn",
    level: "INFO",
    description: "A token or API key for service access was issued, with what it may do.",
    details: { userid: text, entitlements: texts },
    ecs: ecs(["iam"], ["creation"], "success"),
    ocsf: ocsf("Entity Management", "Create", "Success", { entity_type: "token" }),
    ocsf_next: ocsf("User Management", "Add Programmatic Credentials", "Success"),
    attack: ["T1098.001", "T1528"],
    aliases: [
      ...phrases(tokens, issued),
      ...list`
        token_issued_success code_to_token client_credentials_grant token_exchange api_key_reset
        reset_api_key client_secret_reset reset_client_secret create_access_key
        create_service_account_key secret_rotated rotate_secret webhook_secret_rotated
      `,
    ],
  },
  authn_token_revoked: {
    category: "authn",
    level: "INFO",
    description: "A token was withdrawn.",
    details: { userid: text, tokenid: text },
    ecs: ecs(["iam"], ["change"], "success"),
    ocsf: ocsf("Entity Management", "Deactivate", "Success", { entity_type: "token" }),
    ocsf_next: ocsf("User Management", "Remove Programmatic Credentials", "Success"),
    attack: [],
    aliases: [
      ...phrases(
        tokens,
        list`
          revoke revoked revocation invalidate invalidated disable disabled deactivate deactivated
          withdrawn cancelled canceled blacklisted
        `,
      ),
      "token_revoked_success",
      "revoke_all_tokens",
      "all_tokens_revoked",
      "revoke_grant",
    ],
    note: "tokenid must be an identifier or a keyed hash, never the token.",
  },
  authn_token_reuse: {
    category: "authn",
    level: "CRITICAL",
    description: "A token that had been withdrawn was presented again.",
    details: { userid: text, tokenid: text },
    ecs: ecs(["authentication"], ["start"], "failure"),
    ocsf: ocsf("Authentication", "Logon", "Failure"),
    attack: ["T1550.001", "T1528"],
    aliases: [
      ...phrases(
        list`token refresh_token access_token api_token api_key jwt`,
        list`reuse reused reuse_detected replay replayed replay_detected`,
      ),
      ...list`
        revoked_token_used use_of_revoked_token revoked_token_reused token_used_after_revocation
        blacklisted_token_used refresh_token_already_used
      `,
    ],
  },
  authn_token_delete: {
    category: "authn",
    level: "WARN",
    description: "A token was deleted.",
    details: { appid: text },
    ecs: ecs(["iam"], ["deletion"], "success"),
    ocsf: ocsf("Entity Management", "Delete", "Success", { entity_type: "token" }),
    ocsf_next: ocsf("User Management", "Remove Programmatic Credentials", "Success"),
    attack: ["T1531"],
    aliases: [...phrases(tokens, deleted), "delete_access_key", "delete_service_account_key"],
    note: "Takes appid where its siblings take userid and tokenid.",
  },
  authn_token_invalid: {
    category: "authn",
    level: "WARN",
    description: "A token, JWT or API key was refused for a reason other than reuse.",
    details: {
      tokenid: optionalText,
      reason: oneOf("expired", "bad_signature", "wrong_audience", "unknown", "malformed"),
    },
    ecs: ecs(["authentication"], ["start"], "failure"),
    ocsf: ocsf("Authentication", "Logon", "Failure"),
    attack: ["T1606", "T1110"],
    aliases: [
      ...phrases(
        list`
          token api_token api_key access_token access_key personal_access_token auth_token oauth_token
          refresh_token bearer_token jwt token_validation token_verification token_authentication
          token_introspection jwt_validation jwt_verification api_key_authentication api_key_validation
        `,
        [...failed, ...list`expired bad malformed unknown not_found denied signature_invalid mismatch`],
      ),
      ...list`
        invalid_signature invalid_token_signature invalid_jwt_signature jwt_signature_error
        token_expired_error json_web_token_error refresh_token_expired introspect_token_error
        code_to_token_error validate_access_token_error
      `,
    ],
    extension: "OWASP Logging Cheat Sheet: session management failures, suspicious JWT validation failures.",
  },
} as const satisfies Record<string, EventDefinition>;
