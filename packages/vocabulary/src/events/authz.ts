import { ecs } from "../ecs.ts";
import { ocsf } from "../ocsf.ts";
import type { EventDefinition } from "./definition.ts";
import { optionalText, text } from "./detail-kinds.ts";
import { created, deleted, failed, list, phrases, updated } from "./words.ts";

const roles = ["role", "roles", "role_assignment", "role_membership"];
const members = list`
  member members membership memberships collaborator collaborators repository_collaborator member_role
  team_user organization_user
`;
const rights = list`
  permission permissions privilege privileges entitlement entitlements access_level access_rights
  admin_rights admin_access
`;

export const authzEvents = {
  authz_fail: {
    category: "authz",
    level: "CRITICAL",
    description: "Access to a resource was refused for lack of entitlement.",
    details: { userid: text, resource: text },
    ecs: ecs(["api"], ["access", "denied"], "failure"),
    ocsf: ocsf("API Activity", "Other", "Failure", {
      activity_note: "1 Create, 2 Read, 3 Update or 4 Delete when the attempted verb is known",
      action_id: 2,
      disposition_id: 26,
    }),
    attack: ["T1078", "T1548"],
    aliases: [
      ...phrases(
        list`
          authorization authorisation authz permission_check access_control access_check policy_check
          entitlement_check
        `,
        [...failed, "denied", "deny"],
      ),
      ...list`
        access_denied access_deny denied_access access_refused access_rejected access_forbidden
        access_blocked access_not_allowed permission_denied permissions_denied denied_permission
        privilege_denied permission_error forbidden forbidden_access forbidden_error forbidden_exception
        http_403 unauthorized unauthorised unauthorized_access unauthorised_access
        unauthorized_access_attempt unauthorized_request unauthorized_error unauthorized_exception
        unauthorized_operation not_authorized not_authorised not_permitted not_authorized_error
        not_allowed authorization_denied_exception access_denied_exception access_denied_error
        policy_denied policy_violation rbac_denied acl_denied scope_denied insufficient_scope
        insufficient_permission insufficient_permissions insufficient_privilege insufficient_privileges
        insufficient_rights missing_permission missing_permissions permission_missing
      `,
    ],
    note: "With an ECS that lacks the category api, write web and access.",
  },
  authz_change: {
    category: "authz",
    level: "WARN",
    description: "A user's or entity's entitlements were changed, from what to what.",
    details: { userid: text, from: text, to: text },
    ecs: ecs(["iam"], ["user", "change", "admin"], "success"),
    ocsf: ocsf("User Access Management", "Assign Privileges", "Success", {
      activity_note: "2 Revoke Privileges when the change takes away",
    }),
    ocsf_next: ocsf("User Management", "Assign Privileges", "Success", {
      activity_note: "15 remove privileges, 16 assign roles, 17 remove roles",
    }),
    ocsf_alternatives: [
      ocsf("Group Management", "Add User", "Success", {
        activity_note: "when the change is a group membership; 4 Remove User",
      }),
    ],
    attack: ["T1098", "T1098.003"],
    aliases: [
      ...phrases(roles, [
        ...created,
        ...updated,
        ...deleted,
        ...list`
          grant granted revoke revoked assign assigned assignment unassign unassigned set changed_to_admin
        `,
      ]),
      ...phrases(members, [
        ...created,
        ...updated,
        ...deleted,
        ...list`role_changed role_updated role_update invite invited joined left kicked`,
      ]),
      ...phrases(rights, [...list`grant granted revoke revoked assign assigned unassigned set`, ...created, ...deleted]),
      ...phrases(list`invitation invite user_invitation team_invitation member_invitation`, [
        ...created,
        ...deleted,
        ...list`sent send accept accepted declined revoke revoked resent cancelled canceled`,
      ]),
      ...phrases(
        list`
          user_permission user_permissions user_privileges privilege privileges access_level access_rights
          entitlements access user_access authorization
        `,
        updated,
      ),
      ...list`
        access_revoked revoke_access user_access_granted user_access_revoked grant_access
        authorization_granted_to_user user_invited invite_user user_added_to_group add_user_to_group
        added_to_group add_member_to_group add_member_to_role add_eligible_member_to_role
        user_removed_from_group remove_user_from_group removed_from_group remove_member_from_group
        remove_member_from_role user_added_to_team user_removed_from_team user_added_to_role promoted
        user_promoted promote_user demoted user_demoted demote_user make_admin user_made_admin
        admin_granted admin_grant admin_revoked admin_added admin_removed grant_admin revoke_admin
        grant_admin_privilege assign_role_to_user role_change_to_admin role_change_to_owner
        role_change_to_user set_user_role add_user_role ownership_transferred transfer_ownership
        ownership_transfer owner_changed owner_added owner_removed user_account_privilege_grant
        user_account_privilege_revoke application_user_membership_add application_user_membership_remove
        attach_user_policy detach_user_policy put_user_policy delete_user_policy attach_role_policy
        detach_role_policy put_role_policy delete_role_policy attach_group_policy detach_group_policy
        put_group_policy update_assume_role_policy set_iam_policy role_assignments_write
        role_assignments_delete
      `,
    ],
  },
  authz_admin: {
    category: "authz",
    level: "WARN",
    description: "A privileged user did something; every such act is recorded.",
    details: { userid: text, event: { ...text, description: "name of the administrative action" } },
    ecs: ecs(["iam"], ["admin", "info"], "success"),
    ocsf: ocsf("API Activity", "Other", "Success", {
      activity_note: "activity of the wrapped action when known",
    }),
    attack: ["T1078", "T1098"],
    aliases: list`
      admin_action admin_actions admin_operation admin_activity admin_command admin_task admin_change
      admin_update administrative_action administrative_operation administrator_action privileged_action
      privileged_operation privileged_access privileged_command superuser_action super_admin_action
      staff_action operator_action support_action root_action admin_panel_access
    `,
  },
  authz_success: {
    category: "authz",
    level: "INFO",
    description: "Access to a resource was allowed.",
    details: { userid: text, resource: text },
    ecs: ecs(["api"], ["access", "allowed"], "success"),
    ocsf: ocsf("API Activity", "Read", "Success", { action_id: 1 }),
    attack: [],
    aliases: list`
      access_granted access_allowed access_permitted access_accepted access_approved
      authorization_success authorization_succeeded authorization_successful authorization_granted
      authorization_allowed authorisation_success authorisation_granted authz_granted authz_allowed
      authz_ok authorized authorised permission_check_passed policy_allowed rbac_allowed
    `,
    extension: "ASVS 5.0 16.3.2 at level 3 wants every authorization decision; sample it, or keep it to sensitive resources.",
  },
  authz_elevation: {
    category: "authz",
    level: "WARN",
    description: "A user took on more rights for a while (sudo mode, break-glass).",
    details: { userid: text, from: text, to: text, expires: optionalText },
    ecs: ecs(["iam"], ["admin", "change"], "success"),
    ocsf: ocsf("User Access Management", "Assign Privileges", "Success"),
    ocsf_next: ocsf("User Management", "Assign Privileges", "Success"),
    attack: ["T1548"],
    aliases: list`
      privilege_elevation privilege_elevated privileges_elevated elevation elevated elevate_privileges
      elevated_privileges privilege_escalation privilege_escalated role_elevation sudo sudo_mode
      sudo_mode_entered sudo_mode_enabled sudo_enabled admin_mode_enabled admin_mode_entered break_glass
      break_glass_used break_glass_access breakglass_activated emergency_access emergency_access_granted
      assume_role role_assumed assumed_role assume_role_with_saml assume_role_with_web_identity
      temporary_access_granted jit_access_granted just_in_time_access pim_activation pim_role_activated
      add_member_to_role_completed_pim_activation user_session_elevated reauthentication_elevated
    `,
    extension: "OWASP Logging Cheat Sheet names break-glass use.",
  },
  privilege_permissions_changed: {
    category: "privilege",
    level: "WARN",
    description: "The access rules of an object (file, record) were changed.",
    details: { userid: text, object: text, fromlevel: text, tolevel: text },
    ecs: ecs(["iam"], ["change", "admin"], "success"),
    ocsf: ocsf("Entity Management", "Update", "Success", { entity_type: "object" }),
    ocsf_alternatives: [ocsf("File System Activity", "Set Security", "Success")],
    attack: ["T1222", "T1098"],
    aliases: [
      ...phrases(
        list`
          permission permissions acl acls access_control_list object_permission object_permissions
          file_permission file_permissions folder_permissions document_permissions resource_permissions
          sharing sharing_settings share_permissions visibility object_acl bucket_acl bucket_policy
          resource_policy
        `,
        updated,
      ),
      ...list`
        chmod chown put_bucket_acl put_object_acl put_bucket_policy delete_bucket_policy repo_access
        made_public made_private shared_publicly public_link_created share_link_created
        change_acl_editors change_document_visibility
      `,
    ],
    note: "The OWASP example is named permissions_changed. ECS: file and change where the object is a file.",
  },
} as const satisfies Record<string, EventDefinition>;
